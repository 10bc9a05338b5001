/// Times that something took again and again, in nanoseconds.
struct Durations {
    private var values: [Int64] = []

    var count: Int { values.count }

    mutating func add(_ value: Int64) { values.append(value) }

    /// The time that such a part of them stayed within, in milliseconds; 0 when there are none.
    func milliseconds(_ part: Double) -> Double {
        guard !values.isEmpty else { return 0 }
        return Double(values.sorted()[min(values.count - 1, Int(Double(values.count) * part))] / 1000) / 1000
    }
}
