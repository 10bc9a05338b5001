/// Decimal numbers with a fixed number of decimals, kept as integers (Format/Segment.md, node 0x49).
public enum FixedPointText {
    public static let decimalsRange = 1...18

    /// The digits of `text` as one number, without the point; nil unless rendering gives the same text back.
    public static func parse(_ text: borrowing Span<UInt8>, decimals: Int) -> Int64? {
        parse(text, in: 0..<text.count, decimals: decimals)
    }

    @inline(__always)
    static func parse(_ text: borrowing Span<UInt8>, in range: Range<Int>, decimals: Int) -> Int64? {
        let point = range.upperBound &- decimals &- 1
        guard point > range.lowerBound, text[point] == UInt8(ascii: ".") else { return nil }
        let isNegative = text[range.lowerBound] == UInt8(ascii: "-")
        let start = range.lowerBound &+ (isNegative ? 1 : 0)
        guard point > start, text[start] != UInt8(ascii: "0") || point == start &+ 1,
            let whole = DecimalText.magnitude(text, from: start, to: point),
            let fraction = DecimalText.magnitude(text, from: point &+ 1, to: range.upperBound)
        else { return nil }
        let (product, overflows) = whole.multipliedReportingOverflow(by: DecimalText.powersOfTen[decimals])
        let (magnitude, carries) = product.addingReportingOverflow(fraction)
        guard !overflows, !carries, magnitude <= UInt64(Int64.max) &+ (isNegative ? 1 : 0) else { return nil }
        if isNegative, magnitude == 0 { return nil }
        return Int64(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
    }

    /// The number of decimals that a text shows, when it looks like such a number at all.
    static func decimals(_ text: borrowing Span<UInt8>) -> Int? {
        for index in text.indices.reversed() where text[index] == UInt8(ascii: ".") {
            let decimals = text.count - 1 - index
            return decimalsRange.contains(decimals) ? decimals : nil
        }
        return nil
    }

    public static func append(_ number: Int64, decimals: Int, to bytes: inout [UInt8]) {
        unsafe appendRendering(to: &bytes) { unsafe render(number, decimals: decimals, at: $0) }
    }

    /// Writes the text and returns its byte count. Up to 8 bytes after the text are overwritten.
    @inline(__always)
    static func render(_ number: Int64, decimals: Int, at output: UnsafeMutablePointer<UInt8>) -> Int {
        let sign = number < 0 ? 1 : 0
        if sign == 1 { unsafe output.pointee = UInt8(ascii: "-") }
        let magnitude = number.magnitude
        let digitCount = max(DecimalText.digitCount(magnitude), decimals &+ 1)
        let power = DecimalText.powersOfTen[decimals]
        let whole = magnitude / power
        let wholeCount = digitCount &- decimals
        unsafe DecimalText.renderDigits(whole, count: wholeCount, at: output + sign)
        let point = sign &+ wholeCount
        unsafe output[point] = UInt8(ascii: ".")
        unsafe DecimalText.renderDigits(magnitude &- whole &* power, count: decimals, at: output + point + 1)
        return point &+ 1 &+ decimals
    }
}
