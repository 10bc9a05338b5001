internal import Bytes

/// Values around a straight line.
extension IntegerNode {
    static func decodeTrend(
        step: UInt64, child: IntegerNode, into output: UnsafeMutableBufferPointer<UInt64>,
        in environment: any PageEnvironment
    ) throws(DecodeError) {
        try unsafe child.decode(into: output, rows: .unknown, in: environment)
        var line: UInt64 = 0
        for index in output.indices {
            unsafe output[index] &+= line
            line &+= step
        }
    }
}
