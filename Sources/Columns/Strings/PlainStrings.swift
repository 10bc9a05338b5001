internal import Bytes

/// Strings as they are, end to end, with lengths or of one length.
extension StringNode {
    static func plain(encoding values: StringVector, profile: EncodingProfile) -> StringNode {
        guard values.count > 0 else { return .constant([]) }
        let bytes = StoredBuffer.storing(values.bytes, profile: profile)
        let lengths = IntegerNode.encoding(values.lengths, profile: profile)
        if case .constant(let length) = lengths { return .fixedLength(byteCount: Int(length), bytes: bytes) }
        return .plain(lengths: lengths, bytes: bytes)
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
