import Bytes
import Times

/// Log lines with a time at their beginning, or behind a few words.
struct TextHeads: EventHeads {
    struct Head {
        var nanoseconds: Int64
        /// The words before the time.
        var prefix: Range<Int>
        var body: Int
    }

    private let time: EventTime
    /// How many words stand before the time.
    let wordCount: Int

    static let maximumWordCount = 6

    init(_ time: EventTime, wordCount: Int) {
        self.time = time
        self.wordCount = wordCount
    }

    /// The number of words is found anew by looking at the beginning of the input.
    var state: [UInt8] { [] }

    func head(_ input: Span<UInt8>, _ line: Range<Int>) -> Head? {
        var start = line.lowerBound
        for _ in 0..<wordCount {
            while start < line.upperBound, !Byte.isBlank(input[start]) { start += 1 }
            while start < line.upperBound, Byte.isBlank(input[start]) { start += 1 }
        }
        guard start < line.upperBound else { return nil }
        let opening = input[start]
        let isBracketed = opening == Byte.openBracket || opening == UInt8(ascii: "(") || opening == UInt8(ascii: "<")
        let first = isBracketed ? start + 1 : start
        guard let (nanoseconds, end) = time.readLeading(input, in: first..<line.upperBound) else { return nil }
        let next = end < line.upperBound ? input[end] : Byte.space
        guard !Byte.isLetter(next), !Byte.isDigit(next), next != Byte.quote else { return nil }
        return Head(
            nanoseconds: nanoseconds, prefix: input.trimmed(line.lowerBound..<start),
            body: body(input, end..<line.upperBound, isBracketed))
    }

    /// Where the text behind a time begins, without what only parts the two.
    private func body(_ input: Span<UInt8>, _ range: Range<Int>, _ isBracketed: Bool) -> Int {
        var index = range.lowerBound
        func byte() -> UInt8 { index < range.upperBound ? input[index] : 0 }
        func passBlanks() { while Byte.isBlank(byte()) { index += 1 } }
        if isBracketed, [Byte.closeBracket, UInt8(ascii: ")"), UInt8(ascii: ">")].contains(byte()) { index += 1 }
        passBlanks()
        switch byte() {
        case Byte.comma, Byte.colon, UInt8(ascii: "|"): index += 1
        case Byte.dash where index + 1 < range.upperBound && Byte.isBlank(input[index + 1]): index += 1
        default: break
        }
        passBlanks()
        return index
    }

    func append(_ head: Head, _ input: Span<UInt8>, end: Int, record: Range<Int>, to lines: inout JSONLines) {
        let body = head.body..<max(head.body, end)
        lines.beginLine()
        lines.member("timestamp", timestamp: head.nanoseconds)
        lines.severity(input, body)
        lines.member("message", string: input, body)
        if !head.prefix.isEmpty {
            lines.key("attributes")
            lines.beginObject()
            lines.member("prefix", string: input, head.prefix)
            lines.endObject()
        }
        lines.endLine(record)
    }
}
