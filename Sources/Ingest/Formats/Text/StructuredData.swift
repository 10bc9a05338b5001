import Bytes

/// The structured data of RFC 5424: `[id key="value" other="value"][id2]`.
enum StructuredData {
    /// The end of the elements that begin the range; nil when one is not closed.
    static func end(_ input: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound, input[index] == Byte.openBracket {
            var isQuoted = false
            index += 1
            while index < range.upperBound, isQuoted || input[index] != Byte.closeBracket {
                if input[index] == Byte.backslash, isQuoted {
                    index += 1
                } else if input[index] == Byte.quote {
                    isQuoted.toggle()
                }
                index += 1
            }
            guard index < range.upperBound else { return nil }
            index += 1
        }
        return index
    }

    /// Writes the elements as objects of strings by their ids.
    static func append(_ input: Span<UInt8>, _ range: Range<Int>, to lines: inout JSONLines) {
        lines.beginObject()
        var index = range.lowerBound
        while index < range.upperBound {
            index += 1
            lines.key(input, word(input, &index, range.upperBound))
            lines.beginObject()
            while index < range.upperBound, input[index] != Byte.closeBracket {
                parameter(input, &index, range.upperBound, &lines)
            }
            lines.endObject()
            index += 1
        }
        lines.endObject()
    }

    private static func word(_ input: Span<UInt8>, _ index: inout Int, _ end: Int) -> Range<Int> {
        let start = index
        while index < end, !Byte.isBlank(input[index]), input[index] != Byte.equals, input[index] != Byte.closeBracket,
            input[index] != Byte.quote
        {
            index += 1
        }
        return start..<index
    }

    private static func parameter(_ input: Span<UInt8>, _ index: inout Int, _ end: Int, _ lines: inout JSONLines) {
        let start = index
        while index < end, Byte.isBlank(input[index]) { index += 1 }
        let key = word(input, &index, end)
        if !key.isEmpty { lines.key(input, key) }
        if index < end, input[index] == Byte.equals { index += 1 }
        var value: [UInt8] = []
        if index < end, input[index] == Byte.quote {
            index += 1
            while index < end, input[index] != Byte.quote {
                if input[index] == Byte.backslash, index + 1 < end,
                    [Byte.quote, Byte.backslash, Byte.closeBracket].contains(input[index + 1])
                {
                    index += 1
                }
                value.append(input[index])
                index += 1
            }
            index += 1
        }
        if !key.isEmpty { lines.string(value.span, 0..<value.count) }
        if index == start { index += 1 }
    }
}
