/// The bytes of a segment, wherever they lie.
public protocol SegmentSource: AnyObject {
    var byteCount: Int { get }
    /// Exactly `byteCount` bytes from `offset`; the caller has checked that they lie inside the file.
    func read(at offset: Int, byteCount: Int) throws(SegmentError) -> [UInt8]
}

/// A segment that lies in memory.
public final class MemorySource: SegmentSource {
    private let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var byteCount: Int { bytes.count }

    public func read(at offset: Int, byteCount: Int) throws(SegmentError) -> [UInt8] {
        guard offset >= 0, byteCount >= 0, offset + byteCount <= bytes.count else {
            throw .io("read beyond the end of the bytes in memory")
        }
        return Array(bytes[offset..<offset + byteCount])
    }
}
