/// What a part of the whole way took.
struct BenchStep {
    var name: String
    var usage: ProcessUsage
    /// How many events went through it.
    var eventCount: Int
    /// Bytes of all events behind it, where it wrote any.
    var storedByteCount: Int?

    static let titles = [
        "step", "wall s", "CPU s", "CPU us an event", "events/s", "peak MB", "bytes an event",
    ]

    var cells: [String] {
        let stored = storedByteCount.map { Quantity.decimal(Double($0) / Double(eventCount), digits: 1) }
        return [
            name, Quantity.decimal(Double(usage.elapsed) / 1e9, digits: 2),
            Quantity.decimal(Double(usage.processor) / 1e9, digits: 2),
            Quantity.decimal(processorMicrosecondsPerEvent, digits: 2), Quantity.count(eventRate),
            Quantity.decimal(Double(usage.peakByteCount) / 1e6, digits: 0), stored ?? "",
        ]
    }

    private var processorMicrosecondsPerEvent: Double { Double(usage.processor) / 1000 / Double(eventCount) }
    private var eventRate: Int { Int(Double(eventCount) / (Double(max(1, usage.elapsed)) / 1e9)) }

    var line: JSONLine {
        var line = JSONLine()
        line.add("step", name)
        line.add("events", eventCount)
        line.add("nanoseconds", usage.elapsed)
        line.add("cpuNanoseconds", usage.processor)
        line.add("cpuMicrosecondsPerEvent", processorMicrosecondsPerEvent)
        line.add("eventsPerSecond", eventRate)
        line.add("peakBytes", usage.peakByteCount)
        if let storedByteCount { line.add("storedBytes", storedByteCount) }
        return line
    }
}
