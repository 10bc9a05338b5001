import Columns
import Storage
import TimeQL

/// What was true of every entity as of a moment.
struct StateView {
    /// A field of an entity and its last change.
    struct Field {
        var entity: StateEntity
        var path: [String]
        var value: AnswerTable.Cell
        var time: Int64
        var event: String?

        var name: String { path.joined(separator: ".") }
    }

    /// Ordered by entity and field.
    private(set) var fields: [Field] = []

    init(_ table: StateTable) {
        let events = table.batches.map { StateEvents($0) }
        fields.reserveCapacity(table.fields.count)
        for field in table.fields {
            let column = table.batches[Int(field.value.batch)].columns[Int(field.value.column)]
            fields.append(
                Field(
                    entity: table.entities[field.entity], path: table.paths[field.path],
                    value: AnswerTable.Cell(column.values, type: column.key.type, at: Int(field.value.index)),
                    time: field.time, event: field.event.map { events[Int($0.batch)].text($0) }))
        }
    }

    /// Keeps the fields of which something is true.
    mutating func keep(where isWanted: (Field) -> Bool) { fields.removeAll { !isWanted($0) } }
}

/// The texts of the event ids of a batch.
private struct StateEvents {
    private var texts: [Int: StringVector] = [:]

    init(_ batch: RowBatch) {
        for (number, column) in batch.columns.enumerated()
        where column.key.path == CanonicalField.eventId.aliasPath {
            texts[number] = column.values.texts(type: column.key.type)
        }
    }

    func text(_ place: StateTable.Place) -> String { texts[Int(place.column)]?.text(Int(place.index)) ?? "" }
}
