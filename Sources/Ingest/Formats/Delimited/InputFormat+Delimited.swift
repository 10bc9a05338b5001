import Bytes

/// Recognises CSV and TSV.
extension InputFormat {
    private static let separators: [UInt8] = [
        Byte.comma, Byte.tab, UInt8(ascii: ";"), UInt8(ascii: "|"),
    ]

    /// CSV or TSV when the first line can be a header and the rows behind it have as many cells.
    static func detectDelimited(_ head: Span<UInt8>, _ start: Int, needsRows: Bool) -> InputFormat? {
        let separator = separator(head)
        var row = DelimitedRow(separator: separator, at: start)
        guard let names = cells(head, &row), names.count > 1, names.allSatisfy({ isName($0.span) }),
            names.filter({ $0.isEmpty }).count < 2
        else { return nil }
        var rowCount = 0
        while row.position < head.count, rowCount < 100, let cells = cells(head, &row) {
            guard cells.count == names.count || cells == [[]] else { return nil }
            rowCount += 1
        }
        // A header alone may be too long for the head, or all there is.
        guard rowCount > 0 || !needsRows else { return nil }
        return separator == Byte.tab ? .tsv : .csv
    }

    /// The separator that the first line has most of outside of quotes.
    static func separator(_ head: Span<UInt8>) -> UInt8 {
        var counts = [Int](repeating: 0, count: separators.count)
        var isQuoted = false
        for index in 0..<head.count {
            let byte = head[index]
            if byte == Byte.quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == Byte.lineFeed { break }
            if let found = separators.firstIndex(of: byte) { counts[found] += 1 }
        }
        let best = counts.indices.max { counts[$0] < counts[$1] || counts[$0] == counts[$1] && $0 > $1 } ?? 0
        return separators[best]
    }

    private static func cells(_ head: Span<UInt8>, _ row: inout DelimitedRow) -> [[UInt8]]? {
        var cells: [[UInt8]] = []
        while true {
            guard case .cell(let cell, let isLast) = row.next(head, isLast: false) else { return nil }
            switch cell {
            case .range(let range): cells.append(head.array(range))
            case .text(let text): cells.append(text)
            }
            if isLast { return cells }
        }
    }

    /// Whether a text can name a cell: short, and nothing that shows a value.
    private static func isName(_ text: Span<UInt8>) -> Bool {
        guard text.count <= 200 else { return false }
        for index in text.indices where text[index] < Byte.space { return false }
        return text.count == 0 || !JSONLines.isNumber(text, 0..<text.count)
    }
}
