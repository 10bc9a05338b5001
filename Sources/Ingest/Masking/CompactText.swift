import Bytes

/// The parts of compact JSON that is known to be right.
enum CompactText {
    /// Behind the string, number or word that begins at a place.
    static func endOfScalar(_ text: Span<UInt8>, from start: Int) -> Int {
        var position = start + 1
        if text[start] == Byte.quote {
            while text[position] != Byte.quote { position += text[position] == Byte.backslash ? 2 : 1 }
            return position + 1
        }
        while position < text.count, text[position] != Byte.comma, text[position] != Byte.closeBracket,
            text[position] != Byte.closeBrace
        {
            position += 1
        }
        return position
    }

    /// What stands between the quotes of a string, without the escapes that compact JSON has.
    static func unescaped(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            guard text[position] == Byte.backslash else {
                result.append(text[position])
                position += 1
                continue
            }
            switch text[position + 1] {
            case UInt8(ascii: "b"): result.append(8)
            case UInt8(ascii: "t"): result.append(Byte.tab)
            case UInt8(ascii: "n"): result.append(Byte.lineFeed)
            case UInt8(ascii: "f"): result.append(12)
            case UInt8(ascii: "r"): result.append(Byte.carriageReturn)
            case UInt8(ascii: "u"):
                result.append(hexValue(text[position + 4]) << 4 | hexValue(text[position + 5]))
                position += 4
            default: result.append(text[position + 1])
            }
            position += 2
        }
        return result
    }

    static func hexValue(_ digit: UInt8) -> UInt8 {
        Byte.isDigit(digit) ? digit - Byte.zero : (digit | 0x20) &- UInt8(ascii: "a") &+ 10
    }
}
