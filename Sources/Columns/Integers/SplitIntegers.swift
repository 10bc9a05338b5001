internal import Bytes

/// Quotients and remainders of a division.
extension IntegerNode {
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
