import Bytes
import Columns

/// The rows of a scan that have one of some shapes: many columns have a value in just these.
final class ShapeRows {
    let rows: Bitmap
    let count: Int
    /// How many of the rows stand before each.
    private(set) lazy var ranks = BitmapRanks(rows)

    init(_ rows: Bitmap) {
        self.rows = rows
        count = rows.setCount
    }
}
