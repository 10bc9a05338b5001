import Bytes

/// How many different values there are: exactly up to a thousand, beyond that within about 1.6%. Two sketches merge to
/// what one of all values would be.
///
/// Beyond a thousand it keeps, for each of 4,096 groups of hashes, the longest run of zeros that one began with
/// (Flajolet and others, HyperLogLog, 2007).
struct DistinctSketch: Equatable {
    private static let exactLimit = 1000
    private static let groupBits = 12

    private var hashes: Set<UInt64> = []
    private var longestRuns: [UInt8] = []

    mutating func add(_ text: ArraySlice<UInt8>) { add(hash: checksum(text)) }

    /// A value by the hash of its text.
    mutating func add(hash: UInt64) {
        guard longestRuns.isEmpty else { return count(hash) }
        hashes.insert(hash)
        if hashes.count > Self.exactLimit { estimate() }
    }

    /// What it takes in memory, about.
    var byteCount: Int { 64 + hashes.capacity * 16 + longestRuns.count }

    mutating func merge(_ other: DistinctSketch) {
        if !other.longestRuns.isEmpty {
            if longestRuns.isEmpty { estimate() }
            for group in longestRuns.indices { longestRuns[group] = max(longestRuns[group], other.longestRuns[group]) }
        }
        for hash in other.hashes { add(hash: hash) }
    }

    private mutating func estimate() {
        longestRuns = [UInt8](repeating: 0, count: 1 << Self.groupBits)
        for hash in hashes { count(hash) }
        hashes = []
    }

    private mutating func count(_ hash: UInt64) {
        let group = Int(hash >> UInt64(64 - Self.groupBits))
        let run = UInt8((hash << UInt64(Self.groupBits) | 1 << UInt64(Self.groupBits - 1)).leadingZeroBitCount + 1)
        longestRuns[group] = max(longestRuns[group], run)
    }

    var count: Int {
        guard !longestRuns.isEmpty else { return hashes.count }
        let groups = Double(longestRuns.count)
        let sum = longestRuns.reduce(0.0) { $0 + 1 / Double(UInt64(1) << UInt64($1)) }
        let estimate = 0.7213 / (1 + 1.079 / groups) * groups * groups / sum
        let emptyCount = longestRuns.count { $0 == 0 }
        // Few values leave groups empty, which tell more.
        guard estimate <= 2.5 * groups, emptyCount > 0 else { return Int(estimate.rounded()) }
        return Int((groups * Self.logarithm(groups / Double(emptyCount))).rounded())
    }

    /// The natural logarithm of a number from 1 on, by the series of the inverse hyperbolic tangent.
    private static func logarithm(_ number: Double) -> Double {
        let ratio = (number.significand - 1) / (number.significand + 1)
        var power = ratio
        var sum = 0.0
        for divisor in stride(from: 1.0, through: 25, by: 2) {
            sum += power / divisor
            power *= ratio * ratio
        }
        return 2 * sum + Double(number.exponent) * 0.693_147_180_559_945_3
    }
}
