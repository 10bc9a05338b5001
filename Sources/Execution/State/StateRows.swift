import Columns
import Storage

/// Entities as rows and their fields as columns, so that conditions on state are conditions like any other.
struct StateRows {
    private(set) var catalog = FieldCatalog()
    /// The numbers of the entities.
    private(set) var entities: [Int] = []
    private(set) var batch: RowBatch

    private static let key = "entity"
    private static let names = [["service"], ["host"], [key]]

    /// `besides`: fields that have a name though no entity may have them. `newest`: those that there are by now.
    init(
        _ view: StateView, besides others: [[String]] = [],
        newest: (@Sendable () throws(StoreError) -> FieldCatalog)? = nil
    ) {
        catalog.ofAnyTime = newest
        for path in others { catalog.add(ColumnPath(keys: path), .string) }
        var columns: [ColumnKey: (rows: [Int], values: [AnswerTable.Cell])] = [:]
        func put(_ cell: AnswerTable.Cell, _ path: [String], _ row: Int) {
            let key = ColumnKey(path: ColumnPath(keys: path), type: cell.columnType)
            columns[key, default: ([], [])].rows.append(row)
            columns[key, default: ([], [])].values.append(cell)
        }
        for place in view.places {
            let number = view.field(place).entity
            if entities.last != number {
                entities.append(number)
                let entity = view.entity(place)
                let named = [("service", entity.service), ("host", entity.host), (Self.key, entity.key)]
                for (name, text) in named {
                    if let text { put(.text(String(decoding: text, as: UTF8.self)), [name], entities.count - 1) }
                }
            }
            // What an entity is called counts, not a field of the same name.
            let path = view.path(place)
            if !Self.names.contains(path) { put(view.value(place), path, entities.count - 1) }
        }
        // An order that no hash decides.
        let keys = columns.keys.sorted {
            $0.path == $1.path
                ? $0.type.rawValue < $1.type.rawValue : $0.path.encoded.lexicographicallyPrecedes($1.path.encoded)
        }
        var shapeOfRow = [Int](repeating: 0, count: entities.count)
        var shapes: [[Int]] = [[]]
        var batchColumns: [RowBatch.Column] = []
        for key in keys {
            guard let (rows, values) = columns[key] else { continue }
            catalog.add(key.path, key.type)
            var followers: [Int: Int] = [:]
            for row in rows {
                let shape = shapeOfRow[row]
                if let known = followers[shape] {
                    shapeOfRow[row] = known
                } else {
                    followers[shape] = shapes.count
                    shapeOfRow[row] = shapes.count
                    shapes.append(shapes[shape] + [batchColumns.count])
                }
            }
            batchColumns.append(
                RowBatch.Column(ordinal: batchColumns.count, key: key, values: Self.vector(values, key.type)))
        }
        batch = RowBatch(
            shapeOfRow: shapeOfRow.map { UInt32($0) }, shapes: shapes, columns: batchColumns,
            storedAt: entities.map { _ in 0 }, sequences: entities.map { _ in 0 })
    }

    private static func vector(_ cells: [AnswerTable.Cell], _ type: ColumnType) -> ColumnVector {
        switch type {
        case .int64:
            .integers(cells.map { if case .integer(let value) = $0 { UInt64(bitPattern: Int64(value)) } else { 0 } })
        case .double: .doubles(cells.map { if case .number(let value) = $0 { value } else { .nan } })
        case .bool: .integers(cells.map { $0 == .literal("true") ? 1 : 0 })
        case .null: .presence(count: cells.count)
        default:
            .strings(
                StringVector(
                    cells.map { cell in
                        switch cell {
                        case .text(let text), .literal(let text): text
                        default: ""
                        }
                    }))
        }
    }
}

extension AnswerTable.Cell {
    fileprivate var columnType: ColumnType {
        switch self {
        case .none: .null
        case .text, .time: .string
        case .integer: .int64
        case .number: .double
        case .literal(let text): text == "true" || text == "false" ? .bool : text.hasPrefix("[") ? .array : .numberText
        }
    }
}
