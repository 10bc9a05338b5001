/// Rows that came out of a segment, by column.
///
/// Row *r* has a value in each column of `shapes[shapeOfRow[r]]`; a column's values are in row order, so whoever walks
/// the rows keeps one cursor for each column.
public struct RowBatch: Sendable {
    public struct Column: Sendable {
        public var ordinal: Int
        public var key: ColumnKey
        public var values: ColumnVector

        public init(ordinal: Int, key: ColumnKey, values: ColumnVector) {
            self.ordinal = ordinal
            self.key = key
            self.values = values
        }
    }

    public var shapeOfRow: [UInt32]
    /// Indexes into `columns`, ascending.
    public var shapes: [[Int]]
    /// User columns only, ascending by ordinal.
    public var columns: [Column]
    public var storedAt: [UInt64]
    public var sequences: [UInt64]

    public init(
        shapeOfRow: [UInt32], shapes: [[Int]], columns: [Column], storedAt: [UInt64], sequences: [UInt64]
    ) {
        self.shapeOfRow = shapeOfRow
        self.shapes = shapes
        self.columns = columns
        self.storedAt = storedAt
        self.sequences = sequences
    }

    public var rowCount: Int { shapeOfRow.count }
}
