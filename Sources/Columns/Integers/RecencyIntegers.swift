internal import Bytes
private import CKernels

/// Codes that count up at each first appearance, as the distance to the newest one.
extension IntegerNode {
    /// Takes values below 2^62.
    package static func recency(
        encoding values: [UInt64], profile: EncodingProfile, levels: Int = 1, memory: ChoiceMemory? = nil
    ) -> IntegerNode {
        let (start, distances) = recencyDistances(of: values)
        return .recency(
            start: start, child: encoding(distances, profile: profile, levels: levels, memory: memory?[.distances]))
    }

    static func recencyStart(of values: [UInt64]) -> UInt64 {
        unsafe traversion_recency_start(values, values.count)
    }

    static func recencyDistances(of values: [UInt64]) -> (start: UInt64, distances: [UInt64]) {
        let start = recencyStart(of: values)
        var distances = [UInt64](repeating: 0, count: values.count)
        unsafe traversion_recency_distances(values, values.count, start, &distances)
        return (start, distances)
    }

    static func decodeRecency(
        start: UInt64, child: IntegerNode, into output: UnsafeMutableBufferPointer<UInt64>,
        in environment: any PageEnvironment
    ) throws(DecodeError) {
        try unsafe child.decode(into: output, rows: .unknown, in: environment)
        guard unsafe traversion_recency_values(output.baseAddress!, output.count, start) else {
            throw .corrupt(at: 0, "distance to a value before the first")
        }
    }
}
