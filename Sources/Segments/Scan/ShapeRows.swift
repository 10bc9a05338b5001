import Bytes
import Columns

/// The rows of a page of shapes that have one of some shapes: many columns have a value in just these.
final class ShapeRows: Sendable {
    let rows: Bitmap
    let count: Int
    /// The shapes; empty when nobody asks.
    let codes: [UInt64]
    /// How many of the rows stand before each.
    let ranks: BitmapRanks

    init(_ rows: Bitmap, codes: [UInt64] = []) {
        self.rows = rows
        self.codes = codes
        count = rows.setCount
        ranks = BitmapRanks(rows)
    }

    /// About: the ranks take half as much as the bits, which they share.
    var byteCount: Int { rows.words.count * 12 + codes.count * 8 + 128 }
}
