/// What a manifest tells of a keyframe: a segment with changes of state, read out of others so that nobody needs to go
/// through those again (Format/Store.md, 8).
public struct KeyframeEntry: Hashable, Sendable {
    public var segment: SegmentEntry
    /// Of changes later than this; nil: of all from the first one on.
    public var since: Int64?
    /// Of changes up to this time.
    public var until: Int64
    /// Whether it holds only the last change of each field in that time. Else it holds all.
    public var isFolded: Bool
    /// The manifest it was built from.
    public var manifest: UInt64
    /// The highest `storedAt` of the changes that went in, also of those that others have overridden.
    public var knownAt: Int64
    /// The checksum of the mapping that found the changes.
    public var mapping: UInt64

    public init(
        segment: SegmentEntry, since: Int64?, until: Int64, isFolded: Bool, manifest: UInt64, knownAt: Int64,
        mapping: UInt64
    ) {
        self.segment = segment
        self.since = since
        self.until = until
        self.isFolded = isFolded
        self.manifest = manifest
        self.knownAt = knownAt
        self.mapping = mapping
    }

    public var id: SegmentId { segment.id }

    /// Whether it is all that was true at a time.
    var isWhole: Bool { isFolded && since == nil }
}

/// Which keyframes are no longer true when events are removed, because they tell of more than is left.
public enum OutdatedKeyframes: Equatable, Sendable {
    case none
    /// Retention has kept the last change of each field up to this time, and nothing of what was before.
    case before(Int64)
    /// Events of this time or later are gone.
    case from(Int64)
    case all

    func contains(_ keyframe: KeyframeEntry) -> Bool {
        switch self {
        case .none: false
        case .before(let time): keyframe.until < time || !keyframe.isWhole && keyframe.since ?? .min < time
        case .from(let time): keyframe.until >= time
        case .all: true
        }
    }
}
