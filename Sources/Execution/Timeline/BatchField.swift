import Columns

/// A field's values in a batch, row by row.
struct BatchField {
    private let field: BoundField
    private let batch: RowBatch

    init(_ field: BoundField, in batch: RowBatch) {
        self.field = field
        self.batch = batch
    }

    /// NaN where the field is missing or no number.
    var numbers: [Double] {
        var numbers = [Double](repeating: .nan, count: batch.rowCount)
        batch.forEachColumn(of: field) { column, rows, hidden in
            guard let found = column.values.numbers(column.key.type) else { return }
            for (place, row) in rows.enumerated() where hidden?[row] != true { numbers[row] = found[place] }
        }
        return numbers
    }

    /// What shows the value of each row, nil where the field is missing.
    var texts: [String?] {
        var texts = [String?](repeating: nil, count: batch.rowCount)
        batch.forEachColumn(of: field) { column, rows, hidden in
            guard let shown = column.values.shownTexts(column.key.type) else { return }
            for (place, row) in rows.enumerated() where hidden?[row] != true { texts[row] = shown.text(place) }
        }
        return texts
    }
}
