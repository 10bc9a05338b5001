import Bytes
import Storage

/// Records that became no event: bytes that may be JSON, whole or broken.
enum RecordText {
    /// The bytes with the shortest escapes: longer ones could hide what must be masked.
    static func withoutNeedlessEscapes(_ record: [UInt8]) -> [UInt8] {
        guard record.contains(Byte.backslash) else { return record }
        var result: [UInt8] = []
        result.reserveCapacity(record.count)
        let text = record.span
        var position = 0
        while position < record.count {
            let next = text.byte(at: position + 1)
            guard record[position] == Byte.backslash, position + 1 < record.count else {
                result.append(record[position])
                position += 1
                continue
            }
            if next == UInt8(ascii: "/") {
                result.append(next)
                position += 2
            } else if let scalar = scalar(text, escapedAt: position) {
                if scalar == "\"" || scalar == "\\" { result.append(Byte.backslash) }
                result += Array(String(scalar).utf8)
                position += 6
            } else {
                result += [Byte.backslash, next]
                position += 2
            }
        }
        return result
    }

    /// The character of an escape such as `\u0040`, unless it is a control character or half of one.
    private static func scalar(_ text: Span<UInt8>, escapedAt position: Int) -> Unicode.Scalar? {
        guard text.byte(at: position + 1) == UInt8(ascii: "u") else { return nil }
        var value: UInt32 = 0
        for index in position + 2..<position + 6 {
            guard Byte.isHexDigit(text.byte(at: index)) else { return nil }
            value = value << 4 | UInt32(CompactText.hexValue(text[index]))
        }
        return value >= 0x20 ? Unicode.Scalar(value) : nil
    }

    /// The value behind a key, which ends with a quote or an equals sign before `end`.
    static func fieldValue(in text: Span<UInt8>, behind end: Int) -> MaskFinding? {
        var start = end
        while Byte.isBlank(text.byte(at: start)) { start += 1 }
        if text.byte(at: end - 1) == Byte.quote {
            guard text.byte(at: start) == Byte.colon else { return nil }
            start += 1
            while Byte.isBlank(text.byte(at: start)) { start += 1 }
        }
        guard start < text.count else { return nil }
        var upper = start + 1
        switch text[start] {
        case Byte.quote:
            start += 1
            while upper < text.count, text[upper] != Byte.quote { upper += text[upper] == Byte.backslash ? 2 : 1 }
            upper = min(upper, text.count)
        case Byte.openBrace, Byte.openBracket: upper = endOfNested(text, from: start)
        default: while upper < text.count, !endsScalar(text[upper]) { upper += 1 }
        }
        return start < upper ? MaskFinding(range: start..<upper, kind: .field) : nil
    }

    private static func endOfNested(_ text: Span<UInt8>, from start: Int) -> Int {
        var depth = 0
        var isInString = false
        var position = start
        while position < text.count {
            let byte = text[position]
            position += byte == Byte.backslash ? 2 : 1
            if byte == Byte.quote { isInString.toggle() }
            guard !isInString else { continue }
            if byte == Byte.openBrace || byte == Byte.openBracket { depth += 1 }
            if byte == Byte.closeBrace || byte == Byte.closeBracket { depth -= 1 }
            if depth == 0 { return position }
        }
        return text.count
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        byte <= Byte.space || byte == Byte.comma || byte == Byte.closeBrace || byte == Byte.closeBracket
            || byte == UInt8(ascii: "&") || byte == UInt8(ascii: ";")
    }
}
