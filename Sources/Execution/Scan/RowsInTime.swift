import Bytes
import Files
import Segments

/// The rows of parts that are in the time of a scan, for parts that are not wholly in it: a comparison asks for them with
/// every field, and their times take longer to decode than what is asked.
final class RowsInTime: Sendable {
    private let known = Monitor<[Int: Bitmap]>([:])

    /// Each takes some kilobytes; that of a whole segment mostly has two such parts.
    private static let limit = 256

    func rows(
        of part: EventScan.Part, _ find: () throws(SegmentError) -> Bitmap
    ) throws(SegmentError) -> Bitmap {
        if let rows = known.change({ $0[part.number] }) { return rows }
        let rows = try find()
        known.change { if $0.count < Self.limit { $0[part.number] = rows } }
        return rows
    }
}
