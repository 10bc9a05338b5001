import Bytes
import Columns

/// Changes in the layout of keyframes, entity by entity.
struct StateSource {
    /// The rows of one entity.
    struct Group {
        var entity: StateEntity
        var rows: Range<Int>
    }

    /// What the rows of one shape have.
    struct Shape {
        /// All columns, and those of fields in the order of their paths.
        var columns: [Int]
        var fields: [(column: Int, path: Int)]
        var event: Int?
    }

    let batch: RowBatch
    let times: [Int64]
    let groups: [Group]
    /// The path of each column's field; nil for columns that tell whose it is, and when.
    let paths: [[String]?]

    /// Throws when the batch is not as it has to be.
    init(_ batch: RowBatch) throws(DecodeError) {
        self.batch = batch
        guard let times = batch.times else { throw .corrupt(at: 0, "changes of state without times") }
        self.times = times
        paths = batch.columns.map { StorePath.original($0.key.path)?.keys }
        groups = try Self.groups(batch)
    }

    private static func groups(_ batch: RowBatch) throws(DecodeError) -> [Group] {
        let service = TextRuns(batch, StateRowBatch.service)
        let host = TextRuns(batch, StateRowBatch.host)
        let key = TextRuns(batch, StateRowBatch.entity)
        var groups: [Group] = []
        for row in 0..<batch.rowCount {
            if row > 0, service.runs[row] == service.runs[row - 1], host.runs[row] == host.runs[row - 1],
                key.runs[row] == key.runs[row - 1]
            {
                continue
            }
            let entity = StateEntity(service: service[row], host: host[row], key: key[row])
            if let last = groups.last {
                guard last.entity < entity else { throw .corrupt(at: 0, "changes of state are not in order") }
                groups[groups.count - 1].rows = last.rows.lowerBound..<row
            }
            groups.append(Group(entity: entity, rows: row..<batch.rowCount))
        }
        return groups
    }

    /// What the rows of each shape have, by the numbers of paths.
    func shapes(_ pathNumbers: [[String]: Int]) -> [Shape] {
        let numbers = paths.map { $0.flatMap { pathNumbers[$0] } }
        return batch.shapes.map { columns in
            Shape(
                columns: columns,
                fields: columns.compactMap { column in numbers[column].map { (column, $0) } }
                    .sorted { $0.path < $1.path },
                event: columns.first { batch.columns[$0].key.path == StateRowBatch.event })
        }
    }
}

extension StateSource {
    /// The rows one by one.
    func rows(_ keys: inout StateKeys) -> [StateRow] {
        var numbers: [Int?] = []
        for path in paths { numbers.append(path.map { keys.number(ofField: $0) }) }
        var places = [Int](repeating: 0, count: batch.columns.count)
        var rows: [StateRow] = []
        for group in groups {
            let entity = keys.number(of: group.entity)
            for row in group.rows {
                var event: StateValue?
                var fields: [StateRow.Field] = []
                for column in batch.shapes[Int(batch.shapeOfRow[row])] {
                    let key = batch.columns[column].key
                    if let path = numbers[column] {
                        let value = StateValue(batch.columns[column].values, type: key.type, at: places[column])
                        fields.append(StateRow.Field(path: path, value: value))
                    } else if key.path == StateRowBatch.event {
                        event = StateValue(batch.columns[column].values, type: key.type, at: places[column])
                    }
                    places[column] += 1
                }
                rows.append(
                    StateRow(
                        entity: entity, time: times[row], sequence: batch.sequences[row],
                        storedAt: Int64(bitPattern: batch.storedAt[row]), event: event, fields: fields))
            }
        }
        return rows
    }
}

/// The texts of rows, where neighbours mostly have the same.
private struct TextRuns {
    /// By row the number of its run, −1 where there is no text. Neighbours of one number have one text.
    private(set) var runs: [Int32]
    private var texts: [[UInt8]] = []

    init(_ batch: RowBatch, _ path: ColumnPath) {
        runs = [Int32](repeating: -1, count: batch.rowCount)
        for column in batch.columns.indices
        where batch.columns[column].key == ColumnKey(path: path, type: .string) {
            switch batch.columns[column].values {
            case .codedStrings(let dictionary, let codes):
                // Texts that no row has are not made.
                var known = [Int32](repeating: -1, count: dictionary.count)
                for (row, code) in zip(batch.rows(ofColumn: column), codes) {
                    if known[Int(code)] < 0 {
                        known[Int(code)] = Int32(texts.count)
                        texts.append(Array(dictionary[Int(code)]))
                    }
                    runs[row] = known[Int(code)]
                }
            case .strings(let strings):
                for (index, row) in batch.rows(ofColumn: column).enumerated() {
                    if texts.last.map({ strings[index].elementsEqual($0) }) != true {
                        texts.append(Array(strings[index]))
                    }
                    runs[row] = Int32(texts.count - 1)
                }
            default: break
            }
        }
    }

    subscript(row: Int) -> [UInt8]? { runs[row] < 0 ? nil : texts[Int(runs[row])] }
}
