/// Which segments get an index.
///
/// A window that still fills has none: its few segments are looked into directly. What comes late to a window gets an
/// index of its own, and indexes that are not much larger go into that one, so that a window has few and an id is
/// indexed as often as sizes can double.
struct IndexPolicy: Equatable {
    /// Fewer late rows wait for more, unless they come in many segments.
    static let lateRowCount = 1 << 13
    static let lateSegmentCount = 4

    func plan(_ state: StoreState, at now: Int64) -> [IndexBuild] {
        let indexes = Dictionary(grouping: state.indexes.values, by: \.window)
        return Dictionary(grouping: state.unindexedSegments, by: \.window).sorted { $0.key < $1.key }
            .compactMap { window, segments in
                guard now > window.times(state.windowLength).upperBound else { return nil }
                return build(segments, known: indexes[window] ?? [], state)
            }
    }

    private func build(_ late: [SegmentEntry], known: [IndexEntry], _ state: StoreState) -> IndexBuild? {
        var rowCount = late.reduce(0) { $0 + $1.rowCount }
        guard known.isEmpty || rowCount >= Self.lateRowCount || late.count >= Self.lateSegmentCount else { return nil }
        var segments = late
        var replaced: [IndexId] = []
        for index in known.sorted(by: { ($0.rowCount, $0.id) < ($1.rowCount, $1.id) }) {
            guard index.rowCount <= 2 * rowCount, segments.count + index.segments.count <= IndexEntry.segmentLimit
            else {
                break
            }
            rowCount += index.rowCount
            segments += index.segments.compactMap { state.segments[$0] }
            replaced.append(index.id)
        }
        segments.sort { ($0.times.lowerBound, $0.id) < ($1.times.lowerBound, $1.id) }
        return segments.count <= IndexEntry.segmentLimit
            ? IndexBuild(segments: segments, replaced: replaced)
            : IndexBuild(segments: Array(segments.prefix(IndexEntry.segmentLimit)), replaced: [])
    }
}
