import Files
public import Storage

/// Numbers that segments gave to questions, kept for the next time that the same is asked of the same segment.
///
/// A segment never changes, so what it gave stays true: a question over a store with one new segment goes through that
/// one. Events in the log are in no segment, and always gone through. Answers are the same with a cache and without, to
/// the last digit. What was not used for longest goes first.
public final class ResultCache: Sendable {
    struct Key: Hashable, Sendable {
        var plan: MeasurePlan
        var segment: SegmentEntry
        /// Of the segment's rows only those; nil: all.
        var times: ClosedRange<Int64>?
    }

    private struct Entry {
        var measures: TimelineMeasures
        var byteCount: Int
        /// Greater when it was used later.
        var lastUse: Int
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var byteCount = 0
        var useCount = 0
        var hitCount = 0
    }

    private let state = Monitor(State())
    private let byteLimit: Int
    /// A key, and its place in the table.
    private static let keyByteCount = 1024

    /// - Parameter byteLimit: the most memory that it takes, about.
    public init(byteLimit: Int) { self.byteLimit = byteLimit }

    /// What it takes in memory, about.
    public var byteCount: Int { state.change { $0.byteCount } }

    /// How often a segment did not need to be gone through.
    public var hitCount: Int { state.change { $0.hitCount } }

    func find(_ key: Key) -> TimelineMeasures? {
        state.change { state in
            guard let place = state.entries.index(forKey: key) else { return nil }
            state.useCount += 1
            state.hitCount += 1
            state.entries.values[place].lastUse = state.useCount
            return state.entries.values[place].measures
        }
    }

    func keep(_ measures: TimelineMeasures, _ key: Key) {
        let byteCount = measures.byteCount + Self.keyByteCount
        // One answer must not drive out all others.
        guard byteCount <= byteLimit / 4 else { return }
        state.change { state in
            state.useCount += 1
            let entry = Entry(measures: measures, byteCount: byteCount, lastUse: state.useCount)
            let before = state.entries.updateValue(entry, forKey: key)
            state.byteCount += byteCount - (before?.byteCount ?? 0)
            if state.byteCount > byteLimit { Self.shrink(&state, to: byteLimit / 4 * 3) }
        }
    }

    /// Forgets what segments gave that a snapshot does not hold: what was removed from the store is not kept here.
    public func forget(notIn snapshot: Snapshot) {
        state.change { state in
            for key in state.entries.keys where snapshot.state.segments[key.segment.id] != key.segment {
                Self.remove(key, &state)
            }
        }
    }

    private static func shrink(_ state: inout State, to byteLimit: Int) {
        for (key, _) in state.entries.map({ ($0.key, $0.value.lastUse) }).sorted(by: { $0.1 < $1.1 }) {
            if state.byteCount <= byteLimit { return }
            remove(key, &state)
        }
    }

    private static func remove(_ key: Key, _ state: inout State) {
        if let entry = state.entries.removeValue(forKey: key) { state.byteCount -= entry.byteCount }
    }
}
