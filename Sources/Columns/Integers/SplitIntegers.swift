internal import Bytes
private import CKernels

/// Quotients and remainders of a division.
extension IntegerNode {
    /// Quotients and remainders of the floored division of signed values.
    package static func split(
        encoding values: [UInt64], divisor: Int64, profile: EncodingProfile, levels: Int = 1
    ) -> IntegerNode {
        let (quotients, remainders) = divide(values, by: divisor)
        return .split(
            divisor: UInt64(divisor), quotients: encoding(quotients, profile: profile, levels: levels),
            remainders: encoding(remainders, profile: profile, levels: 1))
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

    static func decodeSplit(
        divisor: UInt64, quotients: IntegerNode, remainders: IntegerNode,
        into output: UnsafeMutableBufferPointer<UInt64>, in environment: any PageEnvironment
    ) throws(DecodeError) {
        try unsafe quotients.decode(into: output, rows: .unknown, in: environment)
        if case .constant(let remainder) = remainders {
            for index in output.indices { unsafe output[index] = output[index] &* divisor &+ remainder }
            return
        }
        let remainders = try remainders.decode(count: output.count, rows: .unknown, in: environment)
        for index in output.indices { unsafe output[index] = output[index] &* divisor &+ remainders[index] }
    }
}
