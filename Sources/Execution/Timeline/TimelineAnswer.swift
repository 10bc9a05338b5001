import Columns
import Storage
import TimeQL

/// A `TIMELINE` with its fields and times known and its parts pruned, ready to run.
struct TimelineAnswer: BoundStatement {
    let statement: TimelineStatement
    let options: QueryOptions
    private let isOpen: Bool
    let scan: EventScan
    /// What people should know about the condition.
    let notes: [String]
    /// What of it no event can fulfil.
    private let warnings: [String]

    init(
        _ statement: TimelineStatement, over pool: ReaderPool, context: TimeContext, knownAt: Int64,
        units: [ColumnPath: FieldUnit], options: QueryOptions
    ) throws {
        let period: (from: Int64?, to: Int64?) = try statement.period.map { try context.resolve($0) } ?? (nil, nil)
        var scan = try EventScan(pool, times: Self.times(period), knownAt: knownAt, recorder: options.recorder)
        let binder = PredicateBinder(
            catalog: scan.catalog, context: context, units: FieldUnits(units, of: pool))
        let catalog = scan.catalog
        let condition = try statement.condition.map { try binder.bind($0) }
        if let condition { try scan.restrict(to: Condition(condition)) }
        warnings = condition?.warnings(catalog) ?? []
        notes = try statement.condition.map { try binder.notes($0) } ?? []
        self.scan = scan
        self.statement = statement
        self.options = options
        isOpen = period.from == nil
    }

    /// From the first to the last nanosecond, the end of a period left out; nil when there is none.
    static func times(_ period: (from: Int64?, to: Int64?)) -> ClosedRange<Int64>? {
        let first = period.from ?? .min
        guard let end = period.to else { return first ... .max }
        return first < end ? first...end - 1 : nil
    }

    func answer() throws -> Answer {
        switch statement.content {
        case .events(let fields, let order): .events(try events(fields, order))
        case .measures(let wanted): .table(warned(try run(measures(wanted)).table()))
        case .patterns: .table(warned(try run(patterns).mostFrequent(limit: statement.limit?.value)))
        }
    }

    private func warned(_ table: AnswerTable) -> AnswerTable {
        var table = table
        table.notes += warnings
        return table
    }

    /// Messages counted by their patterns.
    var patterns: TimelineMeasures {
        let count = Aggregate(function: .count, range: SourceRange(0, 0))
        return TimelineMeasures(
            [count], fields: [BoundField(.message)], groups: [.messagePattern], bucketWidth: nil, top: nil, limit: nil,
            period: 0...0)
    }

    private func events(_ fields: [FieldReference], _ order: TimelineStatement.Order?) throws -> TimelineEvents {
        TimelineEvents(
            scan, fields: try fields.map { try scan.catalog.resolve($0) },
            isNewestFirst: order == .newestFirst, limit: statement.limit?.value, notes: warnings, options: options)
    }

    private func run(_ empty: TimelineMeasures) throws -> TimelineMeasures {
        try FragmentRun(scan: scan, options: options).measures(empty)
    }

    func measures(_ measures: TimelineStatement.Measures) throws -> TimelineMeasures {
        if let bucket = measures.bucket, bucket.nanoseconds == 0 {
            throw QueryError(.meaning, "a bucket has a length", at: bucket.range)
        }
        let top = try measures.top.map { top in
            guard let place = measures.aggregates.firstIndex(where: { $0.isSame(as: top.aggregate) }) else {
                throw QueryError(
                    .meaning, "TOP is BY a number that is asked for", at: top.aggregate.range,
                    hint: "ask for it, too: \(top.aggregate)")
            }
            return TimelineMeasures.Top(count: top.count.value, place: place)
        }
        let groups = try measures.groupedBy.map { try scan.catalog.resolve($0) }
        // Members of one object have different names.
        var titles = Set(groups.map(\.name) + (measures.bucket == nil ? [] : ["time"]))
        for aggregate in measures.aggregates where !titles.insert(aggregate.title).inserted {
            throw QueryError(
                .meaning, "two columns of the answer are called '\(aggregate.title)'", at: aggregate.range,
                hint: "give one of them another name with AS")
        }
        return TimelineMeasures(
            measures.aggregates,
            fields: try measures.aggregates.map { try $0.field.map { try scan.catalog.resolve($0) } },
            groups: groups,
            bucketWidth: measures.bucket?.nanoseconds, top: top, limit: statement.limit?.value,
            period: (isOpen ? scan.knownTimes : scan.times) ?? 0...0)
    }
}

extension Aggregate {
    /// What its column is called.
    var title: String { name ?? function.description.lowercased() + (field.map { "(\($0.text))" } ?? "") }

    /// Whatever they are called.
    fileprivate func isSame(as other: Aggregate) -> Bool {
        function == other.function && field?.text == other.field?.text
    }
}
