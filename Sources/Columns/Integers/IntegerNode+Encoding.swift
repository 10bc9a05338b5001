internal import Bytes

extension IntegerNode {
    /// The best node for `values` under the profile.
    public static func encoding(_ values: [UInt64], profile: EncodingProfile) -> IntegerNode {
        encoding(values, profile: profile, levels: 3)
    }

    /// The best node that is at most `levels` of transformations deep.
    static func encoding(_ values: [UInt64], profile: EncodingProfile, levels: Int) -> IntegerNode {
        guard !values.isEmpty else { return .constant(0) }
        let statistics = IntegerStatistics(values)
        if statistics.range == 0 { return .constant(values[0]) }
        if statistics.differenceRange == 0 { return .sequence(first: values[0], step: statistics.differenceLow) }
        let chooser = IntegerChooser(values, statistics: statistics, profile: profile, levels: levels)
        let leaf = chooser.bestLeaf
        for choice in chooser.transformations() where choice.cost < leaf.cost {
            guard let node = chooser.build(choice.kind) else { continue }
            // The choice was made by a sample; what it really takes decides.
            if Double(node.byteCount) <= leaf.packedByteCount { return node }
        }
        return chooser.build(leaf)
    }
}
