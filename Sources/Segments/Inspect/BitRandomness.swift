import Columns

/// How many bits of the ids of a column are chance.
///
/// Bit by bit: how often it differs from the same bit of the id before. A random bit does so half of the time and
/// counts as one bit; one that never or always changes counts as none, and so do nearly the high bits of counters and
/// of ids that begin with a time.
struct BitRandomness {
    private(set) var idCount = 0
    private var idCountByDigitCount = [Int](repeating: 0, count: Self.maximumDigitCount + 1)
    private var changeCounts = [Int](repeating: 0, count: Self.maximumDigitCount * 4)
    private var pairCounts = [Int](repeating: 0, count: Self.maximumDigitCount + 1)
    private var pairCount = 0
    private var previous = SIMD4<UInt64>(repeating: 0)
    private var previousDigitCount = 0

    /// Digits beyond these count as none.
    static let maximumDigitCount = 64
    /// Neighbours that are looked at: more would tell nothing more.
    private static let pairLimit = 1 << 16

    /// Adds an id of so many hexadecimal digits, two in each of its bytes.
    mutating func add(_ id: ArraySlice<UInt8>, digitCount: Int) {
        let digitCount = min(digitCount, Self.maximumDigitCount)
        idCount += 1
        idCountByDigitCount[digitCount] += 1
        guard pairCount < Self.pairLimit else { return }
        var words = SIMD4<UInt64>(repeating: 0)
        for (place, byte) in id.prefix((digitCount + 1) / 2).enumerated() {
            words[place / 8] |= UInt64(byte) << UInt64(56 - place % 8 * 8)
        }
        defer {
            previous = words
            previousDigitCount = digitCount
        }
        guard digitCount == previousDigitCount else { return }
        pairCount += 1
        pairCounts[digitCount] += 1
        let changes = words ^ previous
        for word in 0..<4 {
            var bits = changes[word]
            while bits != 0 {
                let place = bits.leadingZeroBitCount
                changeCounts[word * 64 + place] += 1
                bits &= ~(1 << UInt64(63 - place))
            }
        }
    }

    var floor: ColumnFloor {
        var bits = 0.0
        var bitsOfOne = 0.0
        for digitCount in 1...Self.maximumDigitCount {
            let pairs = pairCounts[digitCount...].reduce(0, +)
            for bit in (digitCount - 1) * 4..<digitCount * 4 {
                bitsOfOne += Self.entropy(changeCounts[bit], of: pairs)
            }
            bits += bitsOfOne * Double(idCountByDigitCount[digitCount])
        }
        return ColumnFloor(idCount: idCount, byteCount: Int(bits / 8))
    }

    /// The bits that an event tells which happens `count` of `total` times.
    static func entropy(_ count: Int, of total: Int) -> Double {
        guard count > 0, count < total else { return 0 }
        let share = Double(count) / Double(total)
        return -share * logarithm(share) - (1 - share) * logarithm(1 - share)
    }

    /// The logarithm to base 2, the same on every machine.
    static func logarithm(_ value: Double) -> Double {
        // ln(1 + f) = 2 atanh(f / (2 + f)), and f / (2 + f) is at most a third.
        let fraction = value.significand - 1
        let argument = fraction / (2 + fraction)
        var power = argument
        var sum = 0.0
        for divisor in stride(from: 1.0, through: 31, by: 2) {
            sum += power / divisor
            power *= argument * argument
        }
        return Double(value.exponent) + 2 * sum * 1.4426950408889634
    }
}
