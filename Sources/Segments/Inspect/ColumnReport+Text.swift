import Columns

extension ColumnReport {
    /// Everything of one column for a terminal of so many characters a line.
    func text(width: Int, of head: SegmentHead) -> String {
        func line(_ name: String, _ value: String) -> String {
            name + String(repeating: " ", count: max(1, 11 - name.count)) + value
        }
        func bytes(_ count: Int) -> String {
            "\(FigureText.grouped(count)) bytes, "
                + "\(FigureText.quotient(count, head.rowCount, decimals: 3)) a row, "
                + "\(FigureText.quotient(count, valueCount, decimals: 3)) a value"
        }
        var lines = [
            line("column", path), line("type", "\(type), ordinal \(ordinal)"),
            line(
                "values",
                "\(FigureText.grouped(valueCount)) in \(FigureText.grouped(dataPageCount)) data pages"
                    + (hasOverflow ? " and in overflow" : "")),
            line("raw", bytes(rawByteCount)), line("encoded", bytes(encodedByteCount)),
            line("stored", bytes(storedByteCount)),
            line(
                "all",
                bytes(totalByteCount) + ", \(FigureText.percent(totalByteCount, of: head.fileByteCount)) of the file"
            ),
            line("floor", bytes(floor.byteCount) + ", \(FigureText.grouped(floor.idCount)) ids"), "",
        ]
        for kind in ByteParts.Kind.allCases where parts[kind] > 0 {
            lines.append("  \(kind.title): \(FigureText.grouped(parts[kind])) bytes")
        }
        lines.append("")
        for cascade in cascades {
            let count = String(cascade.pageCount)
            let indent = String(repeating: " ", count: max(0, 7 - count.count)) + count + " × "
            lines += TextTable.wrapped(cascade.text, width: max(24, width - 10)).enumerated().map { index, text in
                (index == 0 ? indent : String(repeating: " ", count: 10)) + text
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
