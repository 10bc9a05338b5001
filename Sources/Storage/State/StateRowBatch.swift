import Columns

/// Rows of changes as a batch in the layout of keyframes (Format/Store.md, 8.2).
struct StateRowBatch {
    static let service = CanonicalField.service.aliasPath
    static let host = CanonicalField.host.aliasPath
    static let entity = ColumnPath(keys: [StorePath.mark + "entity"])
    static let event = CanonicalField.eventId.aliasPath
    static let time = CanonicalField.timestamp.aliasPath

    private var columns: [(key: ColumnKey, column: StateColumn)] = []
    private var numbers: [ColumnKey: Int] = [:]
    private var fieldNumbers: [Int: Int] = [:]
    private var around: [Int: [Int]] = [:]
    private var shapes: [[Int]] = [[]]
    private var followers: [Int: Int] = [:]
    private var shapeOfRow: [UInt32] = []
    private var storedAt: [UInt64] = []
    private var sequences: [UInt64] = []

    /// Rows in the order in which they are to stand there.
    static func batch(_ rows: some Sequence<StateRow>, _ keys: StateKeys) -> RowBatch {
        var builder = StateRowBatch()
        for row in rows {
            for part in builder.parts(of: row, keys) { builder.append(part, keys) }
        }
        return builder.batch
    }

    /// The row, or several when it has fields that lie within others of it: none holds a value and another within it.
    private mutating func parts(of row: StateRow, _ keys: StateKeys) -> [StateRow] {
        guard row.fields.count > 1 else { return [row] }
        var depths: [Int] = []
        for field in row.fields {
            let outer = around[field.path] ?? keys.fields(around: field.path)
            around[field.path] = outer
            depths.append(outer.isEmpty ? 0 : row.fields.count { outer.contains($0.path) })
        }
        guard let deepest = depths.max(), deepest > 0 else { return [row] }
        return (0...deepest).map { depth in
            var part = row
            part.fields = zip(row.fields, depths).filter { $0.1 == depth }.map(\.0)
            return part
        }
    }

    private mutating func append(_ row: StateRow, _ keys: StateKeys) {
        var shape = 0
        put(StateValue(time: row.time), at: number(Self.time, .timestamp), &shape)
        let entity = keys.entities[row.entity]
        for (path, text) in [(Self.service, entity.service), (Self.host, entity.host), (Self.entity, entity.key)] {
            if let text { put(StateValue(text: text), at: number(path, .string), &shape) }
        }
        if let event = row.event { put(event, at: number(Self.event, event.type), &shape) }
        for field in row.fields {
            let known = field.path << 8 | Int(field.value.type.rawValue)
            let column: Int
            if let number = fieldNumbers[known] {
                column = number
            } else {
                column = number(
                    StorePath.stored(ColumnPath(keys: keys.fields[field.path])), field.value.type)
                fieldNumbers[known] = column
            }
            put(field.value, at: column, &shape)
        }
        shapeOfRow.append(UInt32(shape))
        storedAt.append(UInt64(bitPattern: row.storedAt))
        sequences.append(row.sequence)
    }

    private mutating func number(_ path: ColumnPath, _ type: ColumnType) -> Int {
        let key = ColumnKey(path: path, type: type)
        if let known = numbers[key] { return known }
        numbers[key] = columns.count
        columns.append((key, StateColumn(type)))
        return columns.count - 1
    }

    private mutating func put(_ value: StateValue, at column: Int, _ shape: inout Int) {
        columns[column].column.append(value)
        let step = shape << 32 | column
        if let known = followers[step] {
            shape = known
        } else {
            followers[step] = shapes.count
            shapes.append(shapes[shape] + [column])
            shape = shapes.count - 1
        }
    }

    private var batch: RowBatch {
        RowBatch(
            shapeOfRow: shapeOfRow, shapes: shapes.map { $0.sorted() },
            columns: columns.enumerated().map { number, column in
                RowBatch.Column(ordinal: number, key: column.key, values: column.column.vector)
            }, storedAt: storedAt, sequences: sequences)
    }
}

extension [StateRow] {
    /// By entity, and then by time and sequence.
    func ordered(_ keys: StateKeys) -> [StateRow] {
        let entities = Set(map(\.entity)).sorted { keys.entities[$0] < keys.entities[$1] }
        var ranks: [Int: Int] = [:]
        for (rank, entity) in entities.enumerated() { ranks[entity] = rank }
        return map { (rank: ranks[$0.entity] ?? 0, row: $0) }.sorted {
            ($0.rank, $0.row.time, $0.row.sequence) < ($1.rank, $1.row.time, $1.row.sequence)
        }.map(\.row)
    }
}
