public import Bytes
private import CKernels

extension FloatNode {
    /// Which of the `count` values are in the range: bit i % 64 of word i / 64. A NaN never is, and -0.0 equals 0.0.
    ///
    /// Scaled values are compared as integers, for digits and doubles have the same order.
    public func matches(
        _ range: ClosedRange<Double>, count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> [UInt64] {
        guard count > 0 else { return [] }
        guard case .scaled(let scale, let digits, let exceptions) = self else {
            return Self.bitmap(of: try decodedBits(count: count, in: environment), range)
        }
        let words = try digits.decode(count: count, rows: .unknown, in: environment)
        var bitmap = Self.emptyBitmap(count)
        if let span = scale.digits(in: range) {
            let start = UInt64(bitPattern: span.lowerBound)
            let distance = UInt64(bitPattern: span.upperBound) &- start
            unsafe traversion_match_values(words, count, [start], [distance], 1, &bitmap)
        }
        try exceptions.replace(in: environment, valueCount: count) { position, bits in
            let bit = UInt64(1) << UInt64(position & 63)
            if range.contains(Double(bitPattern: bits)) {
                bitmap[position >> 6] |= bit
            } else {
                bitmap[position >> 6] &= ~bit
            }
        }
        return bitmap
    }

    private func decodedBits(count: Int, in environment: any PageEnvironment) throws(DecodeError) -> [UInt64] {
        if case .bits(let node) = self { return try node.decode(count: count, rows: .unknown, in: environment) }
        return try decode(count: count, rows: .unknown, in: environment).map { $0.bitPattern }
    }

    private static func bitmap(of words: [UInt64], _ range: ClosedRange<Double>) -> [UInt64] {
        var bitmap = emptyBitmap(words.count)
        unsafe traversion_double_range(words, words.count, range.lowerBound, range.upperBound, &bitmap)
        return bitmap
    }

    private static func emptyBitmap(_ count: Int) -> [UInt64] { [UInt64](repeating: 0, count: (count + 63) / 64) }
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
