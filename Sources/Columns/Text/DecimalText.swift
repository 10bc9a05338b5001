/// Decimal integers as text (Format/Segment.md, nodes 0x48 and 0x49).
///
/// A `parse` gives nil for every text that rendering would not give back byte for byte.
public enum DecimalText {
    /// Digits of the largest 64-bit integer.
    public static let maximumDigitCount = 20

    /// The number of a canonical signed integer: no sign but `-`, no leading zeros, no `-0`, within 64 bits.
    public static func parseSigned(_ text: borrowing Span<UInt8>) -> Int64? { parseSigned(text, in: 0..<text.count) }

    /// The number of an unsigned integer that is padded with zeros to at least `digits` (1 ... 19) digits.
    public static func parsePadded(_ text: borrowing Span<UInt8>, digits: Int) -> UInt64? {
        parsePadded(text, in: 0..<text.count, digits: digits)
    }

    /// The same for a part of a longer text, which is faster: what stands before the part may be read.
    @inline(__always)
    static func parseSigned(_ text: borrowing Span<UInt8>, in range: Range<Int>) -> Int64? {
        guard !range.isEmpty else { return nil }
        let isNegative = text[range.lowerBound] == UInt8(ascii: "-")
        let start = range.lowerBound &+ (isNegative ? 1 : 0)
        guard let magnitude = magnitude(text, from: start, to: range.upperBound) else { return nil }
        if text[start] == UInt8(ascii: "0") { return range.count == 1 ? 0 : nil }
        guard magnitude <= UInt64(Int64.max) &+ (isNegative ? 1 : 0) else { return nil }
        return Int64(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
    }

    @inline(__always)
    static func parsePadded(_ text: borrowing Span<UInt8>, in range: Range<Int>, digits: Int) -> UInt64? {
        guard range.count >= digits, let magnitude = magnitude(text, from: range.lowerBound, to: range.upperBound)
        else { return nil }
        return range.count == digits || text[range.lowerBound] != UInt8(ascii: "0") ? magnitude : nil
    }

    /// The number that the digits in a range show; nil when it is empty, holds anything else or is over 64 bits.
    @inline(__always)
    static func magnitude(_ text: borrowing Span<UInt8>, from start: Int, to end: Int) -> UInt64? {
        let count = end &- start
        guard count > 0, count <= maximumDigitCount else { return nil }
        if count <= 8 { return upToEightDigits(text, to: end, count: count) }
        return longMagnitude(text, from: start, count: count)
    }

    @inline(__always)
    private static func upToEightDigits(_ text: borrowing Span<UInt8>, to end: Int, count: Int) -> UInt64? {
        let word = EightBytes.loadAligned(text, to: end, count: count, padding: EightBytes.zeroDigits)
        return EightBytes.areDigits(word) ? EightBytes.number(ofDigits: word) : nil
    }

    private static func longMagnitude(_ text: borrowing Span<UInt8>, from start: Int, count: Int) -> UInt64? {
        let firstCount = (count &- 1) % 8 &+ 1
        guard var number = upToEightDigits(text, to: start &+ firstCount, count: firstCount) else { return nil }
        var offset = start &+ firstCount
        while offset < start &+ count {
            guard let next = upToEightDigits(text, to: offset &+ 8, count: 8) else { return nil }
            let (product, overflows) = number.multipliedReportingOverflow(by: 100_000_000)
            let (sum, carries) = product.addingReportingOverflow(next)
            if overflows || carries { return nil }
            number = sum
            offset &+= 8
        }
        return number
    }
}
