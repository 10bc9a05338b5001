internal import Bytes
private import CKernels

/// Numbers in digits.
extension StringNode {
    static func decodeIntegerText(
        _ values: [UInt64], digits: Int, affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        try decodeDecimals(values, digits: digits, decimals: 0, affix: affix, in: environment)
    }

    static func decodeFixedPointText(
        _ values: [UInt64], decimals: Int, affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        try decodeDecimals(values, digits: 0, decimals: decimals, affix: affix, in: environment)
    }

    private static func decodeDecimals(
        _ values: [UInt64], digits: Int, decimals: Int, affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let (digits, decimals) = (UInt32(digits), UInt32(decimals))
        let byteCount = unsafe traversion_decimal_byte_count(values, values.count, digits, decimals)
        return try unsafe affix.kernelRendering(count: values.count, byteCount: byteCount, in: environment) {
            (affix, bytes, ends) in
            unsafe traversion_render_decimals(values, values.count, digits, decimals, affix, bytes, ends)
        }
    }

    static func decodeHexNumberText(
        _ values: [UInt64], isUpper: Bool, digits: Int, affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        try unsafe affix.rendering(
            count: values.count, in: environment,
            byteCount: { HexNumberText.byteCount(values[$0], digits: digits) },
            render: { unsafe HexNumberText.render(values[$0], isUpper: isUpper, digits: digits, at: $1) })
    }

    static func decodeIPv4Text(
        _ addresses: [UInt64], affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        guard addresses.reduce(0, |) >> 32 == 0 else { throw .corrupt(at: 0, "an address has more than 32 bits") }
        let byteCount = unsafe traversion_ipv4_byte_count(addresses, addresses.count)
        return try unsafe affix.kernelRendering(count: addresses.count, byteCount: byteCount, in: environment) {
            (affix, bytes, ends) in
            unsafe traversion_render_ipv4(addresses, addresses.count, affix, bytes, ends)
        }
    }
}

extension Affix {
    fileprivate typealias Kernel = (
        UnsafePointer<traversion_affix>, UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt32>
    ) -> Void

    /// Strings that a kernel writes, `byteCount` bytes in all without the affix.
    fileprivate func kernelRendering(
        count: Int, byteCount: UInt64, in environment: any PageEnvironment, _ render: Kernel
    ) throws(DecodeError) -> StringVector {
        guard var words = kernelAffix else {
            let strings = try unsafe Affix.none.kernelRendering(
                count: count, byteCount: byteCount, in: environment, render)
            return try around(strings, in: environment)
        }
        let total = Int(byteCount) + count * self.byteCount
        try environment.charge(strings: count, byteCount: total)
        return try unsafe StringVector.building(count: count, byteCount: total) { (bytes, ends) in
            unsafe render(&words, bytes, ends)
        }
    }

    /// What kernels take; nil when there is more of it.
    private var kernelAffix: traversion_affix? {
        guard prefix.count <= 16, suffix.count <= 16 else { return nil }
        var affix = traversion_affix()
        unsafe withUnsafeMutableBytes(of: &affix.prefix) { unsafe $0.copyBytes(from: prefix) }
        unsafe withUnsafeMutableBytes(of: &affix.suffix) { unsafe $0.copyBytes(from: suffix) }
        affix.prefixLength = UInt32(prefix.count)
        affix.suffixLength = UInt32(suffix.count)
        return affix
    }
}
