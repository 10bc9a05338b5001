/// Segments that may hold an id, as far as the indexes of their windows tell.
public struct IdCandidates: Sendable {
    /// Segments that an index says may hold it, and those without an index.
    var segments: Set<SegmentId>

    /// Whether a segment may hold it.
    public func mayHold(_ entry: SegmentEntry) -> Bool { segments.contains(entry.id) }
}

extension Snapshot {
    /// Asks the indexes where an id may be; no segment is opened. One that cannot be read excludes nothing.
    public func candidates(_ query: IdQuery, times: ClosedRange<Int64>) -> IdCandidates {
        var search = IdSearch(self, query, times)
        search.askIndexes()
        return IdCandidates(segments: search.candidateIds)
    }
}
