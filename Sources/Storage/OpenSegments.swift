public import Segments

/// Readers of a snapshot's segments. Those used last stay open, since what they have decoded serves neighbouring rows.
public struct OpenSegments {
    private let snapshot: Snapshot
    /// The one used last comes last.
    private var open: [(entry: SegmentEntry, reader: SegmentReader)] = []

    /// Segments of one window overlap where one ends and the next begins. Each that is open may hold a decoded page of
    /// every column, more than 100 MB in the cold tier.
    private static let limit = 2

    public init(_ snapshot: Snapshot) { self.snapshot = snapshot }

    public mutating func reader(_ entry: SegmentEntry) throws(StoreError) -> SegmentReader {
        if let index = open.firstIndex(where: { $0.entry.id == entry.id }) {
            open.append(open.remove(at: index))
        } else {
            if open.count == Self.limit { open.removeFirst() }
            open.append((entry, try snapshot.open(entry)))
        }
        return open[open.count - 1].reader
    }

    /// Lets a segment go that will not be asked for again: what it has decoded serves nobody any more.
    public mutating func close(_ entry: SegmentEntry) { open.removeAll { $0.entry.id == entry.id } }

    /// How many are open.
    public var count: Int { open.count }
}
