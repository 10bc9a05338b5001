import Bytes
import Columns
import Files
import Ingest

extension AnswerTable {
    /// How many lines are made at once: as many as a processor keeps near, and as are worth another thread.
    private static let linesAtOnce = (near: 1024, ofThread: 8192)

    /// A line of JSON for each row, with the names of the columns.
    public var jsonLines: [UInt8] {
        var lines: [UInt8] = []
        writeJSONLines { lines += $0 }
        return lines
    }

    /// The same, some lines at a time; two threads make them when there are many.
    public func writeJSONLines<Failure: Error>(
        threadCount: Int = 1, _ write: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let step = Self.linesAtOnce.ofThread
        guard threadCount > 1, rowCount > step else { return try writeJSONLines(of: 0..<rowCount, write) }
        for first in stride(from: 0, to: rowCount, by: 2 * step) {
            let middle = min(first + step, rowCount)
            let others = middle..<min(middle + step, rowCount)
            let found = Monitor<[[UInt8]]>([])
            let thread = WorkerThread {
                var lines: [[UInt8]] = []
                writeJSONLines(of: others) { lines.append($0) }
                found.change { $0 = lines }
            }
            do throws(Failure) { try writeJSONLines(of: first..<middle, write) } catch {
                thread?.join()
                throw error
            }
            guard let thread else {
                try writeJSONLines(of: others, write)
                continue
            }
            thread.join()
            for lines in found.change({ $0 }) { try write(lines) }
        }
    }

    private func writeJSONLines<Failure: Error>(
        of rows: Range<Int>, _ write: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let names = columns.enumerated().map { number, name in
            Array((number == 0 ? "{" : ",").utf8) + JSONText.quoted(name.utf8) + [Byte.colon]
        }
        guard !names.isEmpty else { return }
        var members = JSONMembers(columnCount: names.count)
        for first in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.linesAtOnce.near) {
            members.begin(rowCount: min(Self.linesAtOnce.near, rows.upperBound - first))
            for (number, column) in values.enumerated() { members.add(names[number], column, from: first) }
            try write(members.lines)
        }
    }
}

extension AnswerTable.Cell {
    /// As JSON writes it.
    public func appendJSON(to output: inout [UInt8]) {
        switch self {
        case .none: output.append(contentsOf: "null".utf8)
        case .text(let text): output.append(contentsOf: JSONText.quoted(text.utf8))
        case .integer(let value): DecimalText.append(signed: Int64(value), to: &output)
        case .number(let value): NumberText.append(double: value, to: &output)
        case .literal(let text): output.append(contentsOf: text.utf8)
        case .time(let time):
            output.append(Byte.quote)
            Self.append(time: time, to: &output)
            output.append(Byte.quote)
        }
    }

    /// A time with as many digits of a second as there are.
    public static func append(time nanoseconds: Int64, to output: inout [UInt8]) {
        guard TimestampText.append(nanoseconds, form: TimestampForm.utc().rawValue, to: &output) else {
            return output.append(contentsOf: String(nanoseconds).utf8)
        }
    }
}
