import Bytes

/// Finds the next line that begins with `{` in what comes in parts.
struct LongStrayScan {
    /// Nothing but blanks and commas stands before, on this line.
    private var isAtLineStart = false

    /// The place of the brace, nil when it is further on.
    mutating func end(_ input: Span<UInt8>) -> Int? {
        var index = 0
        while index < input.count {
            if !isAtLineStart {
                guard let lineFeed = input.firstIndex(of: Byte.lineFeed, from: index) else { return nil }
                index = lineFeed + 1
                isAtLineStart = true
                continue
            }
            let byte = input[index]
            if byte == Byte.openBrace { return index }
            isAtLineStart = Byte.isBlank(byte) || byte == Byte.comma || byte == Byte.lineFeed
            index += 1
        }
        return nil
    }
}
