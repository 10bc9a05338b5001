/// Of the events that an answer was made of, those that stand for others.
struct SampleNote {
    private var eventCount = 0
    private var representedCount = 0.0

    mutating func add(_ count: Int, _ weight: Double) {
        eventCount += count
        representedCount += Double(count) * weight
    }

    mutating func add(_ other: SampleNote) {
        eventCount += other.eventCount
        representedCount += other.representedCount
    }

    /// What people should know; nothing when every event is there.
    var notes: [String] {
        guard eventCount > 0 else { return [] }
        return [
            "\(eventCount) of the events are a sample that stands for about \(Int(representedCount.rounded())): COUNT,"
                + " SUM, AVG, RATE and percentiles are estimates; MIN, MAX and DISTINCT tell of those that were kept"
        ]
    }
}
