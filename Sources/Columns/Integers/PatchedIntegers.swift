internal import Bytes

/// A child in which some values are replaced.
extension IntegerNode {
    static func decodePatched(
        count: Int, positions: IntegerNode, values: IntegerNode, child: IntegerNode,
        into output: UnsafeMutableBufferPointer<UInt64>, in environment: any PageEnvironment
    ) throws(DecodeError) {
        try unsafe child.decode(into: output, rows: .unknown, in: environment)
        let positions = try positions.decode(count: count, rows: .unknown, in: environment)
        let values = try values.decode(count: count, rows: .unknown, in: environment)
        var lowest: UInt64 = 0
        for index in 0..<count {
            let position = positions[index]
            guard position >= lowest, position < UInt64(output.count) else {
                throw .corrupt(at: 0, "positions of exceptions are not ascending")
            }
            unsafe output[Int(position)] = values[index]
            lowest = position + 1
        }
    }
}
