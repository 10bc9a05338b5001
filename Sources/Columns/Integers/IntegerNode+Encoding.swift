internal import Bytes

extension IntegerNode {
    /// The best node for `values` under the profile.
    public static func encoding(_ values: [UInt64], profile: EncodingProfile) -> IntegerNode {
        encoding(values, profile: profile, levels: IntegerChooser.levelLimit)
    }

    /// The level at which values are packed and nothing else.
    static let plainLevel = -2

    /// The best node that is at most `levels` of transformations deep; at level 0 and below there are only exceptions.
    static func encoding(
        _ values: [UInt64], profile: EncodingProfile, levels: Int, isCoded: Bool = false
    ) -> IntegerNode {
        guard !values.isEmpty else { return .constant(0) }
        let statistics = IntegerStatistics(values)
        if statistics.range == 0 { return .constant(values[0]) }
        if statistics.differenceRange == 0 { return .sequence(first: values[0], step: statistics.differenceLow) }
        if levels <= plainLevel { return packed(encoding: values, base: statistics.low, width: statistics.width) }
        if values.count == 3, levels > 0 {
            // Two differences are always a sequence.
            let delta = delta(encoding: values, profile: profile, levels: 0)
            let packed = packed(encoding: values)
            return delta.byteCount < packed.byteCount ? delta : packed
        }
        let chooser = IntegerChooser(
            values, statistics: statistics, profile: profile, levels: levels, isCoded: isCoded)
        return chooser.dividedExactly() ?? chooser.bestNode
    }
}
