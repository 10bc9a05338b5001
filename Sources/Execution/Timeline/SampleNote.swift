/// Of the events that an answer was made of, those that stand for others.
struct SampleNote {
    /// By how many events each stands for.
    private var counts: [Double: Int] = [:]

    mutating func add(_ count: Int, _ weight: Double) { counts[weight, default: 0] += count }

    mutating func add(_ other: SampleNote) { counts.merge(other.counts, uniquingKeysWith: +) }

    /// What people should know; nothing when every event is there.
    var notes: [String] {
        guard !counts.isEmpty else { return [] }
        let eventCount = counts.values.reduce(0, +)
        // In one order always, whoever found them first.
        let representedCount = counts.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.key * Double($1.value) }
        return [
            "\(eventCount) of the events are a sample that stands for about \(Int(representedCount.rounded())): COUNT,"
                + " SUM, AVG, RATE and percentiles are estimates; MIN, MAX and DISTINCT tell of those that were kept"
        ]
    }
}
