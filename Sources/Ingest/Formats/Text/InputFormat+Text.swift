import Bytes
import Times

/// Recognises formats of lines by reading the first of them.
extension InputFormat {
    private static let lineCount = 200

    /// The lines at the beginning that are not empty.
    private static func lines(_ head: Span<UInt8>) -> [Range<Int>] {
        var walk = LineWalk(isLast: head.count < EventInput.detectionByteCount)
        var lines: [Range<Int>] = []
        while lines.count < lineCount, let line = walk.next(head) {
            if !head.trimmed(line.text).isEmpty { lines.append(line.text) }
        }
        return lines
    }

    static func detectText(_ head: Span<UInt8>, _ start: Int, _ time: EventTime) -> InputFormat? {
        if head.hasPrefix("#separator", at: start) || head.hasPrefix("#fields", at: start) { return .zeek }
        let lines = lines(head)
        guard let first = lines.first else { return nil }
        /// Whether most lines are of a format.
        func are(_ percentage: Int, _ isOne: (Range<Int>) -> Bool) -> Bool {
            lines.count(where: isOne) * 100 >= lines.count * percentage
        }
        // Programs that log JSON often say something else first.
        if are(50, { head[$0.lowerBound] == Byte.openBrace }) { return .ndjson }
        var scratch = JSONLines()
        if are(80, { isContainerLine(head, $0, time) }) { return .cri }
        var access = AccessRecords(time)
        if lines.count(where: { access.append(head, $0, record: 0..<0, to: &scratch) == nil }) * 5 >= lines.count * 4 {
            return .access
        }
        if are(50, { isSyslogLine(head, $0, time) }) { return .syslog }
        let isTimed = timedWordCount(head, [first], time) != nil
        if !isTimed, let format = detectDelimited(head, start, needsRows: true) { return format }
        if are(80, { isLogfmtLine(head, $0) }) { return .logfmt }
        if timedWordCount(head, lines, time) != nil { return .text }
        return isTimed ? nil : detectDelimited(head, start, needsRows: false)
    }

    /// How many words stand before the times of text lines; nil when hardly any line has one.
    static func timedWordCount(_ head: Span<UInt8>, _ time: EventTime) -> Int? {
        timedWordCount(head, lines(head), time)
    }

    private static func timedWordCount(_ head: Span<UInt8>, _ lines: [Range<Int>], _ time: EventTime) -> Int? {
        var best = (wordCount: 0, lineCount: 0)
        for wordCount in 0...TextHeads.maximumWordCount {
            let heads = TextHeads(time, wordCount: wordCount)
            let found = lines.count { heads.head(head, $0) != nil }
            if found > best.lineCount { best = (wordCount, found) }
        }
        return best.lineCount > 0 && best.lineCount * 20 >= lines.count ? best.wordCount : nil
    }

    private static func isContainerLine(_ head: Span<UInt8>, _ line: Range<Int>, _ time: EventTime) -> Bool {
        var words = WordWalk(line)
        guard let timeWord = words.next(head), let stream = words.next(head), let tag = words.next(head) else {
            return false
        }
        return (head.equals("stdout", in: stream) || head.equals("stderr", in: stream))
            && (head.equals("F", in: tag) || head.equals("P", in: tag))
            && time.read(head.extracting(timeWord)) != nil
    }

    private static func isSyslogLine(_ head: Span<UInt8>, _ line: Range<Int>, _ time: EventTime) -> Bool {
        guard let found = SyslogHeads(time).head(head, line) else { return false }
        if found.priority != nil { return true }
        // Many programs write a time, a severity, and a name with a colon.
        return found.program != nil && (found.host.map { SeverityText.find(head, $0) == nil } ?? false)
            && found.host.map { Byte.isLetter(head[$0.lowerBound]) || Byte.isDigit(head[$0.lowerBound]) } ?? false
    }

    private static func isLogfmtLine(_ head: Span<UInt8>, _ line: Range<Int>) -> Bool {
        var scratch = JSONLines()
        var records = LogfmtRecords()
        var words = WordWalk(line)
        guard let first = words.next(head), let equals = head.firstIndex(of: Byte.equals, in: first),
            equals > first.lowerBound
        else { return false }
        return records.append(head, line, record: 0..<0, to: &scratch) == nil
    }
}
