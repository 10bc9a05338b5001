extension StringNode {
    /// The best node for `values` under the profile.
    public static func encoding(_ values: StringVector, profile: EncodingProfile) -> StringNode {
        constant(encoding: values) ?? plain(encoding: values, profile: profile)
    }
}
