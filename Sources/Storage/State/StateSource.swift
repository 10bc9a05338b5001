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

    /// The rows of some services, or of all. Throws when the batch is not as it has to be.
    init(_ batch: RowBatch, of services: Set<[UInt8]>? = nil) throws(DecodeError) {
        self.batch = batch
        guard let times = batch.times else { throw .corrupt(at: 0, "changes of state without times") }
        self.times = times
        paths = batch.columns.map { StorePath.original($0.key.path)?.keys }
        groups = try Self.groups(batch, services)
    }

    /// Rows that are in order.
    init(_ rows: [StateRow], _ keys: StateKeys) {
        do { try self.init(StateRowBatch.batch(rows, keys)) } catch {
            preconditionFailure("rows of state that are not in order: \(error)")
        }
    }

    private static func groups(_ batch: RowBatch, _ services: Set<[UInt8]>?) throws(DecodeError) -> [Group] {
        let service = TextRuns(batch, StateRowBatch.service)
        let host = TextRuns(batch, StateRowBatch.host)
        let key = TextRuns(batch, StateRowBatch.entity)
        var groups: [Group] = []
        // Texts are made where they differ from those of the row before.
        var entity = StateEntity(service: nil, host: nil, key: nil)
        var isWanted = false
        var start = 0
        func end(_ row: Int) throws(DecodeError) {
            guard isWanted, start < row else { return }
            if let last = groups.last, !(last.entity < entity) {
                throw .corrupt(at: 0, "changes of state are not in order")
            }
            groups.append(Group(entity: entity, rows: start..<row))
        }
        for row in 0..<batch.rowCount {
            let isOther = row == 0 || service.runs[row] != service.runs[row - 1]
            if !isOther, host.runs[row] == host.runs[row - 1], key.runs[row] == key.runs[row - 1] { continue }
            try end(row)
            start = row
            if isOther {
                entity.service = service.text(row)
                isWanted = services.map { services in entity.service.map(services.contains) ?? false } ?? true
            }
            guard isWanted else { continue }
            if isOther || host.runs[row] != host.runs[row - 1] { entity.host = host.text(row) }
            entity.key = key.text(row)
        }
        try end(batch.rowCount)
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
    /// By row the place of its text, −1 where there is none. Neighbours of one place have one text.
    private(set) var runs: [Int32]
    private var texts = StringVector()

    init(_ batch: RowBatch, _ path: ColumnPath) {
        runs = [Int32](repeating: -1, count: batch.rowCount)
        let column = batch.columns.firstIndex { $0.key == ColumnKey(path: path, type: .string) }
        guard let column else { return }
        let rows = batch.rows(ofColumn: column)
        switch batch.columns[column].values {
        case .codedStrings(let dictionary, let codes):
            texts = dictionary
            for (row, code) in zip(rows, codes) { runs[row] = Int32(truncatingIfNeeded: code) }
        case .strings(let strings):
            texts = strings
            var first = 0
            for (index, row) in rows.enumerated() {
                if strings[index] != strings[first] { first = index }
                runs[row] = Int32(truncatingIfNeeded: first)
            }
        default: break
        }
    }

    func text(_ row: Int) -> [UInt8]? { runs[row] < 0 ? nil : Array(texts[Int(runs[row])]) }
}
