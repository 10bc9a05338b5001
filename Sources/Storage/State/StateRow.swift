import Columns

/// What one event has set of one entity.
struct StateRow {
    struct Field {
        /// A number in ``StateKeys``.
        var path: Int
        var value: StateValue
    }

    /// A number in ``StateKeys``.
    var entity: Int
    var time: Int64
    var sequence: UInt64
    var storedAt: Int64
    var event: StateValue?
    var fields: [Field]
}

extension StateReader {
    /// The changes that the rows of a batch say and that are wanted, by event and entity.
    mutating func rows(
        in batch: RowBatch, where isWanted: (_ row: Int) -> Bool
    ) -> [StateRow] {
        guard let times = batch.times else { return [] }
        var rows: [StateRow] = []
        var places: [Int: Int] = [:]
        var events: BatchEvents?
        for change in changes(in: batch) where isWanted(change.row) {
            let column = batch.columns[change.column]
            let value = StateValue(column.values, type: column.key.type, at: change.index)
            let field = StateRow.Field(path: change.field, value: value)
            // An event mostly sets fields of one entity.
            let key = change.row << 32 | change.entity
            if let place = places[key] {
                // Of a field that an event sets twice the first counts.
                if !rows[place].fields.contains(where: { $0.path == change.field }) { rows[place].fields.append(field) }
                continue
            }
            places[key] = rows.count
            let known = events ?? BatchEvents(batch)
            events = known
            rows.append(
                StateRow(
                    entity: change.entity, time: times[change.row], sequence: batch.sequences[change.row],
                    storedAt: Int64(bitPattern: batch.storedAt[change.row]), event: known[change.row], fields: [field]))
        }
        return rows
    }
}

/// The event id of each row of a batch.
struct BatchEvents {
    private let batch: RowBatch
    /// Column and place in it, −1 where there is none.
    private var places: [(column: Int, index: Int)]

    init(_ batch: RowBatch) {
        self.batch = batch
        places = [(column: Int, index: Int)](repeating: (-1, 0), count: batch.rowCount)
        for path in [CanonicalField.eventId.path, CanonicalField.eventId.aliasPath] {
            for column in batch.columns.indices where batch.columns[column].key.path == path {
                for (index, row) in batch.rows(ofColumn: column).enumerated() { places[row] = (column, index) }
            }
        }
    }

    subscript(row: Int) -> StateValue? {
        let (number, index) = places[row]
        guard number >= 0 else { return nil }
        return StateValue(batch.columns[number].values, type: batch.columns[number].key.type, at: index)
    }
}
