import Segments

/// `segment verify`: reads everything in a segment and tells whether it is sound.
enum SegmentVerify {
    static let command = Command(
        words: ["segment", "verify"], summary: "reads everything in a segment and checks it",
        arguments: [.init(name: "SEGMENT", help: "the file to check")], options: [SegmentFile.jsonOption], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let path = invocation.arguments[0]
        let reader = try SegmentFile.open(path)
        let content: ContentChecksum
        do {
            var verifier = try SegmentVerifier(reader)
            content = try verifier.verify()
        } catch {
            throw CommandFailure(error, path)
        }
        if invocation.has("--json") {
            var line = JSONLine()
            line.add("segment", path)
            line.add("events", reader.rowCount)
            line.add("columns", reader.columnCount)
            line.add("bytes", reader.fileByteCount)
            line.add("content", content.description)
            return try Console.print(line.text)
        }
        try Console.print(
            """
            \(path) is sound: \(Quantity.count(reader.rowCount)) events, \(reader.columnCount) columns, \
            \(Quantity.bytes(reader.fileByteCount)), content \(content.description)
            """)
    }
}
