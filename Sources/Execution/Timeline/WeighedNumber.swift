import TimeQL

/// One number that is asked for, by groups, of events that may stand for others: those that sampling has kept (see
/// ``SamplingPolicy``). There are few different weights, so each has its numbers.
struct WeighedNumber {
    /// Of events that stand for themselves.
    private var plain: GroupedNumber
    /// Of the others by how many they stand for, the least first.
    private var samples: [(weight: Double, number: GroupedNumber)] = []

    init(_ function: Aggregate.Function) { plain = GroupedNumber(function) }

    var function: Aggregate.Function { plain.function }

    /// What it takes in memory, about.
    var byteCount: Int { samples.reduce(plain.byteCount) { $0 + $1.number.byteCount } }

    mutating func grow(to count: Int) {
        plain.grow(to: count)
        for index in samples.indices { samples[index].number.grow(to: count) }
    }

    /// Adds events of one weight.
    mutating func add<Failure: Error>(
        _ weight: Double, _ body: (inout GroupedNumber) throws(Failure) -> Void
    ) throws(Failure) {
        if weight == 1 { return try body(&plain) }
        let place = samples.firstIndex { $0.weight >= weight } ?? samples.count
        if place == samples.count || samples[place].weight != weight {
            var number = GroupedNumber(function)
            number.grow(to: plain.groupCount)
            samples.insert((weight, number), at: place)
        }
        try body(&samples[place].number)
    }

    /// Takes over another's groups, each as the group that `places` says.
    mutating func merge(_ other: WeighedNumber, _ places: [Int]) {
        plain.merge(other.plain, places)
        for sample in other.samples { add(sample.weight) { $0.merge(sample.number, places) } }
    }

    /// The number of a group as if every event counted once.
    var unweighed: GroupedNumber {
        precondition(samples.isEmpty, "events that stand for others count as one")
        return plain
    }

    /// How many events, or values, a group stands for.
    func count(_ group: Int) -> Double { parts.reduce(0) { $0 + $1.weight * Double($1.number.count(group)) } }

    private var parts: [(weight: Double, number: GroupedNumber)] { [(1, plain)] + samples }

    /// `seconds` is how long the group's time is.
    func result(_ group: Int, seconds: Double) -> AnswerTable.Cell {
        guard !samples.isEmpty else { return plain.result(group, seconds: seconds) }
        let count = count(group)
        func sum() -> Double { parts.reduce(0) { $0 + $1.weight * $1.number.sum(group) } }
        switch function {
        case .count: return .integer(Int(count.rounded()))
        case .rate: return seconds > 0 ? .number(count / seconds) : .none
        case .sum: return count > 0 ? .number(sum()) : .none
        case .average: return count > 0 ? .number(sum() / count) : .none
        case .quantile(let thousandths):
            let sketches = parts.map { ($0.weight, $0.number.sketch(group)) }
            return QuantileSketch.quantile(thousandths: thousandths, of: sketches).map { .number($0) } ?? .none
        // What was not kept cannot be made up: they tell of the events that are there.
        case .minimum, .maximum, .distinct:
            var kept = GroupedNumber(function)
            kept.grow(to: 1)
            for part in parts { kept.merge(part.number, group, 0) }
            return kept.result(0, seconds: seconds)
        }
    }
}

extension QuantileSketch {
    /// The least number that is not below a part of all, when those of each sketch count so many times.
    static func quantile(thousandths: Int, of sketches: [(weight: Double, sketch: QuantileSketch)]) -> Double? {
        let bounds = sketches.compactMap(\.sketch.bounds)
        guard let least = bounds.map(\.lowerBound).min(), let greatest = bounds.map(\.upperBound).max() else {
            return nil
        }
        let total = sketches.reduce(0) { $0 + $1.weight * Double($1.sketch.count) }
        let spread = sketches.flatMap { sketch in
            sketch.sketch.spread.map { (value: $0.value, count: sketch.weight * Double($0.count)) }
        }.sorted { $0.value < $1.value }
        // Sums of weights are not exact.
        let rank = total * Double(thousandths) / 100_000 * (1 - 1e-12)
        var sum = 0.0
        for (value, count) in spread {
            sum += count
            if sum >= rank { return max(least, min(greatest, value)) }
        }
        return greatest
    }
}
