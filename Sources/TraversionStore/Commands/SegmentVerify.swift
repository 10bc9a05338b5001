import Ingest
import Segments

/// `segment verify`: reads everything in a segment and tells whether it is sound.
enum SegmentVerify {
    static let command = Command(
        words: ["segment", "verify"], summary: "reads everything in a segment and checks it",
        arguments: [.init(name: "SEGMENT", help: "the file to check")], options: [SegmentFile.jsonOption], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let path = invocation.arguments[0]
        let reader = try SegmentFile.open(path)
        var content = ContentChecksum()
        do {
            for range in try reader.batchRanges() {
                let batch = try reader.rows(in: range)
                content.add(batch)
                try renderAll(EventRenderer(batch))
            }
        } catch {
            throw CommandFailure(error, path)
        }
        guard content.rowCount == UInt64(reader.rowCount) else {
            throw CommandFailure(
                .damaged, "\(path) is damaged: \(content.rowCount) of \(reader.rowCount) events are there")
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

    /// Rendering finds what decoding takes for granted, such as times that their form cannot show.
    private static func renderAll(_ renderer: consuming EventRenderer) throws(SegmentError) {
        do { while try renderer.renderNext() {} } catch { throw .damaged(error) }
    }
}
