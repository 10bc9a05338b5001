import Bytes
import Columns
import Ingest

extension AnswerTable {
    /// A line of JSON for each row, with the names of the columns.
    public var jsonLines: [UInt8] {
        let members = zip(columns, values).enumerated().map { number, column in
            JSONMembers(Array((number == 0 ? "{" : ",").utf8) + JSONText.quoted(column.0.utf8) + [Byte.colon], column.1)
        }
        guard !members.isEmpty else { return [] }
        var byteCount = 2 * rowCount
        for column in members { byteCount += column.byteCount(rowCount) }
        return unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            guard let start = output.baseAddress else { return }
            for row in 0..<rowCount {
                for column in members { unsafe count += column.write(row, at: start + count) }
                unsafe start[count] = Byte.closeBrace
                unsafe start[count + 1] = Byte.lineFeed
                count += 2
            }
        }
    }
}

/// The members of a column in lines of JSON: names and values together, each text made once.
private struct JSONMembers {
    private var texts = StringVector()
    /// The place of each row's text; nil: they are in the order of rows.
    private var places: [Int32]?

    init(_ name: [UInt8], _ column: AnswerColumn) {
        switch column {
        case .cells(let cells):
            for cell in cells { add(name) { cell.appendJSON(to: &$0) } }
        case .times(let times):
            for time in times { add(name) { AnswerTable.Cell.time(time).appendJSON(to: &$0) } }
        case .texts(let strings, let places):
            texts.bytes.reserveCapacity(strings.bytes.count + strings.count * (name.count + 2))
            let isPlain = !strings.bytes.contains { $0 < 0x20 || $0 == Byte.quote || $0 == Byte.backslash }
            for place in 0..<strings.count {
                add(name) { output in
                    guard isPlain else { return output.append(contentsOf: JSONText.quoted(strings[place])) }
                    output.append(Byte.quote)
                    output.append(contentsOf: strings[place])
                    output.append(Byte.quote)
                }
            }
            add(name) { $0.append(contentsOf: "null".utf8) }
            let none = Int32(truncatingIfNeeded: strings.count)
            self.places = places.map { $0 < 0 ? none : $0 }
        }
    }

    private mutating func add(_ name: [UInt8], _ value: (inout [UInt8]) -> Void) {
        texts.bytes.append(contentsOf: name)
        value(&texts.bytes)
        texts.ends.append(UInt32(texts.bytes.count))
    }

    func byteCount(_ rowCount: Int) -> Int {
        guard let places else { return texts.bytes.count }
        return places.reduce(0) { $0 + texts.range(Int($1)).count }
    }

    /// Writes the member of a row and returns its byte count.
    @inline(__always)
    func write(_ row: Int, at output: UnsafeMutablePointer<UInt8>) -> Int {
        let range = texts.range(places.map { Int($0[row]) } ?? row)
        unsafe texts.bytes.withUnsafeBufferPointer { bytes in
            unsafe output.update(from: bytes.baseAddress! + range.lowerBound, count: range.count)
        }
        return range.count
    }
}

extension AnswerTable.Cell {
    /// As JSON writes it.
    public func appendJSON(to output: inout [UInt8]) {
        switch self {
        case .none: output.append(contentsOf: "null".utf8)
        case .text(let text): output.append(contentsOf: JSONText.quoted(text.utf8))
        case .integer(let value): output.append(contentsOf: String(value).utf8)
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
