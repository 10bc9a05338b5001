/// Quantiles of many numbers in little memory: each is off by at most 0.5% of its value. Two sketches merge to what one
/// of all numbers would be.
///
/// Numbers are counted by buckets, a hundred from each power of two to the next: none is wider than 1% of what is in it
/// (after DDSketch, Masson and others, 2019, with buckets that need no logarithm).
struct QuantileSketch: Equatable {
    private static let bucketsPerPower = 100
    /// Below this a number counts as 0.
    private static let smallest = 1e-12

    private var positive: [Int: Int] = [:]
    private var negative: [Int: Int] = [:]
    private var zeroCount = 0
    private(set) var count = 0
    private var minimum = Double.infinity
    private var maximum = -Double.infinity

    mutating func add(_ number: Double) {
        guard !number.isNaN else { return }
        count += 1
        minimum = min(minimum, number)
        maximum = max(maximum, number)
        if abs(number) < Self.smallest {
            zeroCount += 1
        } else if number > 0 {
            positive[Self.bucket(number), default: 0] += 1
        } else {
            negative[Self.bucket(-number), default: 0] += 1
        }
    }

    mutating func merge(_ other: QuantileSketch) {
        positive.merge(other.positive) { $0 + $1 }
        negative.merge(other.negative) { $0 + $1 }
        zeroCount += other.zeroCount
        count += other.count
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
    }

    /// The least number that is not below a part of all; nil when there is none.
    func quantile(thousandths: Int) -> Double? {
        guard count > 0 else { return nil }
        var rank = (count * thousandths + 99_999) / 100_000
        func passes(_ more: Int) -> Bool {
            rank -= more
            return rank <= 0
        }
        for (bucket, more) in negative.sorted(by: { $0.key > $1.key }) where passes(more) {
            return clamped(-Self.middle(bucket))
        }
        if passes(zeroCount) { return clamped(0) }
        for (bucket, more) in positive.sorted(by: { $0.key < $1.key }) where passes(more) {
            return clamped(Self.middle(bucket))
        }
        return maximum
    }

    private func clamped(_ number: Double) -> Double { max(minimum, min(maximum, number)) }

    private static func bucket(_ number: Double) -> Int {
        guard number.isFinite else { return Int.max }
        return Int(number.exponent) * bucketsPerPower + Int((number.significand - 1) * Double(bucketsPerPower))
    }

    private static func middle(_ bucket: Int) -> Double {
        guard bucket != Int.max else { return .infinity }
        let exponent = bucket >= 0 ? bucket / bucketsPerPower : (bucket + 1) / bucketsPerPower - 1
        let part = Double(bucket - exponent * bucketsPerPower) + 0.5
        return Double(sign: .plus, exponent: exponent, significand: 1 + part / Double(bucketsPerPower))
    }
}
