/// Where a segment's bytes go, in order.
public protocol SegmentOutput: AnyObject {
    func append(_ bytes: [UInt8]) throws(SegmentError)
}

/// Keeps the segment in memory.
public final class MemoryOutput: SegmentOutput {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }
}
