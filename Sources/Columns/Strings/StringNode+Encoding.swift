extension StringNode {
    /// The best node for `values` under the profile.
    public static func encoding(_ values: StringVector, profile: EncodingProfile) -> StringNode {
        encoding(values, profile: profile, level: 0)
    }

    /// The same inside of nodes: the deeper, the fewer kinds are tried.
    static func encoding(_ values: StringVector, profile: EncodingProfile, level: Int) -> StringNode {
        if let constant = constant(encoding: values) { return constant }
        guard level < StringChoice.levelLimit else { return plain(encoding: values, profile: profile) }
        return StringChoice(values, profile: profile, level: level).best()
    }
}
