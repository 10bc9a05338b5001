extension StringNode {
    /// The best node for `values` under the profile.
    public static func encoding(_ values: StringVector, profile: EncodingProfile) -> StringNode {
        encoding(values, profile: profile, level: 0)
    }

    /// The same with a memory of earlier values at the same place.
    package static func encoding(
        _ values: StringVector, profile: EncodingProfile, memory: ChoiceMemory?
    ) -> StringNode {
        encoding(values, profile: profile, level: 0, memory: memory)
    }

    /// The same inside of nodes: the deeper, the fewer kinds are tried.
    static func encoding(
        _ values: StringVector, profile: EncodingProfile, level: Int, memory: ChoiceMemory? = nil
    ) -> StringNode {
        if let constant = constant(encoding: values) { return constant }
        guard level < StringChoice.levelLimit else { return plain(encoding: values, profile: profile) }
        if let memory, let way = memory.strings.take(),
            let node = way.node(values, profile: profile, level: level, memory: memory),
            memory.strings.isAsExpected(byteCount: node.byteCount, count: values.count)
        {
            return node
        }
        let (node, way) = StringChoice(values, profile: profile, level: level, memory: memory).best()
        memory?.strings.note(way, byteCount: node.byteCount, count: values.count)
        return node
    }
}
