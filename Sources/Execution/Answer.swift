public import Columns
public import Storage
public import TimeQL

/// What a query gives.
public enum Answer {
    /// Lines that are made while they are read.
    case events(TimelineEvents)
    case table(AnswerTable)
    case graph(AnswerGraph)
    /// What EXPLAIN tells.
    case plan(QueryPlan)

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
        } catch {
            throw ExecutionError(error)
        }
    }

    private static func answer(
        _ query: Query, _ pool: ReaderPool, _ context: TimeContext, _ mapping: StateMapping,
        _ units: [ColumnPath: FieldUnit], _ options: QueryOptions
    ) throws -> Answer {
        let start = options.recorder?.now ?? pool.snapshot.store.clock.now
        var options = options
        if query.explanation == .analysis, options.recorder == nil {
            options.recorder = QueryRecorder(pool.snapshot.store.clock, keepsSpans: false)
        }
        let knownAt = try query.knownAt.map { try context.resolve($0) } ?? .max
        let statement = try bind(query.statement, pool, context, knownAt, mapping, units, options)
        guard let explanation = query.explanation else { return try statement.answer() }
        var plan = QueryPlan()
        plan.add("query", "\(query.statement)")
        if query.knownAt != nil { plan.add("known", "only what was stored up to \(TimestampText.utc(knownAt))") }
        try statement.explain(&plan)
        if explanation == .analysis, let recorder = options.recorder {
            plan.steps += try analysis(of: statement, recorder, since: start)
        }
        return .plan(plan)
    }

    private static func bind(
        _ statement: Statement, _ pool: ReaderPool, _ context: TimeContext, _ knownAt: Int64, _ mapping: StateMapping,
        _ units: [ColumnPath: FieldUnit], _ options: QueryOptions
    ) throws -> any BoundStatement {
        func scan(_ times: ClosedRange<Int64>?) throws -> EventScan {
            try EventScan(pool, times: times, knownAt: knownAt, recorder: options.recorder)
        }
        func binder(_ scan: EventScan) -> PredicateBinder {
            PredicateBinder(catalog: scan.catalog, context: context, units: FieldUnits(units, of: pool))
        }
        switch statement {
        case .timeline(let statement):
            return try TimelineAnswer(
                statement, over: pool, context: context, knownAt: knownAt, units: units, options: options)
        case .state(let statement):
            return StateAnswer(
                statement: statement, pool: pool, mapping: mapping, context: context, knownAt: knownAt,
                units: FieldUnits(units, of: pool, state: mapping), options: options)
        case .compare(let statement):
            return CompareAnswer(
                statement: statement, pool: pool, context: context, knownAt: knownAt, units: units, mapping: mapping,
                options: options)
        case .traverse(let statement):
            let scan = try scan(.min ... .max)
            let changes = EntityChanges(pool: pool, mapping: mapping, knownAt: knownAt, options: options)
            return try TraverseQuestion(statement, scan, binder(scan), changes, options)
        case .pattern(let statement):
            let period: (from: Int64?, to: Int64?) = try statement.period.map { try context.resolve($0) } ?? (nil, nil)
            let scan = try scan(TimelineAnswer.times(period))
            return PatternAnswer(
                statement: statement, scan: scan, binder: binder(scan), end: period.to ?? context.now,
                options: options)
        case .predict(let statement):
            return try PredictQuestion(
                statement, over: pool, context: context, knownAt: knownAt, units: units, options: options)
        }
    }
}
