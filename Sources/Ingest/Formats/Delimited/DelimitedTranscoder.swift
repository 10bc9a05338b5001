import Bytes

/// CSV and TSV with a header line: a row becomes an object with a member for each cell that is not empty.
final class DelimitedTranscoder: Transcoder {
    private let separator: UInt8
    /// The header line as it stands in the input.
    private var headerLine: [UInt8] = []
    private var header: DelimitedHeader?

    init(separator: UInt8, state: [UInt8]) {
        self.separator = separator
        guard !state.isEmpty else { return }
        headerLine = state
        let end = readHeader(state.span, at: 0, isLast: true)
        precondition(end != nil, "a header line that was whole before is whole")
    }

    var state: [UInt8] { headerLine }

    func transcode(_ input: Span<UInt8>, isLast: Bool, into lines: inout JSONLines) -> Int {
        var position = 0
        while position < input.count {
            if input[position] == Byte.lineFeed {
                position += 1
                continue
            }
            if input[position] == Byte.carriageReturn {
                guard position + 1 < input.count || isLast else { break }
                if input.byte(at: position + 1) == Byte.lineFeed || position + 1 == input.count {
                    position += 1
                    continue
                }
            }
            let end =
                header == nil
                ? readHeader(input, at: position, isLast: isLast) : appendRow(input, at: position, isLast, &lines)
            guard let end else { break }
            position = end
        }
        return position
    }

    /// Reads the header line and returns its end, nil when it is not whole.
    private func readHeader(_ input: Span<UInt8>, at start: Int, isLast: Bool) -> Int? {
        var row = DelimitedRow(separator: separator, at: start)
        var names: [[UInt8]] = []
        while true {
            switch row.next(input, isLast: isLast) {
            case .unfinished: return nil
            case .unclosedQuote:
                // Taken as it stands: every row will then have too many cells and say so.
                names.append(input.array(start..<input.count))
                return finishHeader(input, start..<input.count, names)
            case .cell(let cell, let isLastCell):
                switch cell {
                case .range(let range): names.append(input.array(range))
                case .text(let text): names.append(text)
                }
                if isLastCell { return finishHeader(input, start..<row.position, names) }
            }
        }
    }

    private func finishHeader(_ input: Span<UInt8>, _ range: Range<Int>, _ names: [[UInt8]]) -> Int {
        headerLine = input.array(range)
        header = DelimitedHeader(names: names)
        return range.upperBound
    }

    /// Writes a row and returns its end, nil when it is not whole.
    private func appendRow(_ input: Span<UInt8>, at start: Int, _ isLast: Bool, _ lines: inout JSONLines) -> Int? {
        guard let header else { return nil }
        let mark = lines.mark
        var row = DelimitedRow(separator: separator, at: start)
        var cellCount = 0
        lines.beginLine()
        while true {
            switch row.next(input, isLast: isLast) {
            case .unfinished:
                lines.rollBack(to: mark)
                return nil
            case .unclosedQuote:
                lines.rollBack(to: mark)
                // One stray quote must not take all the rows behind it along.
                let end = input.firstIndex(of: Byte.lineFeed, from: start).map { $0 + 1 } ?? input.count
                lines.fail(.unclosedQuote, start..<end)
                return end
            case .cell(let cell, let isLastCell):
                if cellCount < header.keys.count { append(cell, header.keys[cellCount], input, &lines) }
                cellCount += 1
                guard isLastCell else { continue }
                if cellCount == header.keys.count {
                    lines.endLine(start..<row.position)
                } else {
                    lines.rollBack(to: mark)
                    lines.fail(.otherCellCount, start..<row.position)
                }
                return row.position
            }
        }
    }

    @inline(__always)
    private func append(
        _ cell: DelimitedRow.Cell, _ key: [UInt8], _ input: Span<UInt8>, _ lines: inout JSONLines
    ) {
        switch cell {
        case .range(let range):
            guard !range.isEmpty else { return }
            lines.separate()
            lines.raw(key.span, 0..<key.count)
            lines.typedValue(input, range)
        case .text(let text):
            lines.separate()
            lines.raw(key.span, 0..<key.count)
            lines.typedValue(text.span, 0..<text.count)
        }
    }
}
