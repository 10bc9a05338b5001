import Columns
import Storage
import TimeQL

/// Entities as rows and their fields as columns, so that conditions on state are conditions like any other.
struct StateRows {
    private(set) var catalog = FieldCatalog()
    /// The numbers of the entities, and the row of each field.
    private(set) var entities: [Int32] = []
    private var rowOfPlace: [Int32] = []
    private let view: StateView
    /// What the columns of the view's table are here; nil: nothing of the view stands there.
    private var keys: [ColumnKey?]

    private static let names = [["service"], ["host"], ["entity"]]

    /// `besides`: fields that have a name though no entity may have them. `newest`: those that there are by now.
    init(
        _ view: StateView, besides others: [[String]] = [],
        newest: (@Sendable () throws(StoreError) -> FieldCatalog)? = nil
    ) {
        self.view = view
        keys = [ColumnKey?](repeating: nil, count: view.table.columns.count)
        catalog.ofAnyTime = newest
        for path in others { catalog.add(ColumnPath(keys: path), .string) }
        rowOfPlace.reserveCapacity(view.fields.count)
        for field in view.fields {
            if entities.last != field.entity { entities.append(field.entity) }
            rowOfPlace.append(Int32(truncatingIfNeeded: entities.count - 1))
            let column = Int(field.value.column)
            if keys[column] == nil {
                keys[column] = ColumnKey(
                    path: ColumnPath(keys: view.table.paths[Int(field.path)]),
                    type: Self.shownType(view.table.columns[column].key.type))
            }
        }
        // What an entity is called counts, not a field of the same name.
        for column in keys.indices where keys[column].map({ Self.names.contains($0.path.keys) }) ?? false {
            keys[column] = nil
        }
        for key in keys { if let key { catalog.add(key.path, key.type) } }
        for (path, places) in zip(Self.names, namePlaces) where places.contains(where: { $0 >= 0 }) {
            catalog.add(ColumnPath(keys: path), .string)
        }
    }

    private var namePlaces: [[Int32]] {
        let all = view.table.entities
        return [all.servicePlaces(entities), all.hostPlaces(entities), all.keyPlaces(entities)]
    }

    /// As what values are compared, which is what answers show.
    private static func shownType(_ type: ColumnType) -> ColumnType {
        switch type {
        case .int64, .double, .bool, .array, .null: type
        case .uint64, .numberText, .emptyObject: .numberText
        default: .string
        }
    }

    /// The fields at some paths, or all.
    func batch(of paths: Set<ColumnPath>? = nil) -> RowBatch {
        var columns: [ColumnKey: (rows: [Int32], values: ColumnVector)] = [:]
        for (key, found) in places(paths) {
            columns[key] = (found.map { rowOfPlace[$0] }, vector(found, key.type))
        }
        let all = view.table.entities
        for (keys, (texts, places)) in zip(
            Self.names, zip([all.services.texts, all.hosts.texts, all.keys], namePlaces))
        {
            let path = ColumnPath(keys: keys)
            let rows = places.indices.filter { places[$0] >= 0 }
            guard paths?.contains(path) ?? true, !rows.isEmpty else { continue }
            columns[ColumnKey(path: path, type: .string)] = (
                rows.map { Int32($0) }, .strings(texts.gather(rows.map { UInt32(places[$0]) }))
            )
        }
        return batch(columns)
    }

    /// Where the values of each column stand that has any.
    private func places(_ paths: Set<ColumnPath>?) -> [ColumnKey: [Int]] {
        var numbers: [ColumnKey: Int] = [:]
        var found: [[Int]] = []
        let numberOfColumn = keys.map { key -> Int in
            guard let key, paths?.contains(key.path) ?? true else { return -1 }
            if let known = numbers[key] { return known }
            numbers[key] = found.count
            found.append([])
            return found.count - 1
        }
        for (place, field) in view.fields.enumerated() {
            let number = numberOfColumn[Int(field.value.column)]
            if number >= 0 { found[number].append(place) }
        }
        return numbers.mapValues { found[$0] }
    }

    private func batch(_ columns: [ColumnKey: (rows: [Int32], values: ColumnVector)]) -> RowBatch {
        // An order that no hash decides.
        let keys = columns.keys.sorted {
            $0.path == $1.path
                ? $0.type.rawValue < $1.type.rawValue : $0.path.encoded.lexicographicallyPrecedes($1.path.encoded)
        }
        var shapeOfRow = [UInt32](repeating: 0, count: entities.count)
        var shapes: [[Int]] = [[]]
        var batchColumns: [RowBatch.Column] = []
        for key in keys {
            guard let (rows, values) = columns[key] else { continue }
            var followers: [UInt32: UInt32] = [:]
            for row in rows {
                let shape = shapeOfRow[Int(row)]
                if let known = followers[shape] {
                    shapeOfRow[Int(row)] = known
                } else {
                    followers[shape] = UInt32(shapes.count)
                    shapeOfRow[Int(row)] = UInt32(shapes.count)
                    shapes.append(shapes[Int(shape)] + [batchColumns.count])
                }
            }
            batchColumns.append(RowBatch.Column(ordinal: batchColumns.count, key: key, values: values))
        }
        let none = [UInt64](repeating: 0, count: entities.count)
        return RowBatch(
            shapeOfRow: shapeOfRow, shapes: shapes, columns: batchColumns, storedAt: none, sequences: none)
    }

    /// The values of some fields, all of which are shown as one type.
    private func vector(_ places: [Int], _ type: ColumnType) -> ColumnVector {
        let cells = places.lazy.map { view.value($0) }
        return switch type {
        case .int64:
            .integers(cells.map { if case .integer(let value) = $0 { UInt64(bitPattern: Int64(value)) } else { 0 } })
        case .double: .doubles(cells.map { if case .number(let value) = $0 { value } else { .nan } })
        case .bool: .integers(cells.map { $0 == .literal("true") ? 1 : 0 })
        case .null: .presence(count: places.count)
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
