/// Finds for the values of one column those of another in the same rows.
///
/// Holds what it needs of both: the columns find it when first asked, which is checked each time.
struct RowLink {
    private let isSameRows: Bool
    /// Empty where the column has a value in every row.
    private let rows: [UInt32]
    /// Empty where the source has a value in every row.
    private let indexes: [UInt32]

    init(_ column: BandColumn, to source: BandColumn) {
        let isEveryRow = source.presence == .everyRow
        isSameRows = isEveryRow ? column.presence == .everyRow : source.rowSet === column.rowSet
        rows = isSameRows || column.presence == .everyRow ? [] : column.rows
        indexes = isSameRows || isEveryRow ? [] : source.rowSet.valueIndexes
    }

    /// The index of the source's value in the row of one of the column's values.
    @inline(__always)
    func index(of value: Int) -> Int? {
        if isSameRows { return value }
        let row = rows.isEmpty ? value : Int(rows[value])
        if indexes.isEmpty { return row }
        let found = indexes[row]
        return found == .max ? nil : Int(found)
    }
}
