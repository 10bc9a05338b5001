internal import Bytes

/// Codes that count up at each first appearance, as the distance to the newest one.
extension IntegerNode {
    static func decodeRecency(
        start: UInt64, child: IntegerNode, into output: UnsafeMutableBufferPointer<UInt64>,
        in environment: any PageEnvironment
    ) throws(DecodeError) {
        try unsafe child.decode(into: output, rows: .unknown, in: environment)
        var next = start
        for index in output.indices {
            let distance = unsafe output[index]
            guard distance <= next else { throw .corrupt(at: 0, "distance \(distance) to a value before the first") }
            unsafe output[index] = next &- distance
            next &+= distance == 0 ? 1 : 0
        }
    }
}
