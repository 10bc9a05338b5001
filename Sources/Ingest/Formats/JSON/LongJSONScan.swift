import Bytes

/// Finds the end of a JSON value that comes in parts.
struct LongJSONScan {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// The place behind the value, nil when it goes on.
    mutating func end(_ input: Span<UInt8>) -> Int? {
        for index in 0..<input.count {
            let byte = input[index]
            if isEscaped {
                isEscaped = false
            } else if isInString {
                if byte == Byte.quote { isInString = false } else { isEscaped = byte == Byte.backslash }
            } else {
                switch byte {
                case Byte.quote: isInString = true
                case Byte.openBrace, Byte.openBracket: depth += 1
                case Byte.closeBrace, Byte.closeBracket: depth -= 1
                default: break
                }
                if depth <= 0 { return index + 1 }
            }
        }
        return nil
    }
}
