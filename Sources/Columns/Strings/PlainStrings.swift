internal import Bytes

/// Strings as they are, end to end, with lengths or of one length.
extension StringNode {
    static func plain(encoding values: StringVector, profile: EncodingProfile) -> StringNode {
        guard values.count > 0 else { return .constant([]) }
        let bytes = StoredBuffer.storing(values.bytes, profile: profile)
        let lengths = lengths(encoding: values, profile: profile)
        if case .constant(let length) = lengths { return .fixedLength(byteCount: Int(length), bytes: bytes) }
        return .plain(lengths: lengths, bytes: bytes)
    }

    /// Lengths are small beside the bytes: in the hot tier the time to look for more than their range is better spent.
    private static func lengths(encoding values: StringVector, profile: EncodingProfile) -> IntegerNode {
        let lengths = values.lengths
        guard profile.tier == .hot, let shortest = lengths.min(), let longest = lengths.max() else {
            return IntegerNode.encoding(lengths, profile: profile)
        }
        if shortest == longest { return .constant(shortest) }
        return .packed(encoding: lengths, base: shortest, width: 64 - (longest - shortest).leadingZeroBitCount)
    }

    static func decodePlain(
        lengths: IntegerNode, bytes: StoredBuffer, count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let lengths = try lengths.decode(count: count, rows: .unknown, in: environment)
        try environment.charge(strings: count, byteCount: bytes.rawByteCount)
        let ends = try StringVector.ends(lengths: lengths, byteCount: bytes.rawByteCount)
        return StringVector(bytes: Array(try bytes.raw(in: environment)), ends: ends)
    }

    static func decodeFixedLength(
        _ bytes: StoredBuffer, byteCount: Int, count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        try environment.charge(strings: count, byteCount: bytes.rawByteCount)
        return StringVector(
            bytes: Array(try bytes.raw(in: environment)), ends: StringVector.ends(count: count, byteCount: byteCount))
    }
}
