internal import Bytes

/// Numbers in digits.
extension StringNode {
    static func decodeIntegerText(
        _ values: [UInt64], digits: Int, affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        if digits == 0 {
            return try unsafe affix.rendering(
                count: values.count, in: environment,
                byteCount: { DecimalText.byteCount(signed: Int64(bitPattern: values[$0])) },
                render: { unsafe DecimalText.render(signed: Int64(bitPattern: values[$0]), at: $1) })
        }
        return try unsafe affix.rendering(
            count: values.count, in: environment,
            byteCount: { DecimalText.byteCount(padded: values[$0], digits: digits) },
            render: { unsafe DecimalText.render(padded: values[$0], digits: digits, at: $1) })
    }

    static func decodeFixedPointText(
        _ values: [UInt64], decimals: Int, affix: Affix, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        try unsafe affix.rendering(
            count: values.count, in: environment,
            byteCount: { FixedPointText.byteCount(Int64(bitPattern: values[$0]), decimals: decimals) },
            render: { unsafe FixedPointText.render(Int64(bitPattern: values[$0]), decimals: decimals, at: $1) })
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
        return try unsafe affix.rendering(
            count: addresses.count, in: environment,
            byteCount: { IPv4Text.byteCount(UInt32(truncatingIfNeeded: addresses[$0])) },
            render: { unsafe IPv4Text.render(UInt32(truncatingIfNeeded: addresses[$0]), at: $1) })
    }
}
