internal import Bytes

/// The places of a column at which encodings are tried: runs of neighbours, one at a seeded place in each part.
struct IntegerSample {
    private static let runCount = 16

    private let runs: [Range<Int>]
    /// The count of places.
    let count: Int

    /// Takes about `limit` of `count` places, or all.
    init(count: Int, limit: Int) {
        guard count > limit + limit / 2 else {
            runs = [0..<count]
            self.count = count
            return
        }
        let runLength = limit / Self.runCount
        let partLength = count / Self.runCount
        var generator = SplitMix64(seed: UInt64(count))
        runs = (0..<Self.runCount).map { part in
            let start = part * partLength + Int.random(in: 0...partLength - runLength, using: &generator)
            return start..<start + runLength
        }
        self.count = limit
    }

    /// `transform` of each place that has at least `before` places before it.
    @inline(__always)
    func map(before: Int = 0, _ transform: (Int) -> UInt64) -> [UInt64] {
        var found: [UInt64] = []
        found.reserveCapacity(count)
        for run in runs {
            for place in max(before, run.lowerBound)..<max(before, run.upperBound) { found.append(transform(place)) }
        }
        return found
    }
}
