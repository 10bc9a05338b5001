/// Rows of cells in aligned columns of plain text, two spaces apart.
package struct TextTable {
    package enum Alignment {
        case left, right
    }

    package struct Column {
        var title: String
        var alignment: Alignment
        /// Columns of higher numbers are left out first when the lines would be too long; 0 always stays.
        var dispensability = 0

        package init(title: String, alignment: Alignment, dispensability: Int = 0) {
            self.title = title
            self.alignment = alignment
            self.dispensability = dispensability
        }
    }

    private let columns: [Column]
    private var rows: [(cells: [String], note: String?)] = []

    package init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; the note stands on lines of its own below it, indented.
    package mutating func add(_ cells: [String], note: String? = nil) { rows.append((cells, note)) }

    private static let gap = 2
    private static let narrowest = 8
    /// Lines of a note at most.
    private static let noteLineCount = 3
    /// Rather than cut the first column below this, other columns are left out.
    private static let narrowFirst = 24

    /// The lines of the table. When they would be wider than `width`, columns are left out and the first one is cut.
    package func lines(width: Int) -> [String] {
        let widths = columns.indices.map { column in
            rows.reduce(columns[column].title.count) { max($0, $1.cells[column].count) }
        }
        var shown = Array(columns.indices)
        func excess() -> Int { shown.reduce(Self.gap * (shown.count - 1)) { $0 + widths[$1] } - width }
        while excess() > max(0, widths[0] - Self.narrowFirst),
            let most = shown.max(by: { columns[$0].dispensability < columns[$1].dispensability }),
            columns[most].dispensability > 0
        {
            shown.removeAll { $0 == most }
        }
        let firstWidth = max(Self.narrowest, widths[0] - max(0, excess()))
        func line(_ cells: [String]) -> String {
            var line = ""
            for column in shown {
                let cellWidth = column == 0 ? firstWidth : widths[column]
                let text = column == 0 ? Self.cutMiddle(cells[0], to: firstWidth) : cells[column]
                let padding = String(repeating: " ", count: max(0, cellWidth - text.count))
                if column > 0 { line += String(repeating: " ", count: Self.gap) }
                line += columns[column].alignment == .left ? text + padding : padding + text
            }
            while line.last == " " { line.removeLast() }
            return line
        }
        var lines = [line(columns.map(\.title))]
        for row in rows {
            lines.append(line(row.cells))
            if let note = row.note { lines += Self.noteLines(note, width: width) }
        }
        return lines
    }

    private static func noteLines(_ note: String, width: Int) -> [String] {
        let width = max(narrowest * 2, width - 6)
        var lines = wrapped(note, width: width)
        if lines.count > noteLineCount {
            lines.removeSubrange(noteLineCount...)
            lines[noteLineCount - 1] += " …"
        }
        return lines.enumerated().map { ($0 == 0 ? "    " : "      ") + cut($1, to: width) }
    }

    private static func cut(_ text: String, to width: Int) -> String {
        text.count <= width ? text : text.prefix(width - 1) + "…"
    }

    /// Cuts a text at spaces into lines that leave room for a mark of what is left out.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width - 2 {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? word : " " + word
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// Leaves out the middle of a long text: the ends of paths tell them apart.
    static func cutMiddle(_ text: String, to width: Int) -> String {
        guard text.count > width else { return text }
        return text.prefix((width - 1) / 2) + "…" + text.suffix(width - 1 - (width - 1) / 2)
    }
}
