import Columns

/// Which segments of a window are merged within their tier.
///
/// A merge is at least twice as large as the largest of its inputs, so a row is rewritten at most as often as sizes can
/// double between the smallest segment and the largest.
public struct CompactionPolicy: Equatable, Sendable {
    /// As long as a window fills, so many are waited for; when it is over, two are enough.
    static let fanIn = 4
    /// Hot segments above this part of the limit wait for their tier, which merges them anyway.
    static let hotShare = 16

    public init() {}

    /// One round of merges; more may follow from their results.
    func plan(_ state: StoreState, at now: Int64, rowLimit: Int) -> [SegmentMerge] {
        var merges: [SegmentMerge] = []
        for (window, entries) in state.segmentsByWindow {
            let isOver = now > window.times(state.windowLength).upperBound
            for tier in EncodingProfile.Tier.allCases {
                let limit = tier == .hot ? rowLimit / Self.hotShare : rowLimit / 2
                let small = entries.filter { $0.tier == tier && $0.rowCount < limit }
                let inputs = Self.choose(small, fanIn: isOver ? 2 : Self.fanIn, rowLimit: rowLimit)
                if !inputs.isEmpty { merges.append(SegmentMerge(inputs, to: tier)) }
            }
        }
        return merges
    }

    /// The most of the smallest that together are twice as large as the largest of them.
    private static func choose(_ entries: [SegmentEntry], fanIn: Int, rowLimit: Int) -> [SegmentEntry] {
        let ascending = entries.sorted { ($0.rowCount, $0.id) < ($1.rowCount, $1.id) }
        var count = 0
        var sum = 0
        for (index, entry) in ascending.enumerated() {
            sum += entry.rowCount
            guard sum <= rowLimit else { break }
            if sum >= 2 * entry.rowCount { count = index + 1 }
        }
        return count >= fanIn ? Array(ascending[..<count]) : []
    }
}
