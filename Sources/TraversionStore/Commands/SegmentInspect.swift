import Columns
import Segments

/// `segment inspect`: tells what is in a segment.
enum SegmentInspect {
    static let command = Command(
        words: ["segment", "inspect"], summary: "tells what is in a segment: rows, times, columns and their types",
        arguments: [.init(name: "SEGMENT", help: "the file to look into")],
        options: [
            .init(name: "--column", valueName: "PATH", help: "only the columns of this path and of those below it"),
            SegmentFile.jsonOption,
        ], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let path = invocation.arguments[0]
        let wanted = try invocation.paths("--column")
        let reader = try SegmentFile.open(path)
        let columns: [SegmentColumn]
        do {
            columns = try reader.allColumns().filter { column in
                guard let wanted else { return true }
                return column.path != .none && wanted.contains { column.path.keys.starts(with: $0.keys) }
            }
        } catch {
            throw CommandFailure(error, path)
        }
        if columns.isEmpty, let wanted {
            throw .usage("no event has the path '\(wanted.map { "\($0)" }.joined(separator: ","))'")
        }
        try Console.print(invocation.has("--json") ? json(reader, columns, path) : text(reader, columns, path))
    }

    private static func text(_ reader: SegmentReader, _ columns: [SegmentColumn], _ path: String) -> String {
        var lines = [
            "\(path): \(Quantity.bytes(reader.fileByteCount)), tier \(reader.tier), written by \(reader.writerName)",
            "\(Quantity.count(reader.rowCount)) events in \(reader.zones.count) zones, \(reader.columnCount) columns",
        ]
        if let times = reader.timestamps {
            lines.append("from \(time(times.lowerBound)) to \(time(times.upperBound))")
        }
        if let sequences = reader.sequences {
            lines.append("sequence \(sequences.lowerBound) ... \(sequences.upperBound)")
        }
        let counts = columns.map { Quantity.count($0.valueCount) }
        let width = counts.map(\.count).max() ?? 0
        let typeWidth = columns.map { "\($0.type)".count }.max() ?? 0
        lines.append("")
        for (column, count) in zip(columns, counts) {
            let type = "\(column.type)"
            let name = column.path == .none ? "(system)" : "\(column.path)"
            lines.append(
                String(repeating: " ", count: width - count.count) + count + "  " + type
                    + String(repeating: " ", count: typeWidth - type.count) + "  " + name)
        }
        return lines.joined(separator: "\n")
    }

    private static func time(_ nanoseconds: Int64) -> String {
        var text: [UInt8] = []
        let form = TimestampForm(
            fractionDigits: TimestampForm.automaticFraction, hasSpace: false, hasComma: false, zone: .utc,
            offsetMinutes: 0)
        let isShown = TimestampText.append(nanoseconds, form: form.rawValue, to: &text)
        return isShown ? String(decoding: text, as: UTF8.self) : "\(nanoseconds) ns"
    }

    private static func json(_ reader: SegmentReader, _ columns: [SegmentColumn], _ path: String) -> String {
        var line = JSONLine()
        line.add("segment", path)
        line.add("bytes", reader.fileByteCount)
        line.add("tier", "\(reader.tier)")
        line.add("writer", reader.writerName)
        line.add("events", reader.rowCount)
        line.add("zones", reader.zones.count)
        if let times = reader.timestamps {
            line.add("minTimestamp", times.lowerBound)
            line.add("maxTimestamp", times.upperBound)
        }
        if let sequences = reader.sequences {
            line.add("minSequence", sequences.lowerBound)
            line.add("maxSequence", sequences.upperBound)
        }
        line.add(
            "columns",
            columns.map { column in
                var entry = JSONLine()
                entry.add("ordinal", column.ordinal)
                entry.add("path", "\(column.path)")
                entry.add("type", "\(column.type)")
                entry.add("values", column.valueCount)
                return entry
            })
        return line.text
    }
}
