import Bytes
import Times

/// Log files of Kubernetes containers: `time stream F message`. Parts of a long line, marked P, are joined.
final class ContainerTranscoder: Transcoder {
    private let time: EventTime

    /// A message that was begun, on one of the streams.
    private struct Pending {
        var nanoseconds: Int64
        var stream: [UInt8]
        var message: [UInt8]
        var start: Int
        var end: Int
    }

    /// Messages that are not ended this far behind the first of them are taken as they are.
    private let limit = 1 << 20

    init(_ time: EventTime) { self.time = time }

    var state: [UInt8] { [] }

    func transcode(_ input: Span<UInt8>, isLast: Bool, into lines: inout JSONLines) -> Int {
        var walk = LineWalk(isLast: isLast)
        var pending: [Pending] = []
        // The last place at which no message was begun; all that is written behind it may have to be read again.
        var clean = 0
        var mark = lines.mark
        while let line = walk.next(input) {
            if !line.text.isEmpty, !append(input, line, &pending, &lines) { lines.fail(.otherFormat, line.whole) }
            if line.whole.upperBound - clean > limit { flush(&pending, &lines) }
            if pending.isEmpty {
                clean = walk.position
                mark = lines.mark
            }
        }
        if isLast {
            flush(&pending, &lines)
            return walk.position
        }
        lines.rollBack(to: mark)
        return clean
    }

    private func flush(_ pending: inout [Pending], _ lines: inout JSONLines) {
        for message in pending {
            write(
                message.nanoseconds, message.stream.span, 0..<message.stream.count, message.message.span,
                0..<message.message.count, message.start..<message.end, &lines)
        }
        pending = []
    }

    private func append(
        _ input: Span<UInt8>, _ line: LineWalk.Line, _ pending: inout [Pending], _ lines: inout JSONLines
    ) -> Bool {
        var words = WordWalk(line.text)
        guard let timeWord = words.next(input), let stream = words.next(input), let tag = words.next(input),
            let nanoseconds = time.read(input.extracting(timeWord))
        else { return false }
        let isPart = input.hasPrefix("P", at: tag.lowerBound)
        guard isPart || input.hasPrefix("F", at: tag.lowerBound),
            tag.count == 1 || input[tag.lowerBound + 1] == Byte.colon
        else { return false }
        let body = min(words.position + 1, line.text.upperBound)..<line.text.upperBound
        if let index = pending.firstIndex(where: { isSame($0.stream, input, stream) }) {
            pending[index].message += input.array(body)
            pending[index].end = line.whole.upperBound
            if !isPart {
                var done = [pending.remove(at: index)]
                flush(&done, &lines)
            }
        } else if isPart {
            pending.append(
                Pending(
                    nanoseconds: nanoseconds, stream: input.array(stream), message: input.array(body),
                    start: line.whole.lowerBound, end: line.whole.upperBound))
        } else {
            write(nanoseconds, input, stream, input, body, line.whole, &lines)
        }
        return true
    }

    private func isSame(_ name: [UInt8], _ input: Span<UInt8>, _ range: Range<Int>) -> Bool {
        name.count == range.count && name.indices.allSatisfy { name[$0] == input[range.lowerBound + $0] }
    }

    private func write(
        _ nanoseconds: Int64, _ streamText: Span<UInt8>, _ stream: Range<Int>, _ text: Span<UInt8>, _ body: Range<Int>,
        _ record: Range<Int>, _ lines: inout JSONLines
    ) {
        lines.beginLine()
        lines.member("timestamp", timestamp: nanoseconds)
        lines.severity(text, body)
        lines.member("message", string: text, body)
        lines.key("attributes")
        lines.beginObject()
        lines.member("log.iostream", string: streamText, stream)
        lines.endObject()
        lines.endLine(record)
    }
}
