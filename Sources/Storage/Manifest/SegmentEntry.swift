public import Columns

/// What a manifest tells of a segment.
public struct SegmentEntry: Hashable, Sendable {
    public var id: SegmentId
    public var tier: EncodingProfile.Tier
    public var window: TimeWindow
    public var rowCount: Int
    public var byteCount: Int
    /// Bytes of all values when nothing is encoded.
    public var rawByteCount: Int
    public var times: ClosedRange<Int64>
    public var storedAt: ClosedRange<Int64>
    public var sequences: ClosedRange<UInt64>
    /// The checksum of the segment's root, which holds those of everything else: it tells this file from any other.
    public var rootChecksum: UInt64
    public var kind = Kind.events

    /// What the rows of a segment are.
    public enum Kind: Hashable, Sendable {
        /// Events of one window.
        case events
        /// The state that events had set which retention has removed: rows of any window.
        case baseState
        /// Changes of state that were read out of other segments (``KeyframeEntry``): rows of any window.
        case keyframe
    }

    public init(
        id: SegmentId, tier: EncodingProfile.Tier, window: TimeWindow, rowCount: Int, byteCount: Int,
        rawByteCount: Int, times: ClosedRange<Int64>, storedAt: ClosedRange<Int64>, sequences: ClosedRange<UInt64>,
        rootChecksum: UInt64
    ) {
        self.id = id
        self.tier = tier
        self.window = window
        self.rowCount = rowCount
        self.byteCount = byteCount
        self.rawByteCount = rawByteCount
        self.times = times
        self.storedAt = storedAt
        self.sequences = sequences
        self.rootChecksum = rootChecksum
    }
}
