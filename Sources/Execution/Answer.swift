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
        units: [ColumnPath: FieldUnit] = [:], options: QueryOptions = QueryOptions()
    ) throws(ExecutionError) {
        try self.init(
            query, over: ReaderPool(snapshot), context: context, mapping: mapping, units: units, options: options)
    }

    /// The same with readers that stay open for the next query.
    public init(
        _ query: Query, over pool: ReaderPool, context: TimeContext, mapping: StateMapping = .standard,
        units: [ColumnPath: FieldUnit] = [:], options: QueryOptions = QueryOptions()
    ) throws(ExecutionError) {
        do {
            self = try Self.answer(query, pool, context, mapping, units, options)
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
        _ query: Query, _ pool: ReaderPool, _ context: TimeContext, _ mapping: StateMapping,
        _ units: [ColumnPath: FieldUnit], _ options: QueryOptions
    ) throws -> Answer {
        let snapshot = pool.snapshot
        let whole = SourceRange(0, 0)
        func binder(_ scan: EventScan) -> PredicateBinder {
            PredicateBinder(catalog: scan.catalog, context: context, units: FieldUnits(units, of: snapshot))
        }
        let knownAt = try query.knownAt.map { try context.resolve($0) } ?? .max
        if case .timeline(let statement) = query.statement {
            let timeline = try TimelineAnswer(
                statement, over: pool, context: context, knownAt: knownAt, units: units, options: options)
            guard let explanation = query.explanation else { return try timeline.answer() }
            return .table(try timeline.explanation(isAnalysis: explanation == .analysis))
        }
        guard query.explanation == nil else { throw PredicateBinder.missing("EXPLAIN of this statement", whole) }
        if case .state(let statement) = query.statement {
            let answer = StateAnswer(
                statement: statement, pool: pool, mapping: mapping, context: context, knownAt: knownAt,
                units: FieldUnits(units, of: snapshot, state: mapping))
            return .table(try answer.table())
        }
        if case .compare(let statement) = query.statement {
            let answer = CompareAnswer(
                statement: statement, pool: pool, context: context, knownAt: knownAt, units: units, mapping: mapping,
                options: options)
            return .table(try answer.table())
        }
        if case .traverse(let statement) = query.statement {
            let scan = try EventScan(pool, times: .min ... .max, knownAt: knownAt)
            return try traverse(statement, scan, binder(scan))
        }
        if case .pattern(let statement) = query.statement {
            let period: (from: Int64?, to: Int64?) = try statement.period.map { try context.resolve($0) } ?? (nil, nil)
            let scan = try EventScan(pool, times: TimelineAnswer.times(period), knownAt: knownAt)
            let answer = PatternAnswer(
                statement: statement, scan: scan, binder: binder(scan), end: period.to ?? context.now,
                options: options)
            return .table(try answer.table())
        }
        throw PredicateBinder.missing("this statement", whole)
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
}
