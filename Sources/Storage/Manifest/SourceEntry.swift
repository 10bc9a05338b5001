public import Bytes

/// How far an input was taken in: the input is known by what it holds, not by its name.
public struct SourceEntry: Hashable, Sendable {
    /// Bytes at the start of an input that tell which entries may be its own.
    public static let headByteCount = 65_536

    /// The bytes whose events are stored, all from the start on.
    public var byteOffset: UInt64
    /// The checksum of those bytes.
    public var content: StreamChecksum.Value
    /// The checksum of the first of them, at most ``headByteCount``.
    public var head: UInt64
    public var headByteCount: Int
    public var lineCount: UInt64
    public var eventCount: UInt64
    public var rejectCount: UInt64
    /// Whether that was the whole input when it was read.
    public var isComplete: Bool
    /// When this was committed, and under which name the input was known.
    public var time: Int64
    public var name: String
    /// What the input's format needs to go on from here.
    public var resumption: [UInt8]

    public init(
        byteOffset: UInt64, content: StreamChecksum.Value, head: UInt64, headByteCount: Int, lineCount: UInt64,
        eventCount: UInt64, rejectCount: UInt64, isComplete: Bool, time: Int64, name: String, resumption: [UInt8] = []
    ) {
        self.byteOffset = byteOffset
        self.content = content
        self.head = head
        self.headByteCount = headByteCount
        self.lineCount = lineCount
        self.eventCount = eventCount
        self.rejectCount = rejectCount
        self.isComplete = isComplete
        self.time = time
        self.name = name
        self.resumption = resumption
    }
}
