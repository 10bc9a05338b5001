internal import Bytes
private import CKernels

/// Quotients and remainders of a division.
extension IntegerNode {
    /// Quotients and remainders of the floored division of signed values.
    package static func split(
        encoding values: [UInt64], divisor: Int64, profile: EncodingProfile, levels: Int = 1,
        memory: ChoiceMemory? = nil
    ) -> IntegerNode {
        let (quotients, remainders) = divide(values, by: divisor)
        return .split(
            divisor: UInt64(divisor),
            quotients: encoding(quotients, profile: profile, levels: levels, memory: memory?[.quotients]),
            remainders: encoding(remainders, profile: profile, levels: 1, memory: memory?[.remainders]))
    }

    static func divide(_ values: [UInt64], by divisor: Int64) -> (quotients: [UInt64], remainders: [UInt64]) {
        var quotients = [UInt64](repeating: 0, count: values.count)
        var remainders = quotients
        unsafe traversion_divide(values, values.count, divisor, &quotients, &remainders)
        return (quotients, remainders)
    }

    /// Quotients above `base` when every distance from it is a multiple of the divisor, else nil.
    package static func split(
        encoding values: [UInt64], base: UInt64, commonDivisor divisor: UInt64, profile: EncodingProfile,
        levels: Int = 1
    ) -> IntegerNode? {
        var quotients = [UInt64](repeating: 0, count: values.count)
        guard unsafe traversion_divide_exactly(values, values.count, base, divisor, &quotients) else { return nil }
        return .split(
            divisor: divisor, quotients: encoding(quotients, profile: profile, levels: levels),
            remainders: .constant(base))
    }

    /// The low bits above `base` packed, and the bits over them, which are 0 but for `exceptionCount` values.
    static func split(
        encoding values: [UInt64], base: UInt64, lowWidth: Int, exceptionCount: Int, profile: EncodingProfile,
        levels: Int, memory: ChoiceMemory? = nil
    ) -> IntegerNode {
        var high = [UInt64](repeating: 0, count: values.count)
        unsafe traversion_high_bits(values, values.count, base, UInt32(lowWidth), &high)
        return .split(
            divisor: 1 << UInt64(lowWidth),
            quotients: patched(
                encoding: high, base: 0, width: 0, exceptionCount: exceptionCount, profile: profile, levels: levels,
                memory: memory),
            remainders: packed(encoding: values, base: base, width: lowWidth))
    }

    static func decodeSplit(
        divisor: UInt64, quotients: IntegerNode, remainders: IntegerNode,
        into output: UnsafeMutableBufferPointer<UInt64>, in environment: any PageEnvironment
    ) throws(DecodeError) {
        try unsafe quotients.decode(into: output, rows: .unknown, in: environment)
        switch remainders {
        case .constant(let remainder):
            try environment.charge(output.count * 8)
            unsafe traversion_scale(output.baseAddress!, output.count, divisor, remainder)
        case .packed(let base, let width, let bits):
            try environment.charge(output.count * 8)
            let raw = try packedBytes(bits, count: output.count, width: width, in: environment)
            unsafe raw.withUnsafeBufferPointer {
                unsafe traversion_scale_unpack(
                    $0.baseAddress!, output.count, UInt32(width), base, divisor, output.baseAddress!)
            }
        default:
            let remainders = try remainders.decode(count: output.count, rows: .unknown, in: environment)
            for index in output.indices { unsafe output[index] = output[index] &* divisor &+ remainders[index] }
        }
    }
}
