public import Bytes
private import CKernels

extension FloatNode {
    /// Which of the `count` values are in the range. A NaN never is, and -0.0 equals 0.0.
    ///
    /// Scaled values are compared as integers, for digits and doubles have the same order.
    public func matches(
        _ range: ClosedRange<Double>, count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        guard count > 0 else { return Bitmap(count: 0) }
        switch self {
        case .bits(.constant(let bits)):
            return Bitmap(count: count, repeating: range.contains(Double(bitPattern: bits)))
        case .scaled(let scale, let digits, let exceptions):
            var matches = Bitmap(count: count)
            if let span = scale.digits(in: range) {
                let low = UInt64(bitPattern: span.lowerBound)
                let high = UInt64(bitPattern: span.upperBound)
                matches = try digits.matches(
                    .range(low, high, isSigned: true), count: count, rows: .unknown, in: environment)
            }
            guard exceptions.count > 0 else { return matches }
            let positions = try exceptions.positions.decode(count: exceptions.count, rows: .unknown, in: environment)
            let bits = try exceptions.values.decode(count: exceptions.count, rows: .unknown, in: environment)
            return try matches.replacing(positions, by: Self.matches(range, bits))
        case .bits, .splitBits, .grouped:
            return Self.matches(range, try decodedBits(count: count, rows: rows, in: environment))
        }
    }

    /// Which bits are those of a double in the range.
    private static func matches(_ range: ClosedRange<Double>, _ bits: [UInt64]) -> Bitmap {
        var words = [UInt64](repeating: 0, count: (bits.count + 63) / 64)
        unsafe traversion_double_range(bits, bits.count, range.lowerBound, range.upperBound, &words)
        return Bitmap(count: bits.count, words: words)
    }

    /// The bits of the doubles.
    private func decodedBits(
        count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> [UInt64] {
        try unsafe [UInt64].decoding(count: count, in: environment) { (output) throws(DecodeError) in
            try unsafe decodeBits(into: output, rows: rows, in: environment)
        }
    }
}

extension FloatScale {
    /// The digits of all values in the range, or nil when there are none.
    func digits(in range: ClosedRange<Double>) -> ClosedRange<Int64>? {
        let divisor = divisor
        // Conversion and division round, but never turn two values round, so bisection is exact.
        let low = Self.first { Double($0) / divisor >= range.lowerBound }
        let behind = Self.first { Double($0) / divisor > range.upperBound }
        guard let low else { return nil }
        guard let behind else { return low...Int64.max }
        return low < behind ? low...(behind - 1) : nil
    }

    /// The lowest integer from which on the predicate holds.
    private static func first(where predicate: (Int64) -> Bool) -> Int64? {
        guard predicate(.max) else { return nil }
        var low = Int64.min
        var high = Int64.max
        while low < high {
            let middle = low &+ Int64((UInt64(bitPattern: high &- low)) / 2)
            if predicate(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
