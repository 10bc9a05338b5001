import Columns
import Storage
import TimeQL

/// What was true of every entity as of a moment, found by going through all changes up to it.
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

    private struct Payload {
        var value: AnswerTable.Cell
        var event: String?
    }

    init(_ snapshot: Snapshot, _ mapping: StateMapping, at time: Int64, knownAt: Int64) throws(StoreError) {
        var scan = try EventScan(snapshot, times: .min...time, knownAt: knownAt, bearing: mapping)
        var reader = StateReader(mapping)
        var fold = StateFold<Payload>()
        for part in scan.parts {
            guard let (batch, times) = try scan.rows(of: part, where: nil, with: mapping.needs) else { continue }
            let events = BatchField(.eventId, in: batch).texts
            for change in reader.changes(in: batch) {
                let column = batch.columns[change.column]
                fold.add(
                    change, time: times[change.row], sequence: batch.sequences[change.row],
                    payload: Payload(
                        value: AnswerTable.Cell(column.values, type: column.key.type, at: change.index),
                        event: events[change.row]))
            }
        }
        for (key, value) in fold.values {
            fields.append(
                Field(
                    entity: reader.keys.entities[key.entity], path: reader.keys.fields[key.field],
                    value: value.payload.value, time: value.time, event: value.payload.event))
        }
        fields.sort { $0.entity == $1.entity ? $0.path.lexicographicallyPrecedes($1.path) : $0.entity < $1.entity }
    }

    /// Keeps the fields of which something is true.
    mutating func keep(where isWanted: (Field) -> Bool) { fields.removeAll { !isWanted($0) } }
}
