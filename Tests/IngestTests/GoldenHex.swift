@testable import Segments

/// The bytes of a golden segment with what they mean, as `segment inspect --hex` shows them.
enum GoldenHex {
    /// With more columns than these, only the first are shown, and of each part only the first lines; the text says what
    /// it leaves out.
    private static let columnLimit = 40
    private static let shownColumnCount = 8
    private static let shownLineCount = 40

    static func text(of bytes: [UInt8]) throws -> String {
        let reader = try SegmentReader(MemorySource(bytes))
        let inspector = try SegmentInspector(reader)
        guard reader.columnCount > columnLimit else { return try inspector.hex() }
        return shortened(try inspector.hex(columns: Set(0..<shownColumnCount)))
    }

    /// Parts are told apart by empty lines.
    private static func shortened(_ text: String) -> String {
        var result = ""
        var lineCount = 0
        func tellOfRest() {
            if lineCount > shownLineCount { result += "; … \(lineCount - shownLineCount) lines more of this part\n" }
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.isEmpty {
                tellOfRest()
                lineCount = 0
            } else {
                lineCount += 1
            }
            if lineCount <= shownLineCount { result += line + "\n" }
        }
        tellOfRest()
        return result
    }
}
