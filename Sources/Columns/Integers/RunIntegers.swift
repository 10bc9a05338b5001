internal import Bytes
private import CKernels

/// Values that stand several times in a row.
extension IntegerNode {
    static func decodeRuns(
        count: Int, values: IntegerNode, lengths: IntegerNode, into output: UnsafeMutableBufferPointer<UInt64>,
        in environment: any PageEnvironment
    ) throws(DecodeError) {
        let values = try values.decode(count: count, rows: .unknown, in: environment)
        let lengths = try lengths.decode(count: count, rows: .unknown, in: environment)
        guard unsafe traversion_expand_runs(values, lengths, count, output.baseAddress!, output.count) else {
            throw .corrupt(at: 0, "lengths of runs do not add up to \(output.count) values")
        }
    }
}
