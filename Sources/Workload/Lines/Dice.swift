import Bytes

/// Draws from one seed. Only sums and products of numbers are used, never the machine's `exp` or `log`, so that a seed
/// tells the same story everywhere.
struct Dice {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func bits() -> UInt64 { random.next() }

    /// A whole number from 0 to before `count`, which is below 2^31.
    mutating func below(_ count: Int) -> Int { Int(((random.next() >> 33) &* UInt64(count)) >> 31) }

    mutating func whole(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// A number from 0 to before 1.
    mutating func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }

    mutating func number(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + unit() * (range.upperBound - range.lowerBound)
    }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    /// About normal, with mean 0 and deviation 1: the sum of four draws.
    mutating func normal() -> Double {
        let bits = random.next()
        let sum = (bits & 0xFFFF) &+ (bits >> 16 & 0xFFFF) &+ (bits >> 32 & 0xFFFF) &+ (bits >> 48)
        return (Double(sum) / 65536 - 2) * 1.732_050_8
    }

    /// Around `median`, skewed to the large as durations and sizes are.
    mutating func skewed(_ median: Double, _ sigma: Double) -> Double {
        var power = 1 + normal() * sigma / 1024
        for _ in 0..<10 { power *= power }
        return median * power
    }

    /// How many of something happen when `expected` are expected.
    mutating func occurrences(_ expected: Double) -> Int {
        let value = max(0, expected + normal() * expected.squareRoot())
        return Int(value) + (chance(value - value.rounded(.down)) ? 1 : 0)
    }

    /// `count` different elements of a list, in the list's order.
    mutating func sample<Element>(_ list: [Element], _ count: Int) -> [Element] {
        var remaining = min(count, list.count)
        var chosen: [Element] = []
        for (index, element) in list.enumerated() where below(list.count - index) < remaining {
            chosen.append(element)
            remaining -= 1
        }
        return chosen
    }
}
