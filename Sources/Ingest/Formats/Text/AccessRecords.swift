import Bytes
import Times

/// Access logs of Apache, nginx and their kin: the common and the combined format, perhaps with the virtual host first.
struct AccessRecords: LineRecords {
    private let time: EventTime

    init(_ time: EventTime) { self.time = time }

    mutating func append(
        _ input: Span<UInt8>, _ line: Range<Int>, record: Range<Int>, to lines: inout JSONLines
    ) -> LineError.Reason? {
        guard let open = input.firstIndex(of: Byte.openBracket, in: line),
            let close = input.firstIndex(of: Byte.closeBracket, in: open..<line.upperBound),
            let nanoseconds = time.read(input.extracting(open + 1..<close))
        else { return .otherFormat }
        var head = WordWalk(line.lowerBound..<open)
        guard let first = head.next(input), let second = head.next(input), let third = head.next(input) else {
            return .otherFormat
        }
        var (client, user, virtualHost): (Range<Int>, Range<Int>, Range<Int>?) = (first, third, nil)
        let rest = input.trimmed(head.position..<open)
        if !rest.isEmpty {
            // A fourth word: the virtual host is first, unless the user's name has blanks.
            if input.equals("-", in: third) {
                (client, user, virtualHost) = (second, rest, first)
            } else {
                user = third.lowerBound..<rest.upperBound
            }
        }
        var words = WordWalk(close + 1..<line.upperBound)
        guard let request = words.nextQuoted(input), let status = words.next(input), let size = words.next(input),
            status.count == 3 || status.count == 1,
            Byte.isDigit(input[status.lowerBound]) || input.equals("-", in: status)
        else { return .otherFormat }
        let referrer = words.nextQuoted(input)
        let agent = words.nextQuoted(input)
        let other = input.trimmed(words.position..<line.upperBound)

        lines.beginLine()
        lines.member("timestamp", timestamp: nanoseconds)
        if !input.equals("-", in: status) {
            lines.key("status")
            lines.typedValue(input, status)
        }
        lines.member("message", string: input, request)
        lines.key("attributes")
        lines.beginObject()
        append("client.address", client, input, &lines)
        append("user.name", user, input, &lines)
        append("server.address", virtualHost, input, &lines)
        append(request: request, input, &lines)
        if !input.equals("-", in: size) {
            lines.key("http.response.body.size")
            lines.typedValue(input, size)
        }
        append("http.request.header.referer", referrer, input, &lines)
        append("user_agent.original", agent, input, &lines)
        append("other", other.isEmpty ? nil : other, input, &lines)
        lines.endObject()
        lines.endLine(record)
        return nil
    }

    private func append(_ name: StaticString, _ range: Range<Int>?, _ input: Span<UInt8>, _ lines: inout JSONLines) {
        guard let range, !input.equals("-", in: range) else { return }
        lines.member(name, string: input, range)
    }

    /// `GET /path HTTP/1.1`; anything else stays in the message alone.
    private func append(request: Range<Int>, _ input: Span<UInt8>, _ lines: inout JSONLines) {
        var words = WordWalk(request)
        guard let method = words.next(input), let target = words.next(input), let protocolName = words.next(input),
            words.position == request.upperBound
        else { return }
        lines.member("http.request.method", string: input, method)
        lines.member("url.original", string: input, target)
        lines.member("network.protocol", string: input, protocolName)
    }
}
