import Columns
import Segments
import Storage

extension Rig {
    /// The state that all events of a store have set last, base state included: `service/host/entity field` to the value.
    static func state(_ store: Store, _ mapping: StateMapping = .standard) throws -> [String: String] {
        let snapshot = try store.snapshot()
        var reader = StateReader(mapping)
        var fold = StateFold<String>()
        for entry in snapshot.state.orderedSegments + snapshot.state.orderedBaseSegments {
            let segment = try snapshot.open(entry)
            for range in try segment.batchRanges() {
                let batch = try segment.rows(in: range)
                for change in reader.changes(in: batch) {
                    fold.add(
                        change, time: batch.times![change.row], sequence: batch.sequences[change.row],
                        payload: text(batch.columns[change.column], change.index))
                }
            }
        }
        var state: [String: String] = [:]
        for (key, value) in fold.values {
            let entity = reader.keys.entities[key.entity]
            let parts = [entity.service, entity.host, entity.key].map {
                $0.map { String(decoding: $0, as: UTF8.self) } ?? "-"
            }
            let field = ColumnPath(keys: reader.keys.fields[key.field])
            state["\(parts.joined(separator: "/")) \(field)"] = value.payload
        }
        return state
    }

    private static func text(_ column: RowBatch.Column, _ index: Int) -> String {
        switch column.values {
        case .presence: "\(column.key.type)"
        case .doubles(let values): "\(values[index])"
        default: column.values.texts(type: column.key.type)?.text(index) ?? "?"
        }
    }
}
