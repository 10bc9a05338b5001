internal import Bytes
private import CKernels

/// A child in which some values are replaced.
extension IntegerNode {
    /// Values of a fixed width above a base; those that do not fit become exceptions.
    package static func patched(
        encoding values: [UInt64], base: UInt64, width: Int, profile: EncodingProfile
    ) -> IntegerNode {
        var histogram = [UInt32](repeating: 0, count: 65)
        unsafe traversion_width_histogram(values, values.count, base, &histogram)
        let count = histogram[(width + 1)...].reduce(0) { $0 + Int($1) }
        return patched(encoding: values, base: base, width: width, exceptionCount: count, profile: profile, levels: 1)
    }

    /// The same when the number of values that do not fit is known.
    static func patched(
        encoding values: [UInt64], base: UInt64, width: Int, exceptionCount count: Int, profile: EncodingProfile,
        levels: Int, memory: ChoiceMemory? = nil
    ) -> IntegerNode {
        let child: IntegerNode = width == 0 ? .constant(base) : packed(encoding: values, base: base, width: width)
        guard count > 0 else { return child }
        var positions = [UInt64](repeating: 0, count: count + 1)
        var exceptions = positions
        _ = unsafe traversion_find_exceptions(
            values, values.count, base, UInt32(width), &positions, &exceptions)
        positions.removeLast()
        exceptions.removeLast()
        // Exceptions of exceptions come to an end.
        let exceptionLevels = levels > 0 ? (profile.tier == .hot ? 0 : 1) : levels - 1
        return .patched(
            count: count, positions: self.positions(encoding: positions, profile: profile, levels: min(0, levels)),
            values: encoding(exceptions, profile: profile, levels: exceptionLevels, memory: memory?[.exceptions]),
            child: child)
    }

    /// Ascending positions, mostly as differences.
    static func positions(encoding positions: [UInt64], profile: EncodingProfile, levels: Int) -> IntegerNode {
        let plain = encoding(positions, profile: profile, levels: plainLevel)
        guard case .packed = plain, positions.count > 2 else { return plain }
        // In the hot tier the time to look for outliers among the distances is better spent.
        let deltaLevel = profile.tier == .hot ? plainLevel : max(plainLevel, levels - 1)
        let delta = delta(encoding: positions, profile: profile, levels: deltaLevel)
        return delta.byteCount < plain.byteCount ? delta : plain
    }

    static func decodePatched(
        count: Int, positions: IntegerNode, values: IntegerNode, child: IntegerNode,
        into output: UnsafeMutableBufferPointer<UInt64>, in environment: any PageEnvironment
    ) throws(DecodeError) {
        try unsafe child.decode(into: output, rows: .unknown, in: environment)
        let positions = try positions.decode(count: count, rows: .unknown, in: environment)
        let values = try values.decode(count: count, rows: .unknown, in: environment)
        let areSound = unsafe traversion_put_values(output.baseAddress!, output.count, positions, count, values)
        guard areSound else { throw .corrupt(at: 0, "positions of exceptions are not ascending") }
    }
}
