import Columns

/// A data page, decoded.
struct DecodedPage {
    /// The rows of the values, from the first row of the page; nil: every row has one.
    var rows: [UInt32]?
    var values: ColumnVector

    /// The values in some rows; their rows are counted from a row `distance` before the page's first.
    func slice(_ range: Range<Int>, shiftedBy distance: Int) -> ColumnPiece {
        guard let rows else {
            return ColumnPiece(
                rows: range.map { UInt32($0 + distance) }, values: values.slice(range))
        }
        let lower = rows.firstIndex(notBelow: UInt32(range.lowerBound))
        let upper = rows.firstIndex(notBelow: UInt32(range.upperBound))
        return ColumnPiece(
            rows: rows[lower..<upper].map { UInt32(Int($0) + distance) }, values: values.slice(lower..<upper))
    }
}

extension [UInt32] {
    /// The first index of an ascending array whose element is not below `value`.
    func firstIndex(notBelow value: UInt32) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
