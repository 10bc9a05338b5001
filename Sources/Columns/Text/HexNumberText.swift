/// Numbers in hexadecimal digits (Format/Segment.md, node 0x4E).
public enum HexNumberText {
    /// Which letters a text has; a text without letters fits both cases.
    public struct Letters: OptionSet, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        public static let lower = Letters(rawValue: 1)
        public static let upper = Letters(rawValue: 2)
    }

    /// The number and the letters of up to 16 hexadecimal digits.
    @inline(__always)
    static func parse(_ text: borrowing Span<UInt8>) -> (number: UInt64, letters: Letters)? {
        let count = text.count
        guard count > 0, count <= 16 else { return nil }
        let tail = min(count, 8)
        let low = octet(text, at: count &- tail, count: tail)
        guard low.areDigits else { return nil }
        var number = UInt64(low.number)
        var hasLower = low.hasLower
        var hasUpper = low.hasUpper
        if count > 8 {
            let high = octet(text, at: 0, count: count &- 8)
            guard high.areDigits else { return nil }
            number |= UInt64(high.number) &<< 32
            hasLower = hasLower || high.hasLower
            hasUpper = hasUpper || high.hasUpper
        }
        return (number, Letters(rawValue: (hasLower ? 1 : 0) | (hasUpper ? 2 : 0)))
    }

    /// The number of a text padded with zeros to at least `digits`, its letters all of one case.
    @inline(__always)
    public static func parse(_ text: borrowing Span<UInt8>, isUpper: Bool, digits: Int) -> UInt64? {
        guard text.count >= digits, let (number, letters) = parse(text) else { return nil }
        guard text.count == digits || text[0] != UInt8(ascii: "0") else { return nil }
        return letters.contains(isUpper ? .lower : .upper) ? nil : number
    }

    @inline(__always)
    private static func octet(_ text: borrowing Span<UInt8>, at offset: Int, count: Int) -> HexDigits.Octet {
        let missingBits = UInt64(truncatingIfNeeded: 8 &* (8 &- count))
        let word = EightBytes.load(text, at: offset, count: count)
        let padding = missingBits == 0 ? 0 : EightBytes.zeroDigits &>> (64 &- missingBits)
        return HexDigits.octet(word &<< missingBits | padding)
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
