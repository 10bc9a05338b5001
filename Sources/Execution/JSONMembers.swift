import Bytes
import Columns
import Ingest
import Storage

/// The members of some lines of JSON, column by column: names and values together, put to lines at the end.
struct JSONMembers {
    private let columnCount: Int
    private var rowCount = 0
    /// How many columns are there.
    private var addedCount = 0
    /// The members one after another, and where each ends.
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []
    /// Line by line and in it column by column, which of the members stands there.
    private var places: [UInt32] = []
    private var byteCount = 0

    /// So much is copied at once, whatever a member takes.
    private static let blockByteCount = 32

    init(columnCount: Int) { self.columnCount = columnCount }

    mutating func begin(rowCount: Int) {
        self.rowCount = rowCount
        addedCount = 0
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        byteCount = 0
        if places.count != rowCount * columnCount { places = [UInt32](repeating: 0, count: rowCount * columnCount) }
    }

    /// Adds what a column has in the rows of the lines.
    mutating func add(_ name: [UInt8], _ column: AnswerColumn, from first: Int) {
        let rows = first..<first + rowCount
        switch column {
        case .cells(let cells):
            for row in rows { add(name, row - first) { cells[row].appendJSON(to: &$0) } }
        case .times(let times): add(name, times[rows])
        case .texts(let texts, let places): add(name, texts, places[rows])
        case .stored(let values): add(name, values, values.places[rows])
        }
        addedCount += 1
    }

    /// Adds a member, which stands in a line.
    @inline(__always)
    private mutating func add(_ name: [UInt8], _ line: Int, _ value: (inout [UInt8]) -> Void) {
        let start = bytes.count
        bytes.append(contentsOf: name)
        value(&bytes)
        put(UInt32(truncatingIfNeeded: ends.count), line, bytes.count - start)
        ends.append(UInt32(bytes.count))
    }

    @inline(__always)
    private mutating func put(_ member: UInt32, _ line: Int, _ memberByteCount: Int) {
        places[line &* columnCount &+ addedCount] = member
        byteCount &+= memberByteCount
    }

    private mutating func add(_ name: [UInt8], _ times: ArraySlice<Int64>) {
        var renderer = TimestampRenderer()
        let form = UInt64(TimestampForm.utc().rawValue)
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { text in
            for (line, time) in times.enumerated() {
                add(name, line) { output in
                    guard let start = text.baseAddress,
                        let count = unsafe renderer.render(UInt64(bitPattern: time), form: form, at: start)
                    else { return AnswerTable.Cell.time(time).appendJSON(to: &output) }
                    output.append(Byte.quote)
                    unsafe output.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
                    output.append(Byte.quote)
                }
            }
        }
    }

    /// Neighbours mostly show the same text.
    private mutating func add(_ name: [UInt8], _ texts: StringVector, _ textPlaces: ArraySlice<Int32>) {
        var last: Int32?
        var (member, memberByteCount) = (UInt32(0), 0)
        for (line, place) in textPlaces.enumerated() {
            if place == last {
                put(member, line, memberByteCount)
                continue
            }
            let start = bytes.count
            add(name, line) { output in
                if place < 0 { output.append(contentsOf: "null".utf8) } else { output.appendQuoted(texts, Int(place)) }
            }
            (last, member, memberByteCount) = (place, UInt32(ends.count - 1), bytes.count - start)
        }
    }

    // MARK: Stored values

    /// Adds the values of one column after those of another, so that of each it is found out once how it is shown.
    private mutating func add(_ name: [UInt8], _ values: StoredValues, _ rows: ArraySlice<StateTable.Place>) {
        var starts = [Int32](repeating: 0, count: values.columns.count + 2)
        for place in rows { starts[Int(place.column) + 2] += 1 }
        for column in 1..<starts.count { starts[column] += starts[column - 1] }
        // The lines of those without a value come first.
        var lines = [Int32](repeating: 0, count: rows.count)
        for (line, place) in rows.enumerated() {
            let column = Int(place.column) + 1
            lines[Int(starts[column])] = Int32(truncatingIfNeeded: line)
            starts[column] += 1
        }
        var next = 0
        for (number, end) in starts.dropLast().enumerated() where Int(end) > next {
            let found = lines[next..<Int(end)]
            next = Int(end)
            guard number > 0 else {
                for line in found { add(name, Int(line)) { $0.append(contentsOf: "null".utf8) } }
                continue
            }
            let indexes = found.map { UInt32(rows[rows.startIndex + Int($0)].index) }
            add(name, values, number - 1, found, indexes)
        }
    }

