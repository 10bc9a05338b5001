extension QueryError {
    /// Counted from 1; a column is a character.
    public struct Position: Equatable, Sendable {
        public var line: Int
        public var column: Int
    }

    /// Where the mistake begins in the text that was parsed.
    public func position(in text: String) -> Position {
        let line = Line(in: text, at: range.start)
        return Position(line: line.number, column: line.before.count + 1)
    }

    /// So many characters of a line are shown on each side of a place.
    private static let shownCount = 400

    /// The message with its place, the line it is about, and a caret under what is meant.
    public func report(in text: String) -> String {
        let line = Line(in: text, at: range.start)
        let marked = min(range.end, line.end) - range.start
        let markedText = String(decoding: Array(text.utf8)[range.start..<range.start + max(marked, 0)], as: UTF8.self)
        // Of a line that is very long what stands around the place is enough.
        let isCut = line.before.count > Self.shownCount
        let before = isCut ? "…" + line.before.suffix(Self.shownCount) : line.before
        let behind =
            line.behind.count > Self.shownCount ? line.behind.prefix(Self.shownCount) + "…" : Substring(line.behind)
        // Tabs stay tabs, so that the caret stands where the terminal puts the text.
        let indent = String(before.map { $0 == "\t" ? "\t" : " " })
        let caret = "^" + String(repeating: "~", count: max(min(markedText.count, Self.shownCount) - 1, 0))
        var result = "line \(line.number), column \(line.before.count + 1): \(message)\n"
        result += "  \(before)\(behind)\n  \(indent)\(caret)"
        if let hint { result += "\n\(hint)" }
        return result
    }
}

/// The line of a text in which a byte stands, cut in two there.
private struct Line {
    let number: Int
    let before: String
    let behind: String
    /// Where the line ends, in bytes.
    let end: Int

    init(in text: String, at offset: Int) {
        let bytes = Array(text.utf8)
        let offset = min(offset, bytes.count)
        let lineFeed = UInt8(ascii: "\n")
        let start = bytes[..<offset].lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
        end = bytes[offset...].firstIndex(of: lineFeed) ?? bytes.count
        number = bytes[..<offset].count { $0 == lineFeed } + 1
        before = String(decoding: bytes[start..<offset], as: UTF8.self)
        behind = String(decoding: bytes[offset..<end], as: UTF8.self)
    }
}
