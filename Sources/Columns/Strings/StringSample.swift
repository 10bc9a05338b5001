internal import Bytes

/// A few strings that stand for many: short runs of neighbours, spread over all of them.
///
/// Neighbours show what repeats or counts up, the spread what changes over time.
enum StringSample {
    private static let runCount = 4
    private static let seed: UInt64 = 0x5361_6D70_6C65

    /// At most `count` of the strings (a multiple of 4), all of them when they are not many more.
    static func strings(of values: StringVector, count: Int) -> StringVector {
        guard values.count > count + count / 2 else { return values }
        var random = SplitMix64(seed: seed)
        let runLength = count / runCount
        var sample = StringVector()
        sample.ends.reserveCapacity(count)
        for run in 0..<runCount {
            // One run from somewhere in each quarter.
            let first = values.count * run / runCount
            let last = values.count * (run + 1) / runCount - runLength
            let start = Int.random(in: first...max(first, last), using: &random)
            sample.append(values, start..<start + runLength)
        }
        return sample
    }
}

extension StringVector {
    /// Appends some of another vector's strings.
    mutating func append(_ other: StringVector, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        let start = other.range(range.lowerBound).lowerBound
        let shift = UInt32(truncatingIfNeeded: bytes.count) &- UInt32(truncatingIfNeeded: start)
        bytes.append(contentsOf: other.bytes[start..<other.range(range.upperBound - 1).upperBound])
        for index in range { ends.append(other.ends[index] &+ shift) }
    }
}
