import Bytes
import TimeQL

/// One number that is asked for, by groups: what has been found out of each. Those of parts merge.
struct GroupedNumber {
    let function: Aggregate.Function
    /// Events, or values that count.
    private var counts: [Int] = []
    private var sums: [Double] = []
    private var extremes: [Double] = []
    private var quantiles: [QuantileSketch] = []
    private var distincts: [DistinctSketch] = []

    init(_ function: Aggregate.Function) { self.function = function }

    var groupCount: Int { counts.count }

    mutating func grow(to count: Int) {
        let more = count - counts.count
        guard more > 0 else { return }
        counts.append(contentsOf: repeatElement(0, count: more))
        switch function {
        case .count, .rate: break
        case .sum, .average: sums.append(contentsOf: repeatElement(0, count: more))
        case .minimum: extremes.append(contentsOf: repeatElement(.infinity, count: more))
        case .maximum: extremes.append(contentsOf: repeatElement(-.infinity, count: more))
        case .quantile: quantiles.append(contentsOf: repeatElement(QuantileSketch(), count: more))
        case .distinct: distincts.append(contentsOf: repeatElement(DistinctSketch(), count: more))
        }
    }

    /// Events, or values that are no numbers; `count` of them in the first group when there are no others.
    mutating func addRows(_ groups: [UInt32]?, count: Int) {
        guard let groups else {
            counts[0] += count
            return
        }
        var counts = counts.mutableSpan
        for group in groups { counts[Int(group)] &+= 1 }
    }

    /// Numbers, each with its group. What is none is left out.
    mutating func add(_ numbers: [Double], _ groups: [UInt32]) {
        precondition(numbers.count == groups.count, "other groups than numbers")
        switch function {
        case .sum, .average:
            for index in numbers.indices where !numbers[index].isNaN {
                let group = Int(groups[index])
                counts[group] &+= 1
                sums[group] += numbers[index]
            }
        case .minimum:
            for index in numbers.indices where !numbers[index].isNaN {
                let group = Int(groups[index])
                counts[group] &+= 1
                if numbers[index] < extremes[group] { extremes[group] = numbers[index] }
            }
        case .maximum:
            for index in numbers.indices where !numbers[index].isNaN {
                let group = Int(groups[index])
                counts[group] &+= 1
                if numbers[index] > extremes[group] { extremes[group] = numbers[index] }
            }
        case .quantile:
            var sketches = quantiles.mutableSpan
            if sketches.count <= numbers.count {
                GroupRuns(of: numbers, groups, groupCount: sketches.count).visit { sketches[$0].add($1) }
            } else {
                for index in numbers.indices { sketches[Int(groups[index])].add(numbers[index]) }
            }
        case .count, .rate, .distinct: preconditionFailure("numbers of numbers")
        }
    }

    /// A value by the hash of its text.
    mutating func add(hash: UInt64, _ group: Int) { distincts[group].add(hash: hash) }

    /// Takes over another's groups, each as the group that `places` says.
    mutating func merge(_ other: GroupedNumber, _ places: [Int]) {
        for (group, place) in places.enumerated() { merge(other, group, place) }
    }

    /// Takes over one of another's groups.
    mutating func merge(_ other: GroupedNumber, _ group: Int, _ place: Int) {
        counts[place] += other.counts[group]
        switch function {
        case .count, .rate: break
        case .sum, .average: sums[place] += other.sums[group]
        case .minimum: extremes[place] = min(extremes[place], other.extremes[group])
        case .maximum: extremes[place] = max(extremes[place], other.extremes[group])
        case .quantile: quantiles[place].merge(other.quantiles[group])
        case .distinct: distincts[place].merge(other.distincts[group])
        }
    }

    /// What it takes in memory, about.
    var byteCount: Int {
        counts.count * 24 + quantiles.reduce(0) { $0 + $1.byteCount } + distincts.reduce(0) { $0 + $1.byteCount }
    }

    // What was found of a group, by functions that have it.

    func count(_ group: Int) -> Int { counts[group] }
    func sum(_ group: Int) -> Double { sums[group] }
    func sketch(_ group: Int) -> QuantileSketch { quantiles[group] }
    func distinctCount(_ group: Int) -> Int { distincts[group].count }

    /// `seconds` is how long the group's time is.
    func result(_ group: Int, seconds: Double) -> AnswerTable.Cell {
        let count = counts[group]
        switch function {
        case .count: return .integer(count)
        case .rate: return seconds > 0 ? .number(Double(count) / seconds) : .none
        case .distinct: return .integer(distincts[group].count)
        case .quantile(let thousandths):
            return quantiles[group].quantile(thousandths: thousandths).map { .number($0) } ?? .none
        case .sum: return count > 0 ? .number(sums[group]) : .none
        case .average: return count > 0 ? .number(sums[group] / Double(count)) : .none
        case .minimum, .maximum: return count > 0 ? .number(extremes[group]) : .none
        }
    }
}
