import Bytes

/// Lines of `key=value key="a value" flag`.
struct LogfmtRecords: LineRecords {
    mutating func append(
        _ input: Span<UInt8>, _ line: Range<Int>, record: Range<Int>, to lines: inout JSONLines
    ) -> LineError.Reason? {
        var words = WordWalk(line)
        var pairCount = 0
        lines.beginLine()
        while true {
            words.passBlanks(input)
            let start = words.position
            var index = start
            while index < words.end, !Byte.isBlank(input[index]), input[index] != Byte.equals,
                input[index] != Byte.quote
            {
                index += 1
            }
            guard start < words.end else { break }
            guard index > start, index == words.end || input[index] != Byte.quote else { return .otherFormat }
            lines.key(input, start..<index)
            words.position = index
            guard index < words.end, input[index] == Byte.equals else {
                lines.raw("true")
                continue
            }
            words.position = index + 1
            pairCount += 1
            if let reason = appendValue(input, &words, &lines) { return reason }
        }
        guard pairCount > 0 else { return .otherFormat }
        lines.endLine(record)
        return nil
    }

    private func appendValue(
        _ input: Span<UInt8>, _ words: inout WordWalk, _ lines: inout JSONLines
    ) -> LineError.Reason? {
        let start = words.position
        if start < words.end, input[start] == Byte.quote {
            guard let end = JSONScan.endOfString(input, from: start), end <= words.end else { return .unclosedQuote }
            words.position = end
            if input.firstIndex(of: Byte.backslash, in: start..<end) == nil {
                lines.string(input, start + 1..<end - 1)
            } else {
                let text = Self.json(input, start + 1..<end - 1)
                lines.raw(text.span, 0..<text.count)
            }
            return nil
        }
        while words.position < words.end, !Byte.isBlank(input[words.position]) { words.position += 1 }
        lines.typedValue(input, start..<words.position)
        return nil
    }

    /// A text with escapes as a JSON string: escapes that JSON has too stay, other backslashes are text.
    private static func json(_ input: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var text: [UInt8] = [Byte.quote]
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = input[index]
            if byte == Byte.backslash, index + 1 < range.upperBound {
                let next = input[index + 1]
                if "\"\\/bfnrt".utf8.contains(next)
                    || next == UInt8(ascii: "u") && isUnicodeEscape(input, index + 2, range.upperBound)
                {
                    text += [byte, next]
                    index += 2
                    continue
                }
            }
            text += JSONText.quoted(CollectionOfOne(byte)).dropFirst().dropLast()
            index += 1
        }
        return text + [Byte.quote]
    }

    /// Four hexadecimal digits that are no half of a pair.
    private static func isUnicodeEscape(_ input: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard start + 4 <= end else { return false }
        var value: UInt32 = 0
        for index in start..<start + 4 {
            guard let digit = Character(Unicode.Scalar(input[index])).hexDigitValue else { return false }
            value = value << 4 | UInt32(digit)
        }
        return Unicode.Scalar(value) != nil
    }
}
