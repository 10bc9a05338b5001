public import Bytes
public import Columns

/// Some values of a column, and the rows in which they stand.
public struct ColumnRun {
    /// Nil: every row has one.
    public var rows: Bitmap?
    public var values: ColumnVector
    /// Tells the dictionary of coded strings from the other dictionaries of the column.
    public var dictionary: Int?
}
