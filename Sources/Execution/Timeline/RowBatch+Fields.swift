import Columns

extension RowBatch {
    /// The rows with some fields only. A canonical field that the event has under another name is shown under ours.
    func showing(_ fields: [BoundField]) -> RowBatch {
        var result = self
        for field in fields.filter({ $0.canonical != nil }) {
            guard let added = field.paths.first, let own = field.paths.last else { continue }
            let addedColumns = columns.indices.filter { columns[$0].key.path == added }
            let ownColumns = Set(columns.indices.filter { columns[$0].key.path == own })
            for column in addedColumns { result.columns[column].key.path = own }
            let hidden = Set(shapes.indices.filter { shape in addedColumns.contains { shapes[shape].contains($0) } })
            // Values of rows that have both are left out one by one.
            for column in ownColumns {
                let kept = rows(ofColumn: column).enumerated().filter {
                    !hidden.contains(Int(shapeOfRow[$0.element]))
                }
                result.columns[column].values = columns[column].values.gather(kept.map { UInt32($0.offset) })
            }
            for shape in hidden { result.shapes[shape].removeAll { ownColumns.contains($0) } }
        }
        return result
    }
}
