import Columns

/// The texts of rows, where neighbours mostly have the same.
struct TextRuns {
    /// By row the place of its text, −1 where there is none. Neighbours of one text have one place.
    private(set) var runs: [Int32]
    private(set) var texts = StringVector()

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
                if strings.order(first, index) != 0 { first = index }
                runs[row] = Int32(truncatingIfNeeded: first)
            }
        default: break
        }
    }

    /// Whether the text of one row comes before that of another (below 0), is the same (0) or comes behind it. What is
    /// missing comes first.
    func order(_ first: Int, _ second: Int) -> Int {
        let (one, other) = (runs[first], runs[second])
        if one == other { return 0 }
        if one < 0 || other < 0 { return one < 0 ? -1 : 1 }
        return texts.order(Int(one), Int(other))
    }

    func text(_ row: Int) -> [UInt8]? { runs[row] < 0 ? nil : Array(texts[Int(runs[row])]) }
}
