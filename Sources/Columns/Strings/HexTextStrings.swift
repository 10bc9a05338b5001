internal import Bytes
private import CKernels

/// Bytes in hexadecimal digits.
extension StringNode {
    static func decodeHexText(
        _ buffer: StoredBuffer, isUpper: Bool, byteCount: Int, count: Int, affix: Affix,
        in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        try environment.charge(strings: count, byteCount: 2 * buffer.rawByteCount)
        let raw = try buffer.raw(in: environment)
        let digits = unsafe [UInt8](unsafeUninitializedCapacity: 2 * raw.count) { digits, filledCount in
            unsafe raw.withUnsafeBufferPointer {
                unsafe traversion_hex_encode($0.baseAddress, $0.count, isUpper ? 1 : 0, digits.baseAddress)
            }
            filledCount = 2 * raw.count
        }
        let ends = StringVector.ends(count: count, byteCount: 2 * byteCount)
        return try affix.around(StringVector(bytes: digits, ends: ends), in: environment)
    }

    static func decodeUUIDText(
        _ buffer: StoredBuffer, isUpper: Bool, count: Int, affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let raw = Array(try buffer.raw(in: environment))
        let bytes = unsafe raw.span.bytes
        return try unsafe affix.rendering(
            count: count, in: environment, byteCount: { _ in 36 },
            render: { index, output in
                let first = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index &* 16, as: UInt64.self)
                let second = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index &* 16 &+ 8, as: UInt64.self)
                unsafe IdentifierText.renderUUID(first, second, isUpper: isUpper, at: output)
                return 36
            })
    }
}
