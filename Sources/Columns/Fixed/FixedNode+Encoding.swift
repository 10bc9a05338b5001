extension FixedNode {
    /// The best node for ids of `width` bytes laid end to end.
    public static func encoding(bytes: [UInt8], width: Int, profile: EncodingProfile) -> FixedNode {
        .raw(StoredBuffer.storing(bytes, profile: profile))
    }
}
