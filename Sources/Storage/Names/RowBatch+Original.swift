public import Columns

extension RowBatch {
    /// The events as they came in: without what the store has added.
    public var original: RowBatch { original(weightKey: nil) }

    /// The same with the weight of sampled events as a member of that name.
    public func original(weightKey: String?) -> RowBatch {
        var kept: [RowBatch.Column] = []
        var places = [Int?](repeating: nil, count: columns.count)
        for (index, column) in columns.enumerated() {
            let isWeight = column.key.path == SamplingPolicy.weightPath
            let weightPath = isWeight ? weightKey.map { ColumnPath(keys: [$0]) } : nil
            guard let path = weightPath ?? StorePath.original(column.key.path) else { continue }
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
