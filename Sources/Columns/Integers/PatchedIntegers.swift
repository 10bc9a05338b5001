internal import Bytes
private import CKernels

/// A child in which some values are replaced.
extension IntegerNode {
    /// Values of a fixed width above a base; those that do not fit become exceptions.
    package static func patched(
        encoding values: [UInt64], base: UInt64, width: Int, profile: EncodingProfile
    ) -> IntegerNode {
        let child: IntegerNode = width == 0 ? .constant(base) : packed(encoding: values, base: base, width: width)
        guard width < 64 else { return child }
        var histogram = [UInt32](repeating: 0, count: 65)
        unsafe traversion_width_histogram(values, values.count, base, &histogram)
        let count = histogram[(width + 1)...].reduce(0) { $0 + Int($1) }
        guard count > 0 else { return child }
        var positions = [UInt64](repeating: 0, count: count + 1)
        var exceptions = positions
        _ = unsafe traversion_find_exceptions(
            values, values.count, base, UInt32(width), &positions, &exceptions)
        positions.removeLast()
        exceptions.removeLast()
        return .patched(
            count: count, positions: encoding(positions, profile: profile, levels: 1),
            values: encoding(exceptions, profile: profile, levels: 1), child: child)
    }

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
