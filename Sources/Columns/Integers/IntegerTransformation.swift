extension IntegerChooser {
    /// What may be done to values before they are written.
    enum Transformation {
        case delta
        case trend(step: UInt64)
        case runs
        case dictionary(limit: Int)
        case recency
        case division(Int64)

        /// The choice to do the same to other values; nil when it was made for these.
        var again: IntegerChoice? {
            if case .trend = self { nil } else { .transformed(self) }
        }

        func node(
            _ values: [UInt64], profile: EncodingProfile, levels: Int, memory: ChoiceMemory?
        ) -> IntegerNode? {
            switch self {
            case .delta: .delta(encoding: values, profile: profile, levels: levels - 1, memory: memory)
            case .trend(let step): .trend(encoding: values, step: step, profile: profile, levels: levels - 1)
            case .runs: .runs(encoding: values, profile: profile, levels: levels - 1, memory: memory)
            case .dictionary(let limit):
                .dictionary(encoding: values, limit: limit, profile: profile, levels: levels - 1, memory: memory)
            case .recency: .recency(encoding: values, profile: profile, levels: 0, memory: memory)
            case .division(let divisor):
                .split(encoding: values, divisor: divisor, profile: profile, levels: levels - 1, memory: memory)
            }
        }
    }
}
