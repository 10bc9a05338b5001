/// How values were written, as far as it can be done again with others.
enum IntegerChoice: RepeatableChoice {
    /// Packed above a base, or where that is nil above the lowest value, with exceptions where they pay.
    case bits(base: UInt64?)
    case transformed(IntegerChooser.Transformation)

    func isLike(_ other: IntegerChoice) -> Bool {
        switch (self, other) {
        case (.bits, .bits), (.transformed(.delta), .transformed(.delta)), (.transformed(.runs), .transformed(.runs)),
            (.transformed(.recency), .transformed(.recency)), (.transformed(.dictionary), .transformed(.dictionary)):
            true
        case (.transformed(.division(let first)), .transformed(.division(let second))): first == second
        default: false
        }
    }

    /// The node that the choice gives; nil when it cannot be made.
    func node(
        _ values: [UInt64], statistics: IntegerStatistics, profile: EncodingProfile, levels: Int,
        memory: ChoiceMemory
    ) -> IntegerNode? {
        switch self {
        case .bits(let base):
            var bits = BitPlan(
                values, of: values.count, base: base ?? statistics.low, fullWidth: statistics.width, profile: profile)
            if bits.exceptionCount == 0 { bits.dropBase(low: statistics.low, range: statistics.range) }
            return .encoding(values, bits: bits, profile: profile, levels: levels, memory: memory)
        case .transformed(let kind):
            return kind.node(values, profile: profile, levels: levels, memory: memory)
        }
    }
}
