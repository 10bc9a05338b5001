internal import Bytes

/// Values that stand several times in a row.
extension IntegerNode {
    static func decodeRuns(
        count: Int, values: IntegerNode, lengths: IntegerNode, into output: UnsafeMutableBufferPointer<UInt64>,
        in environment: any PageEnvironment
    ) throws(DecodeError) {
        let values = try values.decode(count: count, rows: .unknown, in: environment)
        let lengths = try lengths.decode(count: count, rows: .unknown, in: environment)
        var position = 0
        for index in 0..<count {
            let left = UInt64(output.count - position)
            guard lengths[index] >= 1, lengths[index] <= left else { throw .corrupt(at: 0, "length of a run is wrong") }
            let end = position + Int(lengths[index])
            unsafe output[position..<end].initialize(repeating: values[index])
            position = end
        }
        guard position == output.count else { throw .corrupt(at: 0, "runs are too short") }
    }
}
