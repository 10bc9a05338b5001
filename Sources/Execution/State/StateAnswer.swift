import Columns
import Storage
import TimeQL

/// The rows of `STATE`.
struct StateAnswer: BoundStatement {
    let statement: StateStatement
    let pool: ReaderPool
    let mapping: StateMapping
    let context: TimeContext
    let knownAt: Int64
    let units: FieldUnits
    let options: QueryOptions

    func answer() throws -> Answer { .table(try table()) }

    func table() throws -> AnswerTable {
        try checkGroups()
        let services = statement.condition?.services
        var lookup = try pool.stateLookup(mapping, knownAt: knownAt, options)
        switch statement.moment {
        case .at(let time):
            let view = try wanted(
                StateView(lookup.state(at: context.resolve(time), of: services, inFlight: asksForFlights)))
            guard statement.groupedBy.isEmpty else {
                return try limited(StateGroups.table(view, by: statement.groupedBy))
            }
            return stateTable(view)
        case .difference(let first, let second):
            let before = try wanted(StateView(lookup.state(at: context.resolve(first), of: services)))
            let after = try wanted(StateView(lookup.state(at: context.resolve(second), of: services)))
            return limited(StateDifference.table(before, after))
        case .between(let first, let second):
            let times = try times(first, second)
            let before =
                times.lowerBound > .min
                ? try lookup.state(at: times.lowerBound - 1, of: services) : nil
            let isOpen = statement.condition == nil && statement.fields.isEmpty && statement.entity == nil
            let after =
                isOpen
                ? nil : try wanted(StateView(lookup.state(at: times.upperBound, of: services)))
            let changes = StateView(try lookup.changes(in: times, of: services))
            return limited(StateChanges.table(changes, before: before.map { StateView($0) }, wanted: after))
        }
    }

    func checkGroups() throws(QueryError) {
        if case .at = statement.moment { return }
        guard let group = statement.groupedBy.first else { return }
        throw QueryError(.meaning, "GROUP BY goes with STATE AT", at: group.range)
    }

    func times(_ first: TimeExpression, _ second: TimeExpression) throws -> ClosedRange<Int64> {
        let (from, to) = try (context.resolve(first), context.resolve(second))
        guard from <= to else {
            throw QueryError(
                .meaning, "this period ends before it begins", at: first.range)
        }
        return from...to
    }

    /// What is in flight is looked for only when it is asked for.
    var asksForFlights: Bool { statement.fields.contains { $0.keys == ["inFlight"] } }

    private func stateTable(_ view: StateView) -> AnswerTable {
        let view = statement.limit.map { view.prefix($0.value) } ?? view
        var table = AnswerTable(
            columns: StateNames.columns + ["value", "since", "event"],
            values: view.nameColumns + [view.valueColumn, view.timeColumn, view.eventColumn])
        table.nestedColumnCount = StateNames.columns.count
        return table
    }

    private func limited(_ table: AnswerTable) -> AnswerTable {
        statement.limit.map { table.prefix($0.value) } ?? table
    }

    /// The fields that entities have by now: those of another time, or of other services, are no mistake.
    private var newestFields: @Sendable () throws(StoreError) -> FieldCatalog {
        { [pool, mapping, knownAt, options = options.unrecorded] () throws(StoreError) in
            var lookup = try pool.stateLookup(mapping, knownAt: knownAt, options)
            return StateRows(StateView(try lookup.state(at: .max, of: nil))).catalog
        }
    }

    /// The entities that fulfil the condition, with the fields that are asked for.
    private func wanted(_ view: StateView) throws -> StateView {
        var view = view
        if let key = statement.entity.map({ Array($0.text.utf8) }) {
            let isWanted = view.table.entities.have(key: key)
            view = view.keeping { isWanted[Int($0.entity)] }
        }
        guard asksByNames else { return view }
        let rows = StateRows(view, besides: asksForFlights ? [["inFlight"]] : [], newest: newestFields)
        let (condition, paths) = try bound(rows.catalog)
        if let condition {
            let found = condition.rows(of: rows.batch(of: Set(condition.fields.flatMap(\.paths))))
            var isWanted = [Bool](repeating: false, count: view.table.entities.count)
            for (row, entity) in rows.entities.enumerated() { isWanted[Int(entity)] = found[row] }
            view = view.keeping { isWanted[Int($0.entity)] }
        }
        if let paths {
            let isWanted = view.table.paths.map { paths.contains($0) }
            view = view.keeping { isWanted[Int($0.path)] }
        }
        return view
    }

    /// Whether fields are asked for by their names. A condition that is nothing but a list of services is not among
    /// that: no others are looked up.
    private var asksByNames: Bool {
        statement.condition.map { !$0.isOfServicesAlone } ?? false || !statement.fields.isEmpty
    }

    /// The condition and the fields that are asked for, among those that there are.
    private func bound(_ catalog: FieldCatalog) throws -> (condition: BoundPredicate?, paths: Set<[String]>?) {
        let binder = PredicateBinder(catalog: catalog, context: context, units: units)
        let condition = try statement.condition.map { try binder.bind($0) }
        guard !statement.fields.isEmpty else { return (condition, nil) }
        return (condition, Set(try statement.fields.flatMap { try catalog.resolve($0).paths.map(\.keys) }))
    }

    /// Finds the same faults in what is asked at a time as an answer does.
    func checkNames(at time: Int64, _ lookup: inout RecordedLookup) throws {
        guard asksByNames else { return }
        _ = try wanted(StateView(lookup.state(at: time, of: statement.condition?.services, inFlight: asksForFlights)))
    }
}

extension Predicate {
    /// Whether it asks for nothing but ``services``.
    var isOfServicesAlone: Bool {
        switch self {
        case .comparison, .oneOf: services != nil
        default: false
        }
    }

    /// The services of which alone it can be true; nil when that is not known.
    var services: Set<[UInt8]>? {
        switch self {
        case .all(let parts):
            for part in parts {
                if let services = part.services { return services }
            }
            return nil
        case .comparison(let operand, .equal, let literal): return operand.services([literal])
        case .oneOf(let operand, let literals): return operand.services(literals)
        default: return nil
        }
    }
}

extension Predicate.Operand {
    fileprivate func services(_ literals: [Literal]) -> Set<[UInt8]>? {
        guard field.keys == [CanonicalField.service.rawValue], !isAnyElement else { return nil }
        var services: Set<[UInt8]> = []
        for literal in literals {
            guard case .text(let text) = literal.value else { return nil }
            services.insert(Array(text.utf8))
        }
        return services
    }
}
