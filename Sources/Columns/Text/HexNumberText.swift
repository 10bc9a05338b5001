/// Numbers in hexadecimal digits (Format/Segment.md, node 0x4E).
public enum HexNumberText {
    /// The number of a text padded with zeros to at least `digits`, its letters all of one case.
    public static func parse(_ text: borrowing Span<UInt8>, isUpper: Bool, digits: Int) -> UInt64? {
        parse(text, in: 0..<text.count, isUpper: isUpper, digits: digits)
    }

    @inline(__always)
    static func parse(
        _ text: borrowing Span<UInt8>, in range: Range<Int>, isUpper: Bool, digits: Int
    ) -> UInt64? {
        let count = range.count
        guard count >= digits, count <= 16, count > 0 else { return nil }
        guard count == digits || text[range.lowerBound] != UInt8(ascii: "0") else { return nil }
        let low = octet(text, to: range.upperBound, count: min(count, 8))
        var isFit = low.areDigits && !(isUpper ? low.hasLower : low.hasUpper)
        var number = UInt64(low.number)
        if count > 8 {
            let high = octet(text, to: range.upperBound &- 8, count: count &- 8)
            isFit = isFit && high.areDigits && !(isUpper ? high.hasLower : high.hasUpper)
            number |= UInt64(high.number) &<< 32
        }
        return isFit ? number : nil
    }

    @inline(__always)
    private static func octet(_ text: borrowing Span<UInt8>, to end: Int, count: Int) -> HexDigits.Octet {
        HexDigits.octet(EightBytes.loadAligned(text, to: end, count: count, padding: EightBytes.zeroDigits))
    }

    @inline(__always)
    static func byteCount(_ number: UInt64, digits: Int) -> Int {
        max((64 &- number.leadingZeroBitCount &+ 3) &>> 2, digits)
    }

    public static func append(_ number: UInt64, isUpper: Bool, digits: Int, to bytes: inout [UInt8]) {
        unsafe appendRendering(to: &bytes) { unsafe render(number, isUpper: isUpper, digits: digits, at: $0) }
    }

    /// Writes the text and returns its byte count. Up to 16 bytes after the text are overwritten.
    @inline(__always)
    static func render(
        _ number: UInt64, isUpper: Bool, digits: Int, at output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let count = byteCount(number, digits: digits)
        // Digits that count move to the top, so that the text begins with them.
        let top = number &<< UInt64(truncatingIfNeeded: 64 &- 4 &* count)
        let raw = UnsafeMutableRawPointer(output)
        let high = HexDigits.word(ofNumber: UInt32(truncatingIfNeeded: top &>> 32), isUpper: isUpper)
        let low = HexDigits.word(ofNumber: UInt32(truncatingIfNeeded: top), isUpper: isUpper)
        unsafe raw.storeBytes(of: high, as: UInt64.self)
        unsafe raw.storeBytes(of: low, toByteOffset: 8, as: UInt64.self)
        return count
    }
}
