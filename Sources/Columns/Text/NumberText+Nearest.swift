extension NumberText {
    /// The double nearest to what a literal shows; NaN for what shows no number.
    ///
    /// Few digits with a point, which is what most literals are that are no canonical double, are told without a string.
    public static func nearestDouble(_ literal: borrowing Span<UInt8>) -> Double {
        var digits: UInt64 = 0
        var (digitCount, fractionCount, hasPoint) = (0, 0, false)
        let isNegative = literal.count > 0 && literal[0] == UInt8(ascii: "-")
        for place in (isNegative ? 1 : 0)..<literal.count {
            let digit = literal[place] &- UInt8(ascii: "0")
            if digit < 10 {
                digits = digits &* 10 &+ UInt64(digit)
                digitCount &+= 1
                if hasPoint { fractionCount &+= 1 }
            } else if literal[place] == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else {
                return other(literal)
            }
        }
        // Text that is no literal of JSON, such as one that ends with its point, is not told here.
        guard (1...surelyExactDigitCount).contains(digitCount), !hasPoint || (1..<digitCount).contains(fractionCount)
        else { return other(literal) }
        let magnitude = DecimalNumber(digits: digits, exponent: 0 &- fractionCount).nearestDouble
        return isNegative ? -magnitude : magnitude
    }

    /// So many digits fit 64 bits.
    private static let surelyExactDigitCount = 19

    private static func other(_ literal: borrowing Span<UInt8>) -> Double {
        Double(String(decoding: literal.indices.map { literal[$0] }, as: UTF8.self)) ?? .nan
    }
}
