/// Rows of cells in aligned columns of plain text, two spaces apart.
package struct TextTable {
    package enum Alignment {
        case left, right
    }

    /// What becomes of a column when lines would be too long.
    package enum Shrinking {
        case none
        /// Texts lose their middles: the ends of paths tell them apart.
        case middle
        /// Texts lose their ends.
        case end
        /// Texts go on in further lines.
        case wrapped
    }

    package struct Column {
        package var title: String
        var alignment: Alignment
        var shrinking: Shrinking
        /// Columns of higher numbers are left out first when the lines would be too long; 0 always stays.
        var dispensability = 0

        package init(
            title: String, alignment: Alignment, dispensability: Int = 0, shrinking: Shrinking = .none
        ) {
            self.title = title
            self.alignment = alignment
            self.shrinking = shrinking
            self.dispensability = dispensability
        }
    }

    private var columns: [Column]
    private var rows: [(cells: [String], note: String?)] = []

    package init(_ columns: [Column]) {
        self.columns = columns
        if columns.allSatisfy({ $0.shrinking == .none }), !columns.isEmpty { self.columns[0].shrinking = .middle }
    }

    /// Adds a row; the note stands on lines of its own below it, indented.
    package mutating func add(_ cells: [String], note: String? = nil) { rows.append((cells, note)) }

    private static let gap = 2
    private static let narrowest = 8
    /// Lines of a note at most.
    private static let noteLineCount = 3
    /// Rather than cut the first column below this, other columns are left out.
    private static let narrowFirst = 24

    /// Whether no line has to be wider, however much columns shrink.
    package func fits(width: Int) -> Bool {
        let shown = Array(columns.indices)
        return total(fitted(shown, naturalWidths, to: width), shown) <= width
    }

    /// The lines of the table. When they would be wider than `width`, columns are left out and others shrink.
    package func lines(width: Int) -> [String] {
        let natural = naturalWidths
        var shown = Array(columns.indices)
        let first = columns.first?.shrinking == .middle ? max(0, natural[0] - Self.narrowFirst) : 0
        while total(natural, shown) - width > first,
            let most = shown.max(by: { columns[$0].dispensability < columns[$1].dispensability }),
            columns[most].dispensability > 0
        {
            shown.removeAll { $0 == most }
        }
        let widths = fitted(shown, natural, to: width)
        var lines = self.lines(of: columns.map(\.title), shown, widths)
        for row in rows {
            lines += self.lines(of: row.cells, shown, widths)
            if let note = row.note { lines += Self.noteLines(note, width: width) }
        }
        return lines
    }

    private var naturalWidths: [Int] {
        columns.indices.map { column in
            rows.reduce(columns[column].title.count) { max($0, $1.cells[column].count) }
        }
    }

    private func total(_ widths: [Int], _ shown: [Int]) -> Int {
        shown.reduce(Self.gap * (shown.count - 1)) { $0 + widths[$1] }
    }

    /// The widest of the columns that can shrink do, until the lines fit or nothing more can be done.
    private func fitted(_ shown: [Int], _ natural: [Int], to width: Int) -> [Int] {
        var widths = natural
        let able = shown.filter { columns[$0].shrinking != .none }
        while true {
            let excess = total(widths, shown) - width
            guard excess > 0, let widest = able.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.narrowest
            else { return widths }
            let next = able.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
            let least = max(Self.narrowest, widths[widest] - excess)
            widths[widest] = min(widths[widest] - 1, max(least, next))
        }
    }

    private func lines(of cells: [String], _ shown: [Int], _ widths: [Int]) -> [String] {
        let parts = shown.map { Self.shrunk(cells[$0], columns[$0].shrinking, to: widths[$0]) }
        return (0..<(parts.map(\.count).max() ?? 1)).map { number in
            var line = ""
            for (place, column) in shown.enumerated() {
                let text = number < parts[place].count ? parts[place][number] : ""
                let padding = String(repeating: " ", count: max(0, widths[column] - text.count))
                if place > 0 { line += String(repeating: " ", count: Self.gap) }
                line += columns[column].alignment == .left ? text + padding : padding + text
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private static func shrunk(_ text: String, _ shrinking: Shrinking, to width: Int) -> [String] {
        guard text.count > width else { return [text] }
        switch shrinking {
        case .none: return [text]
        case .middle: return [cutMiddle(text, to: width)]
        case .end: return [cut(text, to: width)]
        case .wrapped: return wrapped(text, width: width + 2).map { cut($0, to: width) }
        }
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
