import Columns
import Storage
import TimeQL

/// The rows of `STATE AT` and `STATE DIFF`.
struct StateAnswer {
    let statement: StateStatement
    let snapshot: Snapshot
    let mapping: StateMapping
    let context: TimeContext
    let knownAt: Int64
    let units: FieldUnits

    func table() throws -> AnswerTable {
        guard statement.groupedBy.isEmpty else { throw missing("GROUP BY of state", statement.groupedBy[0].range) }
        switch statement.moment {
        case .at(let time):
            let fields = try wanted(view(time)).fields
            return AnswerTable(
                columns: Self.entityColumns + ["value", "since", "event"],
                rows: limited(fields.map { Self.cells($0) + [$0.value, .time($0.time), Self.text($0.event)] }))
        case .difference(let first, let second):
            let (before, after) = try (wanted(view(first)), wanted(view(second)))
            return AnswerTable(
                columns: Self.entityColumns + ["before", "after", "since", "event"],
                rows: limited(Self.differences(before, after)))
        case .between(let first, _): throw missing("STATE BETWEEN", first.range)
        }
    }

    private static let entityColumns = ["service", "host", "entity", "field"]

    private func missing(_ what: String, _ range: SourceRange) -> QueryError { PredicateBinder.missing(what, range) }

    private func limited(_ rows: [[AnswerTable.Cell]]) -> [[AnswerTable.Cell]] {
        Array(rows.prefix(statement.limit?.value ?? .max))
    }

    private func view(_ time: TimeExpression) throws -> StateView {
        var lookup = try snapshot.stateLookup(mapping, knownAt: knownAt)
        return StateView(try lookup.state(at: context.resolve(time)))
    }

    /// The entities that fulfil the condition, with the fields that are asked for.
    private func wanted(_ view: StateView) throws -> StateView {
        var view = view
        if let key = statement.entity.map({ Array($0.text.utf8) }) { view.keep { $0.entity.key == key } }
        guard statement.condition != nil || !statement.fields.isEmpty else { return view }
        let rows = StateRows(view)
        if let condition = statement.condition {
            let bound = try PredicateBinder(catalog: rows.catalog, context: context, units: units).bind(
                condition)
            let found = bound.rows(of: rows.batch)
            let entities = Set(rows.entities.indices.filter { found[$0] }.map { rows.entities[$0] })
            view.keep { entities.contains($0.entity) }
        }
        if !statement.fields.isEmpty {
            let paths = Set(try statement.fields.flatMap { try rows.catalog.resolve($0).paths.map(\.keys) })
            view.keep { paths.contains($0.path) }
        }
        return view
    }

    private static func text(_ text: String?) -> AnswerTable.Cell { text.map { .text($0) } ?? .none }

    private static func cells(_ field: StateView.Field) -> [AnswerTable.Cell] {
        let entity = [field.entity.service, field.entity.host, field.entity.key]
        return entity.map { text($0.map { String(decoding: $0, as: UTF8.self) }) } + [.text(field.name)]
    }

    /// Fields that are not the same; time and event are those of the later change.
    private static func differences(_ before: StateView, _ after: StateView) -> [[AnswerTable.Cell]] {
        struct Key: Hashable {
            var entity: StateEntity
            var path: [String]
        }
        func keyed(_ view: StateView) -> [Key: StateView.Field] {
            Dictionary(uniqueKeysWithValues: view.fields.map { (Key(entity: $0.entity, path: $0.path), $0) })
        }
        let (old, new) = (keyed(before), keyed(after))
        let gone = before.fields.filter { new[Key(entity: $0.entity, path: $0.path)] == nil }
        let changed = after.fields.filter { old[Key(entity: $0.entity, path: $0.path)]?.value != $0.value }
        let all = (gone + changed).sorted {
            $0.entity == $1.entity ? $0.path.lexicographicallyPrecedes($1.path) : $0.entity < $1.entity
        }
        return all.map { field in
            let key = Key(entity: field.entity, path: field.path)
            let last = max(old[key]?.time ?? .min, new[key]?.time ?? .min)
            let event = new[key]?.time == last ? new[key]?.event : old[key]?.event
            return cells(field) + [old[key]?.value ?? .none, new[key]?.value ?? .none, .time(last), text(event)]
        }
    }
}
