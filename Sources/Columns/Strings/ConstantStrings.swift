internal import Bytes

/// The same string again and again.
extension StringNode {
    /// The constant, or nil when strings differ.
    static func constant(encoding values: StringVector) -> StringNode? {
        guard values.count > 0 else { return .constant([]) }
        let first = values[0]
        // Each byte equals the one a string's length before it; mostly the second string shows that they differ.
        guard values.count == 1 || values[1] == first, values.areAll(byteCount: first.count),
            values.bytes.dropFirst(first.count).elementsEqual(values.bytes.dropLast(first.count))
        else { return nil }
        return .constant(Array(first))
    }

    static func decodeConstant(
        _ value: [UInt8], count: Int, affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let whole = try affix.around(prefix: value, suffix: [])
        return try unsafe whole.rendering(count: count, in: environment, byteCount: { _ in 0 }, render: { _, _ in 0 })
    }
}
