import Segments

/// From when on keyframes are written, and what goes into them.
struct CheckpointPlan {
    /// The keyframes that stay.
    private(set) var kept: [KeyframeEntry] = []
    private(set) var replaced: [SegmentId] = []
    /// The segments that go in: those that were in keyframes before, and new ones.
    private(set) var segments: [SegmentEntry] = []
    /// What was true when the new keyframes begin: a whole keyframe and perhaps what had changed since; none at the
    /// beginning of all.
    private(set) var start: [KeyframeEntry] = []
    /// Whether keyframes are to be written. Else only the segments count as being in those that are there.
    private(set) var writes = false

    /// Nil: there is nothing to do.
    init?(_ snapshot: Snapshot, _ mapping: StateMapping, _ policy: CheckpointPolicy) throws(StoreError) {
        let state = snapshot.state
        let chain = KeyframeChain(snapshot, mapping)
        let end = chain.end
        var first = chain.firstGap
        // New segments by the time of their first change; nil: they have none.
        var news: [(entry: SegmentEntry, first: Int64?)] = []
        for entry in state.stateSegments {
            guard state.checkpointed.contains(entry.id) else {
                news.append((entry, try snapshot.changeTimes(entry, mapping)?.lowerBound))
                continue
            }
            segments.append(entry)
            guard entry.times.upperBound > end ?? .min, let times = try snapshot.changeTimes(entry, mapping),
                times.upperBound > end ?? .min
            else { continue }
            // Keyframes that told of it are gone.
            first = min(first ?? .max, max(times.lowerBound, end.map { $0 + 1 } ?? .min))
        }
        news.sort { ($0.first ?? .max, $0.entry.id) < ($1.first ?? .max, $1.entry.id) }
        // What is too late for its few rows waits.
        while let late = news.first?.first, late < first ?? .max {
            let rowCount = news.reduce(0) { $0 + $1.entry.rowCount }
            let cost = chain.changeCount(from: late) - (first.map { chain.changeCount(from: $0) } ?? 0)
            if rowCount >= policy.changeCount || cost <= max(2 * policy.changeCount, policy.lateFactor * rowCount) {
                first = late
            } else {
                news.removeFirst()
            }
        }
        segments += news.map(\.entry)
        start = first.map { chain.start(before: $0) } ?? []
        kept = first == nil ? chain.keyframes : chain.keyframes(upTo: start.last?.until)
        replaced = state.keyframes.keys.filter { id in !kept.contains { $0.id == id } }.sorted()
        writes = first != nil
        if first == nil, news.isEmpty, replaced.isEmpty { return nil }
    }
}

extension Snapshot {
    /// The first and last times of the parts of a segment that may bear state; nil: there are none.
    fileprivate func changeTimes(
        _ entry: SegmentEntry, _ mapping: StateMapping
    ) throws(StoreError) -> ClosedRange<Int64>? {
        var scan = StateScan(self, mapping)
        try scan.add(entry, in: .min ... .max)
        guard let first = scan.parts.map(\.times.lowerBound).min(), let last = scan.parts.map(\.times.upperBound).max()
        else { return nil }
        return first...last
    }
}
