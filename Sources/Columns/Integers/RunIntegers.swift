internal import Bytes
private import CKernels

/// Values that stand several times in a row.
extension IntegerNode {
    package static func runs(
        encoding values: [UInt64], profile: EncodingProfile, levels: Int = 1, memory: ChoiceMemory? = nil
    ) -> IntegerNode {
        let count = unsafe traversion_find_runs(values, values.count, nil, nil)
        var runValues = [UInt64](repeating: 0, count: count)
        var runLengths = runValues
        _ = unsafe traversion_find_runs(values, values.count, &runValues, &runLengths)
        return .runs(
            count: count, values: encoding(runValues, profile: profile, levels: levels, memory: memory?[.runValues]),
            lengths: encoding(runLengths, profile: profile, levels: levels, memory: memory?[.runLengths]))
    }

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
