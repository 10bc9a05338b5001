/// Quantiles of many numbers in little memory: each is off by at most 0.5% of its value. Two sketches merge to what one
/// of all numbers would be.
///
/// Numbers are counted by buckets, a hundred from each power of two to the next: none is wider than 1% of what is in it
/// (after DDSketch, Masson and others, 2019, with buckets that need no logarithm).
struct QuantileSketch: Equatable {
    static let bucketsPerPower = 100
    /// Below this a number counts as 0.
    private static let smallest = 1e-12

    private var positive = BucketCounts()
    private var negative = BucketCounts()
    private var zeroCount = 0
    private(set) var count = 0
    private var minimum = Double.infinity
    private var maximum = -Double.infinity

    /// What it takes in memory, about.
    var byteCount: Int { 96 + positive.byteCount + negative.byteCount }

    mutating func add(_ number: Double) {
        guard !number.isNaN else { return }
        count &+= 1
        if number < minimum { minimum = number }
        if number > maximum { maximum = number }
        if number >= Self.smallest {
            positive.add(Self.bucket(number))
        } else if number <= -Self.smallest {
            negative.add(Self.bucket(-number))
        } else {
            zeroCount += 1
        }
    }

    /// Numbers that stand side by side, which takes less for each.
    mutating func add(_ numbers: borrowing Span<Double>) {
        var (least, greatest, arePositive) = (Double.infinity, -Double.infinity, true)
        for index in numbers.indices {
            let number = numbers[index]
            least = number < least ? number : least
            greatest = number > greatest ? number : greatest
            arePositive = number >= Self.smallest ? arePositive : false
        }
        guard arePositive else {
            for index in numbers.indices { add(numbers[index]) }
            return
        }
        count += numbers.count
        minimum = min(minimum, least)
        maximum = max(maximum, greatest)
        positive.add(count: numbers.count) { Self.bucket(numbers[$0]) }
    }

    mutating func merge(_ other: QuantileSketch) {
        positive.merge(other.positive)
        negative.merge(other.negative)
        zeroCount += other.zeroCount
        count += other.count
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
    }

    /// The numbers from the least to the greatest, those of a bucket as its middle. A number may come again.
    var spread: [(value: Double, count: Int)] {
        ordered.map { bucket, count in
            let value = bucket == 0 ? 0 : Self.middle(abs(bucket) - Self.aboveZero)
            return (bucket < 0 ? -value : value, count)
        }
    }

    /// How many numbers are in each bucket, from the least to the greatest, by numbers for the buckets that are in the
    /// same order: 0 is that of 0. A bucket may come again.
    var ordered: [(bucket: Int, count: Int)] {
        var ordered: [(bucket: Int, count: Int)] = []
        ordered.reserveCapacity(negative.bucketCount + positive.bucketCount + 1)
        for (bucket, count) in negative.ascending.reversed() { ordered.append((-(bucket + Self.aboveZero), count)) }
        if zeroCount > 0 { ordered.append((0, zeroCount)) }
        positive.visit { ordered.append(($0 + Self.aboveZero, $1)) }
        return ordered
    }

    /// More than the number of any bucket below that of 1.
    private static let aboveZero = 1024 * bucketsPerPower

    /// From the least number to the greatest; nil when there is none.
    var bounds: ClosedRange<Double>? { count > 0 ? minimum...maximum : nil }

    /// The least number that is not below a part of all; nil when there is none.
    func quantile(thousandths: Int) -> Double? {
        guard count > 0 else { return nil }
        var rank = (count * thousandths + 99_999) / 100_000
        func passes(_ more: Int) -> Bool {
            rank -= more
            return rank <= 0
        }
        for (bucket, more) in negative.ascending.reversed() where passes(more) {
            return clamped(-Self.middle(bucket))
        }
        if passes(zeroCount) { return clamped(0) }
        return positive.bucket(ofRank: rank).map { clamped(Self.middle($0)) } ?? maximum
    }

    private func clamped(_ number: Double) -> Double { max(minimum, min(maximum, number)) }

    /// Numbers are at least `smallest`, so that none is subnormal. All infinities have one.
    @inline(__always)
    private static func bucket(_ number: Double) -> Int {
        let bits = number.bitPattern
        let exponent = Int(truncatingIfNeeded: bits &>> 52) &- 1023
        let part = ((bits & ((1 &<< 52) &- 1)) &* UInt64(bucketsPerPower)) &>> 52
        return exponent &* bucketsPerPower &+ Int(truncatingIfNeeded: part)
    }

    private static let infinite = 1024 * bucketsPerPower

    private static func middle(_ bucket: Int) -> Double {
        guard bucket < infinite else { return .infinity }
        let exponent = bucket >= 0 ? bucket / bucketsPerPower : (bucket + 1) / bucketsPerPower - 1
        let part = Double(bucket - exponent * bucketsPerPower) + 0.5
        let significand = 1 + part / Double(bucketsPerPower)
        // No bucket is of subnormal numbers, so that the exponent can be added as it is stored.
        return Double(bitPattern: significand.bitPattern &+ UInt64(bitPattern: Int64(exponent)) &<< 52)
    }
}
