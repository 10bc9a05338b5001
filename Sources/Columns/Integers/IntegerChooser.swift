internal import Bytes

/// Weighs the encodings of a column by a sample of it.
///
/// Costs are in bytes; the time that a decoder takes counts as the profile says.
struct IntegerChooser {
    let values: [UInt64]
    let statistics: IntegerStatistics
    private(set) var profile: EncodingProfile
    let levels: Int
    /// Whether the values are codes of a dictionary already.
    let isCoded: Bool
    let memory: ChoiceMemory?
    let sample: IntegerSample
    let sampleValues: [UInt64]
    let sampleDistinct: DistinctIntegers

    init(
        _ values: [UInt64], statistics: IntegerStatistics, profile: EncodingProfile, levels: Int, isCoded: Bool,
        memory: ChoiceMemory?
    ) {
        self.values = values
        self.statistics = statistics
        self.profile = profile
        self.levels = levels
        self.isCoded = isCoded
        self.memory = memory
        // Fewer places for fewer values, so that choosing takes no longer than writing.
        let limit = profile.tier == .hot ? max(256, min(1024, values.count / 8)) : 4096
        sample = IntegerSample(count: values.count, limit: limit)
        sampleValues = sample.count == values.count ? values : sample.map { values[$0] }
        sampleDistinct = DistinctIntegers(sampleValues)
    }

    /// The most transformations, one on the result of another.
    static let levelLimit = 3

    /// The best node, and how it was made.
    var best: (node: IntegerNode, choice: IntegerChoice?) {
        let leaf = bestLeaf
        let choices = transformations(than: leaf)
        guard profile.tier != .hot, levels == Self.levelLimit else {
            for choice in choices where choice.cost < leaf.cost {
                guard let node = build(choice.kind) else { continue }
                // The choice was made by a sample; what it really takes decides.
                if Double(node.byteCount) <= leaf.packedByteCount { return (node, choice.kind.again) }
            }
            let isLow = leaf.bits.base == statistics.low || leaf.bits.base == 0
            return (build(leaf), .bits(base: isLow ? nil : leaf.bits.base))
        }
        // There is time to write the likely ones and to see.
        let likely = choices.prefix(profile.tier == .cold ? 3 : 2).filter { $0.cost < leaf.cost * 1.1 }
        guard !likely.isEmpty else { return (build(leaf), nil) }
        var trials = self
        trials.profile = profile.forTrials
        var best = trials.build(leaf)
        var bestKind: Transformation?
        for choice in likely {
            guard let node = trials.build(choice.kind), node.byteCount < best.byteCount else { continue }
            (best, bestKind) = (node, choice.kind)
        }
        if profile.zstdLevel == trials.profile.zstdLevel { return (best, nil) }
        return (bestKind.map { build($0) ?? best } ?? build(leaf), nil)
    }

    var mode: (value: UInt64, share: Double) {
        let (value, frequency) = sampleDistinct.mode
        return (value, Double(frequency) / Double(sampleValues.count))
    }

    /// What decoding `count` values in so many nanoseconds each is worth in bytes.
    func price(_ nanoseconds: Double, _ count: Int) -> Double {
        nanoseconds * Double(count) * profile.bytesPerDecodeNanosecond
    }
}
