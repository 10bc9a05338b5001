internal import Bytes

/// Parts of a run of doubles that stand for the whole while an encoding is chosen.
enum FloatSample {
    static let valueCount = 256
    static let stretchValueCount = 512
    static let stretchCount = 4
    private static let seed: UInt64 = 0x466C_6F61_7473

    /// One value, picked by a seeded generator, from each of 256 equal parts.
    static func values(of values: [Double]) -> [Double] {
        guard values.count > valueCount else { return values }
        var generator = SplitMix64(seed: seed)
        return (0..<valueCount).map { part in
            let first = values.count * part / valueCount
            let end = values.count * (part + 1) / valueCount
            return values[Int.random(in: first..<end, using: &generator)]
        }
    }

    /// Stretches from everywhere in the run, long enough to show runs and repetition.
    static func stretches(of values: [Double]) -> [Double] {
        guard values.count > stretchCount * stretchValueCount else { return values }
        return (0..<stretchCount).flatMap { stretch in
            let start = (values.count - stretchValueCount) * stretch / (stretchCount - 1)
            return values[start..<start + stretchValueCount]
        }
    }
}
