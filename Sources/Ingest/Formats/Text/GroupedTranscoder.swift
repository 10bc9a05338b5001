import Bytes

/// How a format tells a line that begins an event from one that goes on with it.
protocol EventHeads {
    associatedtype Head

    /// What a line that begins an event says; nil for every other line.
    func head(_ input: Span<UInt8>, _ line: Range<Int>) -> Head?

    /// Writes the event of a head whose text goes on to `end`.
    func append(_ head: Head, _ input: Span<UInt8>, end: Int, record: Range<Int>, to lines: inout JSONLines)

    /// What must be known of the lines before.
    var state: [UInt8] { get }
}

/// Log lines of which those without a head, such as the lines of a stack trace, belong to the event before them.
final class GroupedTranscoder<Heads: EventHeads>: Transcoder {
    private let heads: Heads

    /// An event takes no line along that ends further behind its beginning.
    private let limit = 1 << 20

    init(_ heads: Heads) { self.heads = heads }

    var state: [UInt8] { heads.state }

    func transcode(_ input: Span<UInt8>, isLast: Bool, into lines: inout JSONLines) -> Int {
        var walk = LineWalk(isLast: isLast)
        var pending: Heads.Head?
        var start = 0
        var end = 0
        var recordEnd = 0
        while let line = walk.next(input) {
            if let head = heads.head(input, line.text) {
                if let pending { heads.append(pending, input, end: end, record: start..<recordEnd, to: &lines) }
                pending = head
                start = line.whole.lowerBound
            } else if let head = pending {
                if line.whole.upperBound - start > limit {
                    heads.append(head, input, end: end, record: start..<recordEnd, to: &lines)
                    pending = nil
                    lines.fail(.noTimestamp, line.whole)
                }
            } else if !input.trimmed(line.text).isEmpty {
                lines.fail(.noTimestamp, line.whole)
            }
            if !line.text.isEmpty { end = line.text.upperBound }
            recordEnd = line.whole.upperBound
        }
        guard let pending else { return walk.position }
        // The line that comes next may belong to it.
        guard isLast else { return start }
        heads.append(pending, input, end: end, record: start..<recordEnd, to: &lines)
        return walk.position
    }
}
