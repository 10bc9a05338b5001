import Columns

/// What some rows have as text at a place: a code for each row, −1 where there is none.
struct RowTexts {
    var codes: [Int]
    var texts: [[UInt8]] = []

    /// The first of some paths at which a row has a value counts.
    init(_ batch: RowBatch, _ paths: [ColumnPath]) {
        codes = [Int](repeating: -1, count: batch.rowCount)
        for path in paths {
            let isTaken = codes.map { $0 >= 0 }
            for column in batch.columns.indices where batch.columns[column].key.path == path {
                add(batch.columns[column], batch.rows(ofColumn: column).map { Int($0) }, isTaken)
            }
        }
    }

    init(_ batch: RowBatch, _ field: CanonicalField) { self.init(batch, [field.aliasPath, field.path]) }

    subscript(row: Int) -> [UInt8]? { codes[row] < 0 ? nil : texts[codes[row]] }

    private mutating func add(_ column: RowBatch.Column, _ rows: [Int], _ isTaken: [Bool]) {
        let base = texts.count
        if case .codedStrings(let dictionary, let entries) = column.values {
            for entry in 0..<dictionary.count { texts.append(Array(dictionary[entry])) }
            for (row, entry) in zip(rows, entries) where !isTaken[row] { codes[row] = base + Int(entry) }
            return
        }
        guard let shown = column.values.texts(type: column.key.type) else { return }
        for (index, row) in rows.enumerated() where !isTaken[row] {
            codes[row] = texts.count
            texts.append(Array(shown[index]))
        }
    }
}
