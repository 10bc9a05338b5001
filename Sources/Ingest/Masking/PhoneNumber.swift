import Bytes

/// Numbers of telephones: with a plus and their country's code, or as North America writes them.
enum PhoneNumber {
    private static let northAmericanForms: [StaticString] = [
        "(Ddd) Ddd-dddd", "(Ddd)Ddd-dddd", "(Ddd) Ddd dddd", "Ddd-Ddd-dddd", "Ddd.Ddd.dddd", "Ddd Ddd dddd",
    ]

    /// The number that begins at a place.
    static func range(in text: Span<UInt8>, at start: Int) -> Range<Int>? {
        if text[start] == UInt8(ascii: "+") { return international(in: text, at: start) }
        for form in northAmericanForms where DigitText.has(form, text, at: start) {
            let range = start..<start + form.utf8CodeUnitCount
            if DigitText.isApart(text, range) { return range }
        }
        return nil
    }

    private static func international(in text: Span<UInt8>, at plus: Int) -> Range<Int>? {
        guard !Byte.isWord(text.byte(at: plus - 1)), text.byte(at: plus + 1) != Byte.zero else { return nil }
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

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == Byte.space || byte == Byte.dash || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "(")
            || byte == UInt8(ascii: ")")
    }
}
