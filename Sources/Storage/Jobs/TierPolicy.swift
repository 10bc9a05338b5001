import Columns

/// When the segments of a window move on, counted from the window's end.
public struct TierPolicy: Equatable, Sendable {
    public var warmAfter: Int64
    public var coldAfter: Int64

    static let day: Int64 = 24 * 3_600_000_000_000
    /// Late rows of an old window wait for company this long.
    static let lateWait = day
    /// Or until there are so many.
    static let lateRowCount = 1 << 16

    public static let standard = TierPolicy(warmAfter: day, coldAfter: 7 * day)

    public init(warmAfter: Int64, coldAfter: Int64) {
        self.warmAfter = warmAfter
        self.coldAfter = coldAfter
    }

    /// The tier in which a window's segments should be.
    func tier(of window: TimeWindow, _ length: WindowLength, at now: Int64) -> EncodingProfile.Tier {
        let (age, overflow) = now.subtractingReportingOverflow(window.times(length).upperBound)
        guard !overflow else { return now > 0 ? .cold : .hot }
        return age >= coldAfter ? .cold : age >= warmAfter ? .warm : .hot
    }

    /// What has to be rewritten for its tier. Each row moves at most once into each tier.
    func plan(_ state: StoreState, at now: Int64, rowLimit: Int) -> [SegmentMerge] {
        var merges: [SegmentMerge] = []
        for (window, entries) in state.segmentsByWindow {
            let tier = tier(of: window, state.windowLength, at: now)
            let behind = entries.filter { $0.tier.rawValue < tier.rawValue }
            guard !behind.isEmpty else { continue }
            let isFirst = !entries.contains { $0.tier == tier }
            let rowCount = behind.reduce(0) { $0 + $1.rowCount }
            let oldest = behind.map(\.storedAt.upperBound).min() ?? now
            guard isFirst || rowCount >= Self.lateRowCount || now - Self.lateWait >= oldest else { continue }
            merges += behind.groups(ofRows: rowLimit).map { SegmentMerge($0, to: tier) }
        }
        return merges
    }
}

extension StoreState {
    /// The segments of each window, in order.
    var segmentsByWindow: [(TimeWindow, [SegmentEntry])] {
        Dictionary(grouping: orderedSegments, by: \.window).sorted { $0.key < $1.key }
    }
}

extension [SegmentEntry] {
    /// Neighbours together, as long as they have no more rows than a limit.
    func groups(ofRows limit: Int) -> [[SegmentEntry]] {
        var groups: [[SegmentEntry]] = []
        var rowCount = 0
        for entry in self {
            if let last = groups.indices.last, rowCount + entry.rowCount <= limit {
                groups[last].append(entry)
                rowCount += entry.rowCount
            } else {
                groups.append([entry])
                rowCount = entry.rowCount
            }
        }
        return groups
    }
}
