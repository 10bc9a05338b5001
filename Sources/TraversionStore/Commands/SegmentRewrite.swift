import Files
import Segments

/// `segment rewrite`: the events of a segment into another, for another tier.
enum SegmentRewrite {
    static let command = Command(
        words: ["segment", "rewrite"], summary: "writes the events of a segment again, for another tier",
        arguments: [
            .init(name: "SEGMENT", help: "the file to read"), .init(name: "OUTPUT", help: "the file to write"),
        ],
        options: [SegmentFile.tierOption, SegmentFile.forceOption, SegmentFile.jsonOption], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let (input, output) = (invocation.arguments[0], invocation.arguments[1])
        let tier = try invocation.tier()
        let start = Console.ticks
        let reader = try SegmentFile.open(input)
        let file = try SegmentFile.begin(output, isForced: invocation.has("--force"))
        let rewritten: (summary: SegmentSummary, content: ContentChecksum)
        do {
            rewritten = try SegmentRewriter.rewrite(
                reader, to: FileOutput(file), options: SegmentWriterOptions(tier: tier))
        } catch {
            throw CommandFailure(error, input)
        }
        try check(file, rewritten.content)
        try SegmentFile.publish(file)
        let summary = rewritten.summary
        let elapsed = Console.ticks - start
        if invocation.has("--json") {
            var line = JSONLine()
            line.add("segment", output)
            line.add("tier", "\(tier)")
            line.add("events", summary.rowCount)
            line.add("inputBytes", reader.fileByteCount)
            line.add("segmentBytes", summary.byteCount)
            line.add("nanoseconds", elapsed)
            return try Console.print(line.text)
        }
        try Console.print(
            """
            \(Quantity.count(summary.rowCount)) events, \(input), \(Quantity.bytes(reader.fileByteCount)) -> \(output), \
            \(Quantity.bytes(summary.byteCount)), tier \(tier), \(Quantity.seconds(elapsed))
            """)
    }

    /// Reads the new segment back before it gets its name: it must say exactly what the old one says.
    private static func check(_ file: PendingFile, _ content: ContentChecksum) throws(CommandFailure) {
        let written: any ReadableFile
        do { written = try file.open() } catch { throw CommandFailure(error) }
        let found: ContentChecksum
        do {
            found = try ContentChecksum.of(SegmentReader(FileSource(written)))
        } catch {
            throw CommandFailure(error, file.path)
        }
        guard found == content else {
            throw CommandFailure(.damaged, "what was written differs from the source; \(file.path) was not touched")
        }
    }
}
