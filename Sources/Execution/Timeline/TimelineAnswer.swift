import Columns
import Storage
import TimeQL

/// A `TIMELINE` with its fields and times known and its parts pruned, ready to run.
struct TimelineAnswer {
    private let statement: TimelineStatement
    private let options: QueryOptions
    private let isOpen: Bool
    private let scan: EventScan
    /// What people should know about the condition.
    private let notes: [String]

    init(
        _ statement: TimelineStatement, over pool: ReaderPool, context: TimeContext, knownAt: Int64,
        units: [ColumnPath: FieldUnit], options: QueryOptions
    ) throws {
        let period: (from: Int64?, to: Int64?) = try statement.period.map { try context.resolve($0) } ?? (nil, nil)
        var scan = try EventScan(pool, times: Self.times(period), knownAt: knownAt)
        let binder = PredicateBinder(
            catalog: scan.catalog, context: context, units: FieldUnits(units, of: pool.snapshot))
        if let condition = statement.condition { try scan.restrict(to: Condition(try binder.bind(condition))) }
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
        case .measures(let wanted): .table(try run(measures(wanted)).measures.table())
        case .patterns: .table(try run(patterns).measures.mostFrequent(limit: statement.limit?.value))
        }
    }

    /// Messages counted by their patterns.
    private var patterns: TimelineMeasures {
        let count = Aggregate(function: .count, range: SourceRange(0, 0))
        return TimelineMeasures(
            [count], fields: [BoundField(.message)], groups: [.messagePattern], bucketWidth: nil, top: nil, limit: nil,
            period: 0...0)
    }

    private func events(_ fields: [FieldReference], _ order: TimelineStatement.Order?) throws -> TimelineEvents {
        TimelineEvents(
            scan, fields: try fields.map { try scan.catalog.resolve($0) },
            isNewestFirst: order == .newestFirst, limit: statement.limit?.value, options: options)
    }

    private func run(
        _ empty: TimelineMeasures
    ) throws -> (measures: TimelineMeasures, counts: ScanCounts) {
        try FragmentRun(scan: scan, options: options).measures(empty)
    }

    private func measures(_ measures: TimelineStatement.Measures) throws -> TimelineMeasures {
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
        return TimelineMeasures(
            measures.aggregates,
            fields: try measures.aggregates.map { try $0.field.map { try scan.catalog.resolve($0) } },
            groups: try measures.groupedBy.map { try scan.catalog.resolve($0) },
            bucketWidth: measures.bucket?.nanoseconds, top: top, limit: statement.limit?.value,
            period: (isOpen ? scan.knownTimes : scan.times) ?? 0...0)
    }

    // MARK: EXPLAIN

    /// How the question would be answered; for an analysis it is, and what that took is told.
    func explanation(isAnalysis: Bool) throws -> AnswerTable {
        var explanation = Explanation()
        explanation.add(scan.pruning, logCount: scan.sources.count { $0.entry == nil })
        if let condition = scan.condition { explanation.add(condition) }
        for note in notes { explanation.add("note", note) }
        var scan = scan
        let paths: Set<ColumnPath>?
        switch statement.content {
        case .events(let fields, let order):
            let wanted = try fields.flatMap { try scan.catalog.resolve($0).paths }
            paths = wanted.isEmpty ? nil : Set(wanted)
            explanation.add(
                "order",
                "parts by their times, \(order == .newestFirst ? "newest" : "oldest") first"
                    + (statement.limit.map { ", no further than \($0.value) events need" } ?? ""))
        case .measures(let wanted):
            paths = try measures(wanted).paths
            let count = FragmentRun.fragments(scan.parts).count
            explanation.add("threads", "\(min(options.threadCount, max(1, count))) for \(count) fragments")
        case .patterns: paths = patterns.paths
        }
        let cost = try scan.cost(of: paths)
        explanation.add("cost", "at most \(cost.rowCount) rows in \(cost.partCount) parts, \(cost.byteCount) bytes")
        if isAnalysis { explanation.add(try analysis()) }
        return explanation.table
    }

    private func analysis() throws -> (counts: ScanCounts, nanoseconds: Int64) {
        let clock = scan.clock
        let start = clock.now
        switch statement.content {
        case .events(let fields, let order):
            var events = try events(fields, order)
            try events.run { _ in }
            return (events.counts, clock.now - start)
        case .measures(let wanted): return (try run(measures(wanted)).counts, clock.now - start)
        case .patterns: return (try run(patterns).counts, clock.now - start)
        }
    }
}

extension Aggregate {
    /// Whatever they are called.
    fileprivate func isSame(as other: Aggregate) -> Bool {
        function == other.function && field?.text == other.field?.text
    }
}
