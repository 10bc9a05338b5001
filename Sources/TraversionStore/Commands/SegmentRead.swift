import Bytes
import Columns
import Files
import Ingest
import Segments

/// `segment read`: a segment to NDJSON on standard output.
enum SegmentRead {
    static let command = Command(
        words: ["segment", "read"], summary: "writes the events of a segment to standard output, one on each line",
        arguments: [.init(name: "SEGMENT", help: "the file to read")],
        options: [
            .init(
                name: "--columns", valueName: "PATHS",
                help: "only these paths and what is below them, with commas between:\nservice,state.cpu"),
            .init(name: "--system", valueName: nil, help: "wraps each event with its sequence and storedAt"),
            .init(name: "--limit", valueName: "COUNT", help: "stops after so many events"),
        ], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let path = invocation.arguments[0]
        var remaining = try invocation.count("--limit") ?? .max
        let wanted = try invocation.paths("--columns")
        let style: EventRenderer.Style = invocation.has("--system") ? .eventWithSystem : .event
        let reader = try SegmentFile.open(path)
        let output: any WritableFile
        do { output = try LocalFileSystem.standardOutput() } catch { throw CommandFailure(error) }
        do {
            if let wanted { try check(wanted, reader) }
            for range in try reader.batchRanges() where remaining > 0 {
                let batch = try reader.rows(in: range) { column in
                    wanted?.contains { isAtOrBelow(column.path, $0) } ?? true
                }
                try write(batch, style, to: output, &remaining)
            }
        } catch let error as SegmentError {
            throw CommandFailure(error, path)
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure(.inputOutput, "\(error)")
        }
    }

    private static func write(
        _ batch: RowBatch, _ style: EventRenderer.Style, to output: any WritableFile, _ remaining: inout Int
    ) throws {
        var renderer = EventRenderer(batch, style: style)
        var row = 0
        while remaining > 0 {
            do {
                guard try renderer.renderNext(rowLimit: remaining) else { return }
            } catch {
                throw SegmentError.damaged(error)
            }
            do { try output.append(renderer.lines) } catch { throw CommandFailure(error) }
            remaining -= renderer.rowCount - row
            row = renderer.rowCount
        }
    }

    private static func isAtOrBelow(_ path: ColumnPath, _ wanted: ColumnPath) -> Bool {
        path.keys.starts(with: wanted.keys)
    }

    /// A path that no column has is a mistake worth telling.
    private static func check(_ wanted: [ColumnPath], _ reader: SegmentReader) throws {
        let paths = try reader.allColumns().filter { $0.path != .none }.map(\.path)
        for path in wanted where !paths.contains(where: { isAtOrBelow($0, path) }) {
            throw CommandFailure.usage(
                "no event has the path '\(path)'\(suggestion("\(path)", paths.map { "\($0)" }))"
                    + " ('\(Tool.name) segment inspect' lists the columns)")
        }
    }
}
