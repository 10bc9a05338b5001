import Bytes
import Storage

/// Secrets within texts.
enum SecretText {
    /// The value behind a name such as `password=`, of which the separator ends before `end`.
    static func pair(in text: Span<UInt8>, endingAt end: Int) -> MaskFinding? {
        var nameEnd = end - 1
        while nameEnd > 0, isAroundName(text[nameEnd - 1]) { nameEnd -= 1 }
        guard let name = SecretName(in: text, endingAt: nameEnd) else { return nil }
        var start = end
        // `=>` and `:=`; `==` compares.
        if text.byte(at: start) == Byte.equals {
            if text.byte(at: start - 1) == Byte.equals { return nil }
            start += 1
        } else if text.byte(at: start) == UInt8(ascii: ">") {
            start += 1
        }
        while Byte.isBlank(text.byte(at: start)) { start += 1 }
        guard let (range, isQuoted) = value(in: text, from: start, isAuthorization: name.kind == .token) else {
            return nil
        }
        guard isQuoted || name.kind == .password || looksRandom(text, range), !isPlaceholder(text, range) else {
            return nil
        }
        if name.mayBeDirectory, text[range.lowerBound] == UInt8(ascii: "/") || text.byte(at: start + 1) == Byte.colon {
            return nil
        }
        return MaskFinding(range: range, kind: name.kind)
    }

    /// The token of which the first bytes end before `end`.
    static func bearer(in text: Span<UInt8>, endingAt end: Int) -> Range<Int>? {
        let start = end - MaskPattern.bearerTokenByteCount
        guard start >= 7, !Byte.isWord(text.byte(at: start - 8)) else { return nil }
        var upper = end
        while isTokenByte(text.byte(at: upper)) { upper += 1 }
        while upper > start, text[upper - 1] == UInt8(ascii: ".") { upper -= 1 }
        return looksRandom(text, start..<upper) ? start..<upper : nil
    }

    /// The JSON web token of which the first bytes end before `end`: a header that names an algorithm, and two to four
    /// other parts.
    static func webToken(in text: Span<UInt8>, endingAt end: Int) -> Range<Int>? {
        let start = end - MaskPattern.webTokenByteCount
        let dot = UInt8(ascii: ".")
        guard start >= 0, !Byte.isURLSafe(text.byte(at: start - 1)) else { return nil }
        var dots: [Int] = []
        var upper = end
        while upper < text.count, Byte.isURLSafe(text[upper]) || text[upper] == dot && dots.count < 4 {
            if text[upper] == dot { dots.append(upper) }
            upper += 1
        }
        guard dots.count >= 2, dots[1] > dots[0] + 1, namesAlgorithm(text, start..<dots[0]) else { return nil }
        // A dot that ends a sentence belongs to nothing.
        if dots.count > 2, dots[dots.count - 1] == upper - 1 { upper -= 1 }
        return start..<upper
    }

    /// The private key whose first line's first words end before `end`.
    static func privateKey(in text: Span<UInt8>, endingAt end: Int) -> Range<Int>? {
        var start = end
        while start > 0, !text.hasPrefix("-----BEGIN", at: start) { start -= 1 }
        var upper = end
        while upper < text.count, !text.hasPrefix("-----END", at: upper) { upper += 1 }
        upper = min(upper + 8, text.count)
        while upper < text.count, !text.hasPrefix("-----", at: upper) { upper += 1 }
        return start..<min(upper + 5, text.count)
    }

    /// Whether a value stands for one that is not told.
    static func isPlaceholder(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if range.isEmpty || range.allSatisfy({ text[$0] == UInt8(ascii: "*") }) { return true }
        let words: [StaticString] = ["null", "nil", "none", "true", "false", "undefined"]
        return words.contains { isWord($0, text, range) }
    }

    // Values.

    private static func value(
        in text: Span<UInt8>, from start: Int, isAuthorization: Bool
    ) -> (Range<Int>, isQuoted: Bool)? {
        var position = start
        // Within JSON within JSON the quotes have backslashes.
        var backslashCount = 0
        while text.byte(at: position) == Byte.backslash {
            position += 1
            backslashCount += 1
        }
        let quote = text.byte(at: position)
        if quote == Byte.quote || quote == UInt8(ascii: "'") {
            let end = closing(quote, backslashCount, in: text, from: position + 1)
            return (position + 1..<end, true)
        }
        var end = start
        while end < text.count, !endsValue(text[end]) { end += 1 }
        if isAuthorization, text.byte(at: end) == Byte.space, isScheme(text, start..<end) {
            return value(in: text, from: end + 1, isAuthorization: false)
        }
        while end > start, text[end - 1] == Byte.backslash { end -= 1 }
        guard end > start, text[start] != Byte.openBrace, text[start] != Byte.openBracket,
            !text.hasPrefix("//", at: start)
        else { return nil }
        return (start..<end, false)
    }

    /// The place of the quote with as many backslashes, or of the first of those; the end when there is none.
    private static func closing(_ quote: UInt8, _ backslashCount: Int, in text: Span<UInt8>, from start: Int) -> Int {
        var backslashes = 0
        for index in start..<max(text.count, start) {
            let byte = text[index]
            if byte == Byte.backslash {
                backslashes += 1
                continue
            }
            // One with more of them stands inside.
            if byte == quote, backslashCount == 0 ? backslashes % 2 == 0 : backslashes <= backslashCount {
                return index - (backslashCount == 0 ? 0 : backslashes)
            }
            backslashes = 0
        }
        return text.count
    }

    /// Whether a word stands there, in either case.
    private static func isWord(_ word: StaticString, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard word.utf8CodeUnitCount == range.count else { return false }
        for index in range where unsafe text[index] | 0x20 != word.utf8Start[index - range.lowerBound] { return false }
        return true
    }

    private static func isScheme(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let schemes: [StaticString] = ["bearer", "basic", "digest", "token", "negotiate", "ntlm", "apikey"]
        return schemes.contains { isWord($0, text, range) }
    }

    /// What no word of a sentence is.
    private static func looksRandom(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        range.count >= 20 || range.count >= 8 && range.contains { Byte.isDigit(text[$0]) }
    }

    private static func isAroundName(_ byte: UInt8) -> Bool {
        Byte.isBlank(byte) || byte == Byte.quote || byte == UInt8(ascii: "'") || byte == Byte.backslash
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        Byte.isURLSafe(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~") || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: "/") || byte == Byte.equals
    }

    private static func endsValue(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...Byte.space, Byte.quote, UInt8(ascii: "&"), UInt8(ascii: "'"), Byte.comma, UInt8(ascii: ";"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"),
            UInt8(ascii: "|"):
            true
        default: false
        }
    }

    /// Whether base64 for URLs hides `"alg"`.
    private static func namesAlgorithm(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var decoded: [UInt8] = []
        var bits: UInt32 = 0
        var bitCount = 0
        for index in range.prefix(1024) {
            let byte = text[index]
            let digit: UInt8 =
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
                case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
                case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
                case Byte.dash: 62
                default: 63
                }
            bits = (bits << 6 | UInt32(digit)) & 0xFFFF
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
        let name = Array("\"alg\"".utf8)
        return decoded.indices.contains { decoded[$0...].starts(with: name) }
    }
}
