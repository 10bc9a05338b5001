/// What belongs to a store as of one manifest.
public struct StoreState: Equatable, Sendable {
    /// The manifest's number; 0: nothing was committed yet.
    public internal(set) var number: UInt64 = 0
    /// The last manifest at or below it that is made upon nothing.
    var wholeNumber: UInt64 = 0
    public internal(set) var windowLength = WindowLength.day
    /// Tells this store from others.
    public internal(set) var storeId: UInt64 = 0
    /// The number that the next writer gets.
    public internal(set) var nextWriter: UInt32 = 1
    public internal(set) var segments: [SegmentId: SegmentEntry] = [:]
    /// What is left of windows that retention has removed: the state that their events had set. No events.
    public internal(set) var baseSegments: [SegmentId: SegmentEntry] = [:]
    /// Changes of state, read out of segments of both kinds (``KeyframeEntry``).
    public internal(set) var keyframes: [SegmentId: KeyframeEntry] = [:]
    /// The segments whose changes of state are in the keyframes, up to the time to which there are keyframes.
    public internal(set) var checkpointed: Set<SegmentId> = []
    /// Windows that ended before this time were removed; nil: none ever was.
    public internal(set) var horizon: Int64?
    /// How far inputs were taken in, the last committed last.
    public internal(set) var sources: [SourceEntry] = []
    /// Segments that no longer belong to the store, with the number of the manifest that dropped them. Their files may
    /// still be read by those who read as of an earlier manifest.
    public internal(set) var dropped: [SegmentId: DroppedSegment] = [:]
    /// Log files whose events are in segments, with the number of the manifest that said so. Their files may still be
    /// read by those who read as of an earlier manifest.
    public internal(set) var sealedLogs: [LogId: UInt64] = [:]
    /// Id indexes. All segments that one names are there.
    public internal(set) var indexes: [IndexId: IndexEntry] = [:]
    /// The index that names a segment; there is one at most.
    public internal(set) var indexOfSegment: [SegmentId: IndexId] = [:]
    /// Indexes that no longer count, with the number of the manifest that dropped them.
    public internal(set) var droppedIndexes: [IndexId: UInt64] = [:]

    /// When events were forgotten on demand, the last last.
    public internal(set) var forgets: [ForgetEntry] = []

    public init() {}

    /// Inputs that a store remembers; older ones are forgotten first.
    static let sourceLimit = 10_000
    /// Runs of `forget` that a store remembers; older ones are forgotten first.
    static let forgetLimit = 10_000

    public var rowCount: Int { segments.values.reduce(0) { $0 + $1.rowCount } }
    public var byteCount: Int { segments.values.reduce(0) { $0 + $1.byteCount } }

    /// The indexes in the order of windows and ids.
    public var orderedIndexes: [IndexEntry] {
        indexes.values.sorted { ($0.window, $0.id) < ($1.window, $1.id) }
    }

    /// The segments that no index names, in order.
    public var unindexedSegments: [SegmentEntry] { orderedSegments.filter { indexOfSegment[$0.id] == nil } }

    /// The base-state segments in the order of their ids.
    public var orderedBaseSegments: [SegmentEntry] { baseSegments.values.sorted { $0.id < $1.id } }

    /// The keyframes in the order of their times, a folded one before the others that end with it.
    public var orderedKeyframes: [KeyframeEntry] {
        keyframes.values.sorted {
            ($0.until, $0.isFolded ? 0 : 1, $0.id) < ($1.until, $1.isFolded ? 0 : 1, $1.id)
        }
    }

    /// A segment of any kind.
    func segment(_ id: SegmentId) -> SegmentEntry? { segments[id] ?? baseSegments[id] ?? keyframes[id]?.segment }

    /// The segments in the order of windows, times and ids.
    public var orderedSegments: [SegmentEntry] {
        segments.values.sorted {
            ($0.window, $0.times.lowerBound, $0.id) < ($1.window, $1.times.lowerBound, $1.id)
        }
    }
}

/// A segment that was replaced or removed.
public struct DroppedSegment: Equatable, Sendable {
    public var entry: SegmentEntry
    public var manifest: UInt64
}
