import TimeQL

/// What fields had on one side of a comparison, by groups.
struct ComparedValues {
    /// The texts of the fields by which it is grouped.
    typealias Group = [String?]

    struct Numbers {
        var sum = 0.0
        var sketch = QuantileSketch()

        mutating func add(_ number: Double) {
            sum += number
            sketch.add(number)
        }

        var mean: Double? { sketch.count > 0 ? sum / Double(sketch.count) : nil }
    }

    /// For each field that has numbers.
    var numbers: [Int: [Group: Numbers]] = [:]
    /// For each field that has texts, how often each came.
    var texts: [Int: [Group: [String: Int]]] = [:]

    mutating func add(_ number: Double, field: Int, _ group: Group) {
        numbers[field, default: [:]][group, default: Numbers()].add(number)
    }

    mutating func add(_ text: String, count: Int = 1, field: Int, _ group: Group) {
        texts[field, default: [:]][group, default: [:]][text, default: 0] += count
    }
}
