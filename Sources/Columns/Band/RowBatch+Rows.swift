extension RowBatch {
    /// The rows that have a value in a column, ascending: value *i* of the column is that of row *i* of these.
    public func rows(ofColumn column: Int) -> [Int] {
        let hasColumn = shapes.map { $0.contains(column) }
        if !hasColumn.contains(false) { return Array(0..<rowCount) }
        return shapeOfRow.indices.filter { hasColumn[Int(shapeOfRow[$0])] }
    }

    /// Some of the rows, which ascend, as a batch of their own.
    public func selecting(_ rows: [Int]) -> RowBatch {
        if rows.count == rowCount { return self }
        var result = RowBatch(
            shapeOfRow: rows.map { shapeOfRow[$0] }, shapes: shapes, columns: columns,
            storedAt: rows.map { storedAt[$0] }, sequences: rows.map { sequences[$0] })
        var isWanted = [Bool](repeating: false, count: rowCount)
        for row in rows { isWanted[row] = true }
        for column in columns.indices {
            let places = self.rows(ofColumn: column).enumerated().filter { isWanted[$0.element] }
            result.columns[column].values = columns[column].values.gather(places.map { UInt32($0.offset) })
        }
        return result
    }
}

extension ColumnVector {
    /// The values with the given indexes, in that order.
    public func gather(_ indexes: [UInt32]) -> ColumnVector {
        func pick<Value>(_ values: [Value]) -> [Value] { indexes.map { values[Int($0)] } }
        return switch self {
        case .presence: .presence(count: indexes.count)
        case .integers(let values): .integers(pick(values))
        case .doubles(let values): .doubles(pick(values))
        case .strings(let values): .strings(values.gather(indexes))
        case .codedStrings(let dictionary, let codes): .codedStrings(dictionary: dictionary, codes: pick(codes))
        case .timestamps(let values, let forms): .timestamps(pick(values), forms: pick(forms))
        case .fixed(let bytes, let width):
            .fixed(indexes.flatMap { bytes[Int($0) * width..<(Int($0) + 1) * width] }, width: width)
        }
    }
}
