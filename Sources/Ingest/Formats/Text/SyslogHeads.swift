import Bytes
import Times

/// Syslog lines: RFC 5424, and what programs write that RFC 3164 describes.
struct SyslogHeads: EventHeads {
    struct Head {
        var priority: Int?
        var nanoseconds: Int64
        var host: Range<Int>?
        var program: Range<Int>?
        var process: Range<Int>?
        var messageId: Range<Int>?
        var data: Range<Int>?
        var body: Int
    }

    private let time: EventTime

    init(_ time: EventTime) { self.time = time }

    var state: [UInt8] { [] }

    func head(_ input: Span<UInt8>, _ line: Range<Int>) -> Head? {
        var words = WordWalk(line)
        let priority = readPriority(input, &words)
        if priority != nil, input.hasPrefix("1 ", at: words.position) {
            words.position += 2
            return newHead(input, &words, priority)
        }
        guard let (nanoseconds, end) = time.readLeading(input, in: words.position..<line.upperBound),
            end < line.upperBound, Byte.isBlank(input[end])
        else { return nil }
        words.position = end
        guard let host = words.next(input) else { return nil }
        words.passBlanks(input)
        var head = Head(priority: priority, nanoseconds: nanoseconds, host: host, body: words.position)
        readTag(input, line, &head)
        return head
    }

    /// `<13>`
    private func readPriority(_ input: Span<UInt8>, _ words: inout WordWalk) -> Int? {
        guard input.byte(at: words.position) == UInt8(ascii: "<") else { return nil }
        var index = words.position + 1
        var value = 0
        while index < words.end, index - words.position <= 3, Byte.isDigit(input[index]) {
            value = value * 10 + Int(input[index] - Byte.zero)
            index += 1
        }
        guard index > words.position + 1, index < words.end, input[index] == UInt8(ascii: ">"), value < 192 else {
            return nil
        }
        words.position = index + 1
        return value
    }

    /// `2003-10-11T22:14:15.003Z host program 8710 ID47 [id key="value"] message`
    private func newHead(_ input: Span<UInt8>, _ words: inout WordWalk, _ priority: Int?) -> Head? {
        guard let timeWord = words.next(input), let nanoseconds = time.read(input.extracting(timeWord)),
            let host = words.next(input), let program = words.next(input), let process = words.next(input),
            let messageId = words.next(input)
        else { return nil }
        words.passBlanks(input)
        var head = Head(priority: priority, nanoseconds: nanoseconds, body: words.position)
        func present(_ range: Range<Int>) -> Range<Int>? { input.equals("-", in: range) ? nil : range }
        head.host = present(host)
        head.program = present(program)
        head.process = present(process)
        head.messageId = present(messageId)
        if input.byte(at: words.position) == Byte.openBracket, words.position < words.end {
            let start = words.position
            guard let end = StructuredData.end(input, start..<words.end) else { return nil }
            head.data = start..<end
            words.position = end
        } else if input.byte(at: words.position) == Byte.dash {
            words.position += 1
        }
        if words.position < words.end, Byte.isBlank(input[words.position]) { words.position += 1 }
        if input.hasPrefix("\u{FEFF}", at: words.position) { words.position += 3 }
        head.body = min(words.position, words.end)
        return head
    }

    /// `program[123]:` or `program:`
    private func readTag(_ input: Span<UInt8>, _ line: Range<Int>, _ head: inout Head) {
        let start = head.body
        var index = start
        while index < line.upperBound, index - start < 64, !Byte.isBlank(input[index]), input[index] != Byte.colon,
            input[index] != Byte.openBracket
        {
            index += 1
        }
        guard index > start, index < line.upperBound else { return }
        let program = start..<index
        var process: Range<Int>?
        if input[index] == Byte.openBracket {
            guard let close = input.firstIndex(of: Byte.closeBracket, in: index..<line.upperBound) else { return }
            process = index + 1..<close
            index = close + 1
        }
        guard index < line.upperBound, input[index] == Byte.colon else { return }
        index += 1
        if index < line.upperBound, Byte.isBlank(input[index]) { index += 1 }
        head.program = program
        head.process = process
        head.body = index
    }

    private static let severities: [StaticString] = [
        "EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARN", "NOTICE", "INFO", "DEBUG",
    ]

    func append(_ head: Head, _ input: Span<UInt8>, end: Int, record: Range<Int>, to lines: inout JSONLines) {
        lines.beginLine()
        lines.member("timestamp", timestamp: head.nanoseconds)
        if let host = head.host { lines.member("host", string: input, host) }
        if let program = head.program { lines.member("service", string: input, program) }
        if let priority = head.priority { lines.member("severity", string: Self.severities[priority & 7]) }
        lines.member("message", string: input, head.body..<max(head.body, end))
        if head.process != nil || head.messageId != nil || head.data != nil || head.priority != nil {
            lines.key("attributes")
            lines.beginObject()
            if let process = head.process {
                lines.key("processId")
                lines.typedValue(input, process)
            }
            if let priority = head.priority { lines.member("facility", integer: Int64(priority >> 3)) }
            if let messageId = head.messageId { lines.member("messageId", string: input, messageId) }
            if let data = head.data {
                lines.key("structuredData")
                StructuredData.append(input, data, to: &lines)
            }
            lines.endObject()
        }
        lines.endLine(record)
    }
}
