import Bytes
import Execution
import Files
import Traversion

extension QuerySession {
    /// Shows events as they come, and gives how many lines or rows that were.
    func show(
        _ result: inout QueryResult, columns: [String], _ write: ([UInt8]) throws(FileError) -> Void
    ) throws(CommandFailure) -> Int {
        switch format {
        case .ndjson, .json: try showLines(&result, write)
        case .table, .csv, .tsv: try showRows(&result, columns, write)
        }
    }

    private func showLines(
        _ result: inout QueryResult, _ write: ([UInt8]) throws(FileError) -> Void
    ) throws(CommandFailure) -> Int {
        var count = 0
        while let lines = try Self.next({ () throws(EngineError) in try result.nextLines() }) {
            if format == .json {
                let objects = lines.split(separator: Byte.lineFeed)
                try show(Array((count == 0 ? "[" : ",\n ").utf8) + objects.joined(separator: ",\n ".utf8), write)
                count += objects.count
            } else {
                try show(lines, write)
                count += 1
            }
        }
        if format == .json { try show(Array((count == 0 ? "[]\n" : "]\n").utf8), write) }
        return count
    }

    /// Where people read, each block of rows is a table by itself; else they are one.
    private func showRows(
        _ result: inout QueryResult, _ columns: [String], _ write: ([UInt8]) throws(FileError) -> Void
    ) throws(CommandFailure) -> Int {
        var count = 0
        if format != .table {
            let titles = AnswerTable(columns: columns, rows: [])
            try show(Array(format.text(of: titles, width: Console.width).utf8), write)
        }
        while let rows = try Self.next({ () throws(EngineError) in try result.nextTable() }) {
            let text = format.text(of: rows, width: Console.width, hasTitles: format == .table)
            try show(Array(((format == .table && count > 0 ? "\n" : "") + text).utf8), write)
            count += rows.rowCount
        }
        return count
    }

    private static func next<Value>(_ read: () throws(EngineError) -> Value) throws(CommandFailure) -> Value {
        do throws(EngineError) { return try read() } catch { throw CommandFailure(error) }
    }
}
