public import Columns

extension RowBatch {
    /// The events as they came in: without what the store has added.
    public var original: RowBatch {
        var kept: [RowBatch.Column] = []
        var places = [Int?](repeating: nil, count: columns.count)
        for (index, column) in columns.enumerated() {
            guard let path = StorePath.original(column.key.path) else { continue }
            places[index] = kept.count
            kept.append(
                RowBatch.Column(
                    ordinal: column.ordinal, key: ColumnKey(path: path, type: column.key.type), values: column.values))
        }
        return RowBatch(
            shapeOfRow: shapeOfRow, shapes: shapes.map { $0.compactMap { places[$0] } }, columns: kept,
            storedAt: storedAt, sequences: sequences)
    }
}
