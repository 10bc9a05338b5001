/// Bytes in hexadecimal digits (Format/Segment.md, node 0x4A).
enum HexText {
    /// Whether a text is all hexadecimal digits, none of them a letter of the other case.
    @inline(__always)
    static func letters(_ text: borrowing Span<UInt8>, fit isUpper: Bool) -> Bool {
        var isFit = true
        visit(text) { octet, _ in isFit = isFit && octet.areDigits && !(isUpper ? octet.hasLower : octet.hasUpper) }
        return isFit
    }

    /// Appends the bytes of a text of an even number of digits; false, and nothing appended, when it is none.
    @inline(__always)
    static func append(_ text: borrowing Span<UInt8>, isUpper: Bool, to bytes: inout [UInt8]) -> Bool {
        guard letters(text, fit: isUpper) else { return false }
        visit(text) { octet, digitCount in
            var number = octet.number.byteSwapped
            for _ in 0..<digitCount / 2 {
                bytes.append(UInt8(truncatingIfNeeded: number))
                number >>= 8
            }
        }
        return true
    }

    /// Calls `body` with each eight digits; at the end fewer, which are then followed by zeros.
    @inline(__always)
    private static func visit(_ text: borrowing Span<UInt8>, _ body: (HexDigits.Octet, _ digitCount: Int) -> Void) {
        var offset = 0
        while offset < text.count {
            let count = min(8, text.count &- offset)
            let word = EightBytes.load(text, at: offset, count: count)
            let padding = count == 8 ? 0 : EightBytes.zeroDigits &<< UInt64(truncatingIfNeeded: 8 &* count)
            body(HexDigits.octet(word | padding), count)
            offset &+= count
        }
    }
}
