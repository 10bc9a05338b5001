import Bytes
import Columns

/// The rows of a page of shapes that have one of some shapes: many columns have a value in just these.
final class ShapeRows: Sendable {
    let rows: Bitmap
    let count: Int
    /// How many of the rows stand before each.
    let ranks: BitmapRanks

    init(_ rows: Bitmap) {
        self.rows = rows
        count = rows.setCount
        ranks = BitmapRanks(rows)
    }

    /// About: the ranks take half as much as the bits, which they share.
    var byteCount: Int { rows.words.count * 12 + 128 }
}
