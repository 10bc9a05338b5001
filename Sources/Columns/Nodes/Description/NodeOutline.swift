internal import Bytes

/// A node as the list of its parts, in the order in which they are written: it accounts for every byte of the node.
public struct NodeOutline: Equatable, Sendable {
    public indirect enum Part: Equatable, Sendable {
        /// A number or a few bytes of the node's own.
        case field(String, value: String, byteCount: Int)
        case node(String, NodeOutline)
        case buffer(String, StoredBuffer)
    }

    public var tag: UInt8
    /// As Format/Segment.md calls it.
    public var name: String
    /// How many values the node gives.
    public var valueCount: Int
    public var parts: [Part]

    init(_ tag: UInt8, _ name: String, _ valueCount: Int, _ parts: [Part]) {
        self.tag = tag
        self.name = name
        self.valueCount = valueCount
        self.parts = parts
    }

    /// The bytes of the node as it is stored, with its tag.
    public var storedByteCount: Int { parts.reduce(1) { $0 + $1.storedByteCount } }
    /// The bytes of the node were no buffer compressed.
    public var encodedByteCount: Int { parts.reduce(1) { $0 + $1.encodedByteCount } }
}

extension NodeOutline.Part {
    public static func varint(_ name: String, _ value: UInt64) -> Self {
        .field(name, value: String(value), byteCount: varintByteCount(value))
    }

    public static func varint(_ name: String, _ value: Int) -> Self { .varint(name, UInt64(value)) }

    static func zigzag(_ name: String, _ bitPattern: UInt64) -> Self {
        .field(name, value: String(Int64(bitPattern: bitPattern)), byteCount: zigzagByteCount(bitPattern))
    }

    static func byte(_ name: String, _ value: Int) -> Self { .field(name, value: String(value), byteCount: 1) }

    /// A string with its length before it.
    static func text(_ name: String, _ bytes: [UInt8]) -> Self {
        .field(
            name, value: NodeDescriber.quoted(bytes), byteCount: varintByteCount(UInt64(bytes.count)) + bytes.count)
    }

    public var storedByteCount: Int {
        switch self {
        case .field(_, _, let byteCount): byteCount
        case .node(_, let node): node.storedByteCount
        case .buffer(_, let buffer): buffer.byteCount
        }
    }

    public var encodedByteCount: Int {
        switch self {
        case .field(_, _, let byteCount): byteCount
        case .node(_, let node): node.encodedByteCount
        case .buffer(_, let buffer): 1 + varintByteCount(UInt64(buffer.rawByteCount)) + buffer.rawByteCount
        }
    }
}
