internal import Bytes

/// Differences from value to value.
extension IntegerNode {
    static func decodeDelta(
        first: UInt64, child: IntegerNode, into output: UnsafeMutableBufferPointer<UInt64>,
        in environment: any PageEnvironment
    ) throws(DecodeError) {
        let differences = unsafe UnsafeMutableBufferPointer(rebasing: output[1...])
        try unsafe child.decode(into: differences, rows: .unknown, in: environment)
        var value = first
        unsafe output[0] = first
        for index in 1..<output.count {
            unsafe value &+= output[index]
            unsafe output[index] = value
        }
    }
}
