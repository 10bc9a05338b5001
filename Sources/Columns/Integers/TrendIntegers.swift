internal import Bytes
private import CKernels

/// Values around a straight line.
extension IntegerNode {
    package static func trend(
        encoding values: [UInt64], step: UInt64, profile: EncodingProfile, levels: Int = 1
    ) -> IntegerNode {
        var residuals = [UInt64](repeating: 0, count: values.count)
        unsafe traversion_remove_trend(values, values.count, step, &residuals)
        return .trend(step: step, child: encoding(residuals, profile: profile, levels: levels))
    }

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
