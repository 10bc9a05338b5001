import Bytes
import Files

/// The rows of parts that are in the time of a scan, for parts that are not wholly in it: a comparison asks for them with
/// every field, and their times take longer to decode than what is asked.
final class RowsInTime: Sendable {
    private let known = Monitor<[Int: Bitmap]>([:])

    /// Each takes some kilobytes; that of a whole segment mostly has two such parts.
    private static let limit = 256

    func known(_ part: EventScan.Part) -> Bitmap? { known.change { $0[part.number] } }

    func keep(_ rows: Bitmap, of part: EventScan.Part) {
        known.change { if $0.count < Self.limit { $0[part.number] = rows } }
    }
}