    /// Some values of a column, each in its line.
    private mutating func add(
        _ name: [UInt8], _ values: StoredValues, _ number: Int, _ lines: ArraySlice<Int32>, _ indexes: [UInt32]
    ) {
        let (column, areTexts) = (values.columns[number], values.areTexts)
        let type = column.key.type
        func each(_ append: (inout [UInt8], Int) -> Void) {
            for (line, index) in zip(lines, indexes) { add(name, Int(line)) { append(&$0, Int(index)) } }
        }
        switch column.values {
        case .strings(let texts) where areTexts || type == .string: each { $0.appendQuoted(texts, $1) }
        case .strings(let texts): each { texts.append($1, to: &$0) }
        case .codedStrings(let texts, let codes) where areTexts || type == .string:
            each { $0.appendQuoted(texts, Int(codes[$1])) }
        case .codedStrings(let texts, let codes): each { texts.append(Int(codes[$1]), to: &$0) }
        case .integers(let words) where !areTexts && type == .int64:
            each { DecimalText.append(signed: Int64(bitPattern: words[$1]), to: &$0) }
        case .doubles(let numbers) where !areTexts: each { NumberText.append(double: numbers[$1], to: &$0) }
        case .fixed:
            let shown = column.values.gather(indexes).texts(type: type) ?? StringVector()
            for (place, line) in lines.enumerated() { add(name, Int(line)) { $0.appendQuoted(shown, place) } }
        default:
            each { values.cell(number, $1).appendJSON(to: &$0) }
        }
    }

    // MARK: Lines

    /// The lines, once all columns are there.
    var lines: [UInt8] {
        mutating get {
            bytes.append(contentsOf: repeatElement(0, count: Self.blockByteCount))
            let capacity = byteCount + 2 * rowCount + Self.blockByteCount
            return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
                guard let start = output.baseAddress else { return }
                unsafe bytes.withUnsafeBufferPointer { bytes in
                    unsafe count = write(bytes, at: start)
                }
            }
        }
    }

    /// Bytes behind each member are written, too, and then overwritten: those of the last within the capacity.
    private func write(_ bytes: UnsafeBufferPointer<UInt8>, at output: UnsafeMutablePointer<UInt8>) -> Int {
        guard let source = bytes.baseAddress else { return 0 }
        var count = 0
        var place = 0
        for _ in 0..<rowCount {
            for _ in 0..<columnCount {
                let member = Int(places[place])
                place &+= 1
                let first = member == 0 ? 0 : Int(ends[member &- 1])
                let memberByteCount = Int(ends[member]) &- first
                let (from, to) = unsafe (UnsafeRawPointer(source + first), UnsafeMutableRawPointer(output + count))
                if memberByteCount <= Self.blockByteCount {
                    for offset in stride(from: 0, to: Self.blockByteCount, by: 16) {
                        let block = unsafe from.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
                        unsafe to.storeBytes(of: block, toByteOffset: offset, as: SIMD16<UInt8>.self)
                    }
                } else {
                    unsafe to.copyMemory(from: from, byteCount: memberByteCount)
                }
                count &+= memberByteCount
            }
            unsafe output[count] = Byte.closeBrace
            unsafe output[count &+ 1] = Byte.lineFeed
            count &+= 2
        }
        return count
    }
}

extension [UInt8] {
    /// A text as JSON quotes it.
    @inline(__always)
    fileprivate mutating func appendQuoted(_ texts: StringVector, _ place: Int) {
        JSONText.append(texts.bytes, texts.range(place), to: &self)
    }
}
