import TimeQL

/// What has been found out of one group for one number that is asked for. Accumulators of parts merge.
struct Accumulator {
    private(set) var count = 0
    private var sum = 0.0
    private var minimum = Double.infinity
    private var maximum = -Double.infinity
    private var quantiles: QuantileSketch?
    private var distinct: DistinctSketch?

    init(_ function: Aggregate.Function) {
        switch function {
        case .quantile: quantiles = QuantileSketch()
        case .distinct: distinct = DistinctSketch()
        default: break
        }
    }

    /// An event, or a value that is no number.
    mutating func add() { count += 1 }

    mutating func add(_ number: Double) {
        count += 1
        sum += number
        minimum = min(minimum, number)
        maximum = max(maximum, number)
        quantiles?.add(number)
    }

    mutating func add(_ text: ArraySlice<UInt8>) {
        count += 1
        distinct?.add(text)
    }

    mutating func merge(_ other: Accumulator) {
        count += other.count
        sum += other.sum
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        if let more = other.quantiles { quantiles?.merge(more) }
        if let more = other.distinct { distinct?.merge(more) }
    }

    /// `seconds` is how long the group's time is.
    func result(_ function: Aggregate.Function, seconds: Double) -> AnswerTable.Cell {
        switch function {
        case .count: return .integer(count)
        case .rate: return seconds > 0 ? .number(Double(count) / seconds) : .none
        case .distinct: return .integer(distinct?.count ?? 0)
        case .quantile(let thousandths):
            return quantiles?.quantile(thousandths: thousandths).map { .number($0) } ?? .none
        case .sum: return count > 0 ? .number(sum) : .none
        case .average: return count > 0 ? .number(sum / Double(count)) : .none
        case .minimum: return count > 0 ? .number(minimum) : .none
        case .maximum: return count > 0 ? .number(maximum) : .none
        }
    }
}
