public import Segments

/// What a manifest tells of an id index: enough to find the shard of an id without reading anything else of the file
/// (Format/Index.md).
public struct IndexEntry: Hashable, Sendable {
    /// The shards of one kind of ids, all of one length.
    public struct Shards: Hashable, Sendable {
        /// 0, or a power of two.
        public var count: Int
        public var byteCount: Int

        public init(count: Int, byteCount: Int) {
            self.count = count
            self.byteCount = byteCount
        }

        static let none = Shards(count: 0, byteCount: 0)

        /// High bits of an id's hash that tell its shard.
        var bits: Int { count > 0 ? count.trailingZeroBitCount : 0 }

        /// A shift by all 64 bits gives 0, which is right for a single shard.
        func number(ofHash hash: UInt64) -> Int { Int(hash >> UInt64(64 - bits)) }
    }

    public var id: IndexId
    public var window: TimeWindow
    /// Rows of the segments together.
    public var rowCount: Int
    /// The segments whose ids it holds, in the order in which it numbers them.
    public var segments: [SegmentId]
    public var events: Shards
    public var traces: Shards
    public var spans: Shards
    /// The checksum of its header, which each shard's checksum depends on.
    public var identity: UInt64

    static let fixedHeaderByteCount = 80
    static let segmentByteCount = 16
    /// Segments of one index, at most.
    static let segmentLimit = 1 << 16
    static let shardLimit = 1 << 20

    var headerByteCount: Int { Self.fixedHeaderByteCount + segments.count * Self.segmentByteCount + 8 }

    public subscript(kind: IdFilterKind) -> Shards {
        get {
            switch kind {
            case .eventIds: events
            case .traceIds: traces
            case .spanIds: spans
            }
        }
        set {
            switch kind {
            case .eventIds: events = newValue
            case .traceIds: traces = newValue
            case .spanIds: spans = newValue
            }
        }
    }

    /// The length of the file.
    public var byteCount: Int {
        IdFilterKind.allCases.reduce(headerByteCount) { $0 + self[$1].count * self[$1].byteCount }
    }

    /// Where a shard begins.
    func byteOffset(_ kind: IdFilterKind, _ number: Int) -> Int {
        let before = IdFilterKind.allCases.filter { $0.rawValue < kind.rawValue }
        return before.reduce(headerByteCount) { $0 + self[$1].count * self[$1].byteCount }
            + number * self[kind].byteCount
    }
}
