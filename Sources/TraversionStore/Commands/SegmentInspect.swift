import Bytes
import Columns
import Segments

/// `segment inspect`: tells how a segment is laid out and encoded.
enum SegmentInspect {
    static let command = Command(
        words: ["segment", "inspect"],
        summary: "tells what is in a segment, how it is encoded and where its bytes are",
        arguments: [.init(name: "SEGMENT", help: "the file to look into")],
        options: [
            .init(
                name: "--column", valueName: "PATH",
                help: "everything of the columns of this path and of those below it; system columns: (shape), ..."),
            .init(name: "--hex", valueName: nil, help: "shows the bytes and what they mean"), SegmentFile.jsonOption,
        ], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let path = invocation.arguments[0]
        let wanted = try invocation.paths("--column")
        if invocation.has("--hex"), invocation.has("--json") {
            throw .usage("--hex and --json cannot be had together")
        }
        let reader = try SegmentFile.open(path)
        let answer: String?
        do { answer = try self.answer(reader, invocation, wanted) } catch { throw CommandFailure(error, path) }
        guard let answer else {
            let names = ((try? reader.allColumns()) ?? []).map { "\($0.path)" }
            let path = (wanted ?? []).map { "\($0)" }.joined(separator: ",")
            throw .usage(
                "no event has the path '\(path)'\(suggestion(path, names))"
                    + " ('\(Tool.name) segment inspect' without --column lists them)")
        }
        try Console.write(answer)
    }

    /// Nil when there are no columns that are wanted.
    private static func answer(
        _ reader: SegmentReader, _ invocation: Invocation, _ wanted: [ColumnPath]?
    ) throws(SegmentError) -> String? {
        let inspector = try SegmentInspector(reader)
        let ordinals = wanted.map { inspector.ordinals(at: $0) }
        if ordinals?.isEmpty == true { return nil }
        if invocation.has("--hex") { return try inspector.hex(columns: ordinals) }
        let report = try inspector.report(name: invocation.arguments[0])
        if invocation.has("--json") { return report.json(columns: ordinals) + "\n" }
        return report.text(width: Console.width, columns: ordinals)
    }
}
