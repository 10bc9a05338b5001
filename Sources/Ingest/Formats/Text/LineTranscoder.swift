import Bytes

/// What becomes of the lines of a format in which each line is a record.
protocol LineRecords {
    /// Writes the event of a line, which is not empty and has no line end, or tells why it has none; then what was
    /// written is taken back.
    mutating func append(
        _ input: Span<UInt8>, _ line: Range<Int>, record: Range<Int>, to lines: inout JSONLines
    ) -> LineError.Reason?

    /// What must be known of the lines before.
    var state: [UInt8] { get }
}

extension LineRecords {
    var state: [UInt8] { [] }
}

/// A format in which each line is a record.
final class LineTranscoder<Records: LineRecords>: Transcoder {
    private var records: Records

    init(_ records: Records) { self.records = records }

    var state: [UInt8] { records.state }

    func transcode(_ input: Span<UInt8>, isLast: Bool, into lines: inout JSONLines) -> Int {
        var walk = LineWalk(isLast: isLast)
        while let line = walk.next(input) {
            guard !input.trimmed(line.text).isEmpty else { continue }
            let mark = lines.mark
            if let reason = records.append(input, line.text, record: line.whole, to: &lines) {
                lines.rollBack(to: mark)
                lines.fail(reason, line.whole)
            }
        }
        return walk.position
    }
}
