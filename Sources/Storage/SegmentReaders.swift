public import Segments

/// Gives readers of the segments of a snapshot, which may stay open from question to question.
public protocol SegmentReaders {
    func reader(of entry: SegmentEntry) throws(StoreError) -> SegmentReader
}

extension Snapshot: SegmentReaders {
    /// A new one each time.
    public func reader(of entry: SegmentEntry) throws(StoreError) -> SegmentReader { try open(entry) }
}
