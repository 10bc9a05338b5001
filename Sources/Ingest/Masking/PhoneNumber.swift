/// Numbers of telephones: with a plus and their country's code, or as North America writes them.
enum PhoneNumber {
    /// The number that begins with the plus at a place.
    static func international(in text: Span<UInt8>, at plus: Int) -> Range<Int>? {
        guard plus >= 0, !Byte.isWord(text.byte(at: plus - 1)), text.byte(at: plus + 1) != Byte.zero else { return nil }
        var index = plus + 1
        var upper = index
        var digitCount = 0
        var groupDigitCount = 0
        while index < text.count {
            let byte = text[index]
            if Byte.isDigit(byte) {
                digitCount += 1
                groupDigitCount += 1
                upper = index + 1
            } else {
                // Digits without any separator are the whole number; at most two separators stand together.
                guard isSeparator(byte), index - upper < 2, groupDigitCount < 8 else { break }
                groupDigitCount = 0
            }
            index += 1
        }
        guard digitCount >= 8, digitCount <= 15, !Byte.isWord(text.byte(at: upper)) else { return nil }
        return plus..<upper
    }

    /// A number of ten digits that ends before `end`.
    static func northAmerican(in text: Span<UInt8>, endingAt end: Int, byteCount: Int) -> Range<Int>? {
        let start = end - byteCount
        guard start >= 0, !joins(text, start - 1, start - 2), !joins(text, end, end + 1) else { return nil }
        return start..<end
    }

    private static func joins(_ text: Span<UInt8>, _ beside: Int, _ beyond: Int) -> Bool {
        let byte = text.byte(at: beside)
        return Byte.isURLSafe(byte) || byte == UInt8(ascii: ".") && Byte.isDigit(text.byte(at: beyond))
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == Byte.space || byte == Byte.dash || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "(")
            || byte == UInt8(ascii: ")")
    }
}
