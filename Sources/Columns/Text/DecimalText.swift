/// Decimal integers as text (Format/Segment.md, nodes 0x48 and 0x49).
///
/// A `parse` gives nil for every text that rendering would not give back byte for byte.
public enum DecimalText {
    /// Digits of the largest 64-bit integer.
    public static let maximumDigitCount = 20

    /// The number of a canonical signed integer: no sign but `-`, no leading zeros, no `-0`, within 64 bits.
    @inline(__always)
    public static func parseSigned(_ text: borrowing Span<UInt8>) -> Int64? {
        guard text.count > 0 else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        let start = isNegative ? 1 : 0
        guard let magnitude = magnitude(text, from: start, to: text.count) else { return nil }
        if text[start] == UInt8(ascii: "0") { return text.count == 1 ? 0 : nil }
        guard magnitude <= UInt64(Int64.max) &+ (isNegative ? 1 : 0) else { return nil }
        return Int64(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
    }

    /// The number of an unsigned integer that is padded with zeros to at least `digits` (1 ... 19) digits.
    @inline(__always)
    public static func parsePadded(_ text: borrowing Span<UInt8>, digits: Int) -> UInt64? {
        guard text.count >= digits, let magnitude = magnitude(text, from: 0, to: text.count) else { return nil }
        guard text.count == digits || text[0] != UInt8(ascii: "0") else { return nil }
        return magnitude
    }

    /// The number that the digits in a range show; nil when it is empty, holds anything else or is over 64 bits.
    @inline(__always)
    static func magnitude(_ text: borrowing Span<UInt8>, from start: Int, to end: Int) -> UInt64? {
        let count = end &- start
        guard count > 0, count <= maximumDigitCount else { return nil }
        if count <= 8 { return upToEightDigits(text, at: start, count: count) }
        return longMagnitude(text, from: start, count: count)
    }

    @inline(__always)
    private static func upToEightDigits(_ text: borrowing Span<UInt8>, at offset: Int, count: Int) -> UInt64? {
        // Moved up, with zeros before it, the text is eight digits long.
        let missingBits = UInt64(truncatingIfNeeded: 8 &* (8 &- count))
        let word = EightBytes.load(text, at: offset, count: count)
        let padded = word &<< missingBits | (missingBits == 0 ? 0 : EightBytes.zeroDigits &>> (64 &- missingBits))
        return EightBytes.areDigits(padded) ? EightBytes.number(ofDigits: padded) : nil
    }

    private static func longMagnitude(_ text: borrowing Span<UInt8>, from start: Int, count: Int) -> UInt64? {
        let firstCount = (count &- 1) % 8 &+ 1
        guard var number = upToEightDigits(text, at: start, count: firstCount) else { return nil }
        var offset = start &+ firstCount
        while offset < start &+ count {
            guard let next = upToEightDigits(text, at: offset, count: 8) else { return nil }
            let (product, overflows) = number.multipliedReportingOverflow(by: 100_000_000)
            let (sum, carries) = product.addingReportingOverflow(next)
            if overflows || carries { return nil }
            number = sum
            offset &+= 8
        }
        return number
    }
}
