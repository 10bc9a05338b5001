/// A match, or a run that ran out of time, of one of the lanes of a search.
struct FoundMatch {
    var lane: Int
    var run: Int32
    var isPartial: Bool
    /// When it ended, and its last event.
    private let end: Int64
    private let endsWithAbsence: Bool
    private let last: PatternEvent

    init(_ match: PatternMatcher.Match, lane: Int, last: PatternEvent) {
        self.lane = lane
        run = match.run
        isPartial = match.isPartial
        end = match.end
        endsWithAbsence = match.endsWithAbsence
        self.last = last
    }

    func comesBefore(_ other: FoundMatch) -> Bool {
        guard end == other.end else { return end < other.end }
        guard endsWithAbsence == other.endsWithAbsence else { return other.endsWithAbsence }
        return last.comesBefore(other.last)
    }
}

extension PatternMatcher {
    /// What it has found, as that of a lane.
    func found(lane: Int) -> [FoundMatch] {
        matches.map { FoundMatch($0, lane: lane, last: waiting.arena[$0.run].event) }
    }
}
