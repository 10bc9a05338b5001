import Columns
import Storage

/// The rows of `STATE BETWEEN`: all changes in some time, in the order in which they were made.
enum StateChanges {
    private struct Key: Hashable {
        var entity: StateEntity
        var path: [String]
    }

    /// Of the entities and fields of `wanted`, which is what was true at the end.
    static func table(_ changes: StateView, before: StateView?, wanted: StateView) -> AnswerTable {
        let fields = Set(wanted.places.map { Key(entity: wanted.entity($0), path: wanted.path($0)) })
        var olds: [Key: AnswerTable.Cell] = [:]
        for place in before?.places ?? [] {
            let key = Key(entity: before?.entity(place) ?? changes.entity(place), path: before?.path(place) ?? [])
            if fields.contains(key) { olds[key] = before?.value(place) }
        }
        var names = StateNames(changes)
        var rows: [(time: Int64, sequence: UInt64, cells: [AnswerTable.Cell])] = []
        // Those of one field follow one another.
        for place in changes.places {
            let key = Key(entity: changes.entity(place), path: changes.path(place))
            guard fields.contains(key) else { continue }
            let field = changes.field(place)
            let value = changes.value(place)
            let cells = [.time(field.time)] + names.cells(place) + [olds[key] ?? .none, value, changes.event(place)]
            rows.append((field.time, field.sequence, cells))
            olds[key] = value
        }
        let ordered = rows.enumerated().sorted {
            ($0.element.time, $0.element.sequence, $0.offset) < ($1.element.time, $1.element.sequence, $1.offset)
        }
        return AnswerTable(
            columns: ["time"] + StateNames.columns + ["before", "after", "event"], rows: ordered.map(\.element.cells))
    }
}
