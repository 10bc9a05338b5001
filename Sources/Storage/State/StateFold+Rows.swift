/// What a fold of rows keeps of a change.
struct LastChange {
    var storedAt: Int64
    var event: StateValue?
    var value: StateValue
}

/// Which event and entity a change is of.
private struct Origin: Hashable {
    var entity: Int
    var time: Int64
    var sequence: UInt64
}

extension StateFold<LastChange> {
    mutating func add(_ row: StateRow) {
        for field in row.fields {
            add(
                Key(entity: row.entity, field: field.path), time: row.time, sequence: row.sequence,
                payload: LastChange(storedAt: row.storedAt, event: row.event, value: field.value))
        }
    }

    /// The changes of some fields, those of one event and entity together, in order.
    func rows(of keys: some Sequence<Key>, _ names: StateKeys) -> [StateRow] {
        var rows: [StateRow] = []
        var places: [Origin: Int] = [:]
        // An order that no hash decides.
        for key in keys.sorted(by: { ($0.entity, $0.field) < ($1.entity, $1.field) }) {
            guard let last = values[key] else { continue }
            let field = StateRow.Field(path: key.field, value: last.payload.value)
            let origin = Origin(entity: key.entity, time: last.time, sequence: last.sequence)
            if let place = places[origin] {
                rows[place].fields.append(field)
                continue
            }
            places[origin] = rows.count
            rows.append(
                StateRow(
                    entity: key.entity, time: last.time, sequence: last.sequence, storedAt: last.payload.storedAt,
                    event: last.payload.event, fields: [field]))
        }
        return rows.ordered(names)
    }
}
