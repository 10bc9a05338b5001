internal import Bytes

extension IntegerNode {
    /// The best node for `values` under the profile.
    public static func encoding(_ values: [UInt64], profile: EncodingProfile) -> IntegerNode {
        encoding(values, profile: profile, levels: IntegerChooser.levelLimit)
    }

    /// The same with a memory of earlier values at the same place.
    package static func encoding(
        _ values: [UInt64], profile: EncodingProfile, memory: ChoiceMemory?
    ) -> IntegerNode {
        encoding(values, profile: profile, levels: IntegerChooser.levelLimit, memory: memory)
    }

    /// The level at which values are packed and nothing else.
    static let plainLevel = -2

    /// The best node that is at most `levels` of transformations deep; at level 0 and below there are only exceptions.
    static func encoding(
        _ values: [UInt64], profile: EncodingProfile, levels: Int, isCoded: Bool = false, memory: ChoiceMemory? = nil
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
        if let memory, let choice = memory.integers.take(),
            let node = choice.node(values, statistics: statistics, profile: profile, levels: levels, memory: memory),
            memory.integers.isAsExpected(byteCount: node.byteCount, count: values.count)
        {
            return node
        }
        let chooser = IntegerChooser(
            values, statistics: statistics, profile: profile, levels: levels, isCoded: isCoded, memory: memory)
        if let node = chooser.dividedExactly() { return node }
        let (node, choice) = chooser.best
        memory?.integers.note(choice, byteCount: node.byteCount, count: values.count)
        return node
    }

    /// Packed values, with exceptions as planned.
    static func encoding(
        _ values: [UInt64], bits: BitPlan, profile: EncodingProfile, levels: Int, memory: ChoiceMemory?
    ) -> IntegerNode {
        guard bits.exceptionCount > 0 else { return packed(encoding: values, base: bits.base, width: bits.width) }
        if bits.isSplit {
            return split(
                encoding: values, base: bits.base, lowWidth: bits.width, exceptionCount: bits.exceptionCount,
                profile: profile, levels: levels, memory: memory)
        }
        return patched(
            encoding: values, base: bits.base, width: bits.width, exceptionCount: bits.exceptionCount, profile: profile,
            levels: levels, memory: memory)
    }
}
