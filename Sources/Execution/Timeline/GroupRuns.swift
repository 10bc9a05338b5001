/// Numbers put side by side by their groups: what is kept of a group is looked at once for all of them.
struct GroupRuns {
    private let numbers: [Double]
    /// The groups that have numbers, and where those of each end.
    private var runs: [(group: Int, end: Int)] = []

    init(of numbers: [Double], _ groups: [UInt32], groupCount: Int) {
        // Where the next number of each group goes; of those without a number nothing is looked at again.
        var places = [Int32](repeating: 0, count: groupCount)
        var sorted = [Double](repeating: 0, count: numbers.count)
        var next = 0
        var slots = sorted.mutableSpan
        var counters = places.mutableSpan
        for group in groups { counters[Int(group)] &+= 1 }
        for group in 0..<groupCount where counters[group] > 0 {
            let count = Int(counters[group])
            counters[group] = Int32(next)
            next += count
            runs.append((group, next))
        }
        for index in numbers.indices {
            let group = Int(groups[index])
            slots[Int(counters[group])] = numbers[index]
            counters[group] &+= 1
        }
        self.numbers = sorted
    }

    /// Calls `body` with each group that has numbers, and these.
    func visit(_ body: (_ group: Int, _ numbers: borrowing Span<Double>) -> Void) {
        var start = 0
        for (group, end) in runs {
            body(group, numbers.span.extracting(start..<end))
            start = end
        }
    }
}
