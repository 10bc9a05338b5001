import Columns
import Segments
import Storage

/// The state that a store says was set last.
enum StoredState {
    /// The same as keyframes tell it.
    static func look(_ store: Store) throws -> [String: String] {
        var lookup = StateLookup(try store.snapshot(), .standard, logs: [], knownAt: .max)
        let table = try lookup.state(at: .max)
        var state: [String: String] = [:]
        for field in table.fields {
            let column = table.columns[Int(field.value.column)]
            let entity = String(decoding: table.entities[Int(field.entity)].key ?? [], as: UTF8.self)
            state["\(entity) \(table.paths[Int(field.path)].joined(separator: "."))"] =
                column.values.texts(type: column.key.type)?.text(Int(field.value.index)) ?? "?"
        }
        return state
    }

    /// By entity and field.
    static func read(_ store: Store) throws -> [String: String] {
        let snapshot = try store.snapshot()
        var reader = StateReader(.standard)
        var fold = StateFold<String>()
        for entry in snapshot.state.orderedSegments + snapshot.state.orderedBaseSegments {
            let segment = try snapshot.open(entry)
            for range in try segment.batchRanges() {
                let batch = try segment.rows(in: range)
                guard let times = batch.times else { continue }
                for change in reader.changes(in: batch) {
                    let column = batch.columns[change.column]
                    fold.add(
                        change, time: times[change.row], sequence: batch.sequences[change.row],
                        payload: column.values.texts(type: column.key.type)?.text(change.index) ?? "?")
                }
            }
        }
        var state: [String: String] = [:]
        for (key, value) in fold.values {
            let entity = String(decoding: reader.keys.entities[key.entity].key ?? [], as: UTF8.self)
            state["\(entity) \(reader.keys.fields[key.field].joined(separator: "."))"] = value.payload
        }
        return state
    }
}
