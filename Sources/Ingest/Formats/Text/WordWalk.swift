import Bytes

/// Goes from word to word of a line; blanks part words.
struct WordWalk {
    var position: Int
    let end: Int

    init(_ line: Range<Int>) {
        position = line.lowerBound
        end = line.upperBound
    }

    mutating func passBlanks(_ input: Span<UInt8>) {
        while position < end, Byte.isBlank(input[position]) { position += 1 }
    }

    mutating func next(_ input: Span<UInt8>) -> Range<Int>? {
        passBlanks(input)
        let start = position
        while position < end, !Byte.isBlank(input[position]) { position += 1 }
        return position > start ? start..<position : nil
    }

    /// A text in quotes, in which a backslash keeps a quote from closing it; or a word. Without the quotes.
    mutating func nextQuoted(_ input: Span<UInt8>) -> Range<Int>? {
        passBlanks(input)
        guard position < end, input[position] == Byte.quote else { return next(input) }
        let start = position + 1
        guard let close = JSONScan.endOfString(input, from: position), close <= end else { return nil }
        position = close
        return start..<close - 1
    }
}
