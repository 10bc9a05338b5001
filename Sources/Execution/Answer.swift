public import Columns
public import Storage
public import TimeQL

/// What a query gives.
public enum Answer {
    /// Lines that are made while they are read.
    case events(TimelineEvents)
    case table(AnswerTable)
    case graph(AnswerGraph)

    /// Runs a query over what a snapshot holds. The mapping says which events set what, the units what numbers count.
    public init(
        _ query: Query, over snapshot: Snapshot, context: TimeContext, mapping: StateMapping = .standard,
        units: [ColumnPath: FieldUnit] = [:]
    ) throws(ExecutionError) {
        do {
            self = try Self.answer(query, snapshot, context, mapping, units)
        } catch let error as ExecutionError {
            throw error
        } catch let error as QueryError {
            throw .query(error)
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            preconditionFailure("an error of another kind: \(error)")
        }
    }

    private static func answer(
        _ query: Query, _ snapshot: Snapshot, _ context: TimeContext, _ mapping: StateMapping,
        _ units: [ColumnPath: FieldUnit]
    ) throws -> Answer {
        let whole = SourceRange(0, 0)
        guard query.explanation == nil else { throw PredicateBinder.missing("EXPLAIN", whole) }
        let knownAt = try query.knownAt.map { try context.resolve($0) } ?? .max
        if case .state(let statement) = query.statement {
            let answer = StateAnswer(
                statement: statement, snapshot: snapshot, mapping: mapping, context: context, knownAt: knownAt,
                units: FieldUnits(units, of: snapshot, state: mapping))
            return .table(try answer.table())
        }
        if case .traverse(let statement) = query.statement {
            let scan = try EventScan(snapshot, times: .min ... .max, knownAt: knownAt)
            let binder = PredicateBinder(
                catalog: scan.catalog, context: context, units: FieldUnits(units, of: snapshot))
            return try traverse(statement, scan, binder)
        }
        if case .pattern(let statement) = query.statement {
            let period: (from: Int64?, to: Int64?) = try statement.period.map { try context.resolve($0) } ?? (nil, nil)
            let scan = try EventScan(snapshot, times: times(period), knownAt: knownAt)
            let binder = PredicateBinder(
                catalog: scan.catalog, context: context, units: FieldUnits(units, of: snapshot))
            let answer = PatternAnswer(
                statement: statement, scan: scan, binder: binder, end: period.to ?? context.now)
            return .table(try answer.table())
        }
        guard case .timeline(let statement) = query.statement else {
            throw PredicateBinder.missing("this statement", whole)
        }
        let period: (from: Int64?, to: Int64?) = try statement.period.map { try context.resolve($0) } ?? (nil, nil)
        let scan = try EventScan(snapshot, times: times(period), knownAt: knownAt)
        let binder = PredicateBinder(
            catalog: scan.catalog, context: context, units: FieldUnits(units, of: snapshot))
        let condition = try statement.condition.map { try binder.bind($0) }
        switch statement.content {
        case .events(let fields, let order):
            return .events(
                TimelineEvents(
                    scan, where: condition, fields: try fields.map { try scan.catalog.resolve($0) },
                    isNewestFirst: order == .newestFirst, limit: statement.limit?.value))
        case .measures(let measures):
            return .table(
                try table(measures, scan, condition, limit: statement.limit?.value, isOpen: period.from == nil))
        case .patterns: throw PredicateBinder.missing("PATTERNS", whole)
        }
    }

    private static func traverse(_ statement: TraverseStatement, _ scan: EventScan, _ binder: PredicateBinder) throws
        -> Answer
    {
        let missing: [(TraverseStatement.Link, String)] = [(.entity, "ALONG ENTITY"), (.inferred, "ALONG INFERRED")]
        for (link, name) in missing where statement.links.contains(link) {
            throw PredicateBinder.missing(name, statement.start.range)
        }
        var walk = try TraverseWalk(statement, over: scan, binder)
        try walk.run()
        let answer = TraverseAnswer(statement, walk)
        return statement.isGraph ? .graph(answer.graph) : .table(answer.table)
    }

    /// From the first to the last nanosecond, the end of a period left out; nil when there is none.
    private static func times(_ period: (from: Int64?, to: Int64?)) -> ClosedRange<Int64>? {
        let first = period.from ?? .min
        guard let end = period.to else { return first ... .max }
        return first < end ? first...end - 1 : nil
    }

    private static func table(
        _ measures: TimelineStatement.Measures, _ scan: EventScan, _ condition: BoundPredicate?, limit: Int?,
        isOpen: Bool
    ) throws -> AnswerTable {
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
        var result = TimelineMeasures(
            measures.aggregates,
            fields: try measures.aggregates.map { try $0.field.map { try scan.catalog.resolve($0) } },
            groups: try measures.groupedBy.map { try scan.catalog.resolve($0) },
            bucketWidth: measures.bucket?.nanoseconds, top: top, limit: limit,
            period: (isOpen ? scan.knownTimes : scan.times) ?? 0...0)
        var scan = scan
        let paths = result.paths
        for part in scan.parts {
            guard let (batch, times) = try scan.rows(of: part, where: condition, with: paths.contains) else { continue }
            try result.add(batch, times: times)
        }
        return result.table()
    }
}

extension Aggregate {
    /// Whatever they are called.
    fileprivate func isSame(as other: Aggregate) -> Bool {
        function == other.function && field?.text == other.field?.text
    }
}
