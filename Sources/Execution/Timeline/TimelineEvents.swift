import Bytes
import Columns
public import Files
import Ingest
import Segments
import Storage
import TimeQL

/// The events of a timeline, in order, as lines of JSON or as rows of some of their fields.
///
/// Parts are read in the order of their first times (newest first: last times). An event waits until no part that is
/// still to come can hold one before it, so memory follows how far events are out of order; and no part is read when
/// there are events enough before it.
public struct TimelineEvents {
    private let reader: PartReader
    /// Only these; all when there are none.
    let fields: [BoundField]
    private let options: QueryOptions
    private let isNewestFirst: Bool
    private var lines: OrderedRows<[UInt8]>
    private var rows: OrderedRows<[AnswerTable.Cell]>

    /// What people should know of the question.
    public let notes: [String]

    public var eventCount: Int { lines.eventCount + rows.eventCount }

    /// Rows that are turned into text at once, before somebody asks whether to stop: some milliseconds.
    private static let rowsAtOnce = 8192
    private static let rowsOfTable = 1000

    init(
        _ scan: EventScan, fields: [BoundField], isNewestFirst: Bool, limit: Int?,
        notes: [String] = [], options: QueryOptions
    ) {
        self.notes = notes
        reader = PartReader(scan, threadCount: options.threadCount)
        self.fields = fields
        self.options = options
        self.isNewestFirst = isNewestFirst
        lines = OrderedRows(of: scan.parts, isNewestFirst: isNewestFirst, limit: limit ?? .max)
        rows = OrderedRows(of: scan.parts, isNewestFirst: isNewestFirst, limit: limit ?? .max)
    }

    /// Calls `write` with whole lines.
    public mutating func run(_ write: ([UInt8]) throws(FileError) -> Void) throws(ExecutionError) {
        while let lines = try nextLines() {
            do throws(FileError) { try write(lines) } catch { throw .store(.file(error)) }
        }
    }

    /// The whole lines of JSON that come next, about a megabyte unless it is the end; nil behind the last. Whoever asks
    /// for them does not ask for rows.
    public mutating func nextLines() throws(ExecutionError) -> [UInt8]? {
        guard !lines.isComplete else { return nil }
        let fields = fields
        lines = try next(lines) { (found, part, scan) throws(StoreError) in
            try Self.lines(found, of: part, in: &scan, fields)
        } isEnough: {
            $0.reduce(0) { $0 + $1.count } > 1 << 20
        }
        let output = lines.takeOutput()
        guard !output.isEmpty else { return nil }
        // Whole lines are copied; a joined sequence gives byte after byte.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(output.reduce(0) { $0 + $1.count })
        for line in output { bytes += line }
        return bytes
    }

    /// The events that come next as rows of ``shownFields``, about a thousand unless it is the end; nil behind the last.
    public mutating func nextTable() throws(ExecutionError) -> AnswerTable? {
        guard !rows.isComplete else { return nil }
        let fields = shownFields
        rows = try next(rows) { (found, part, scan) throws(StoreError) in
            try Self.cells(found, of: part, in: &scan, fields)
        } isEnough: {
            $0.count >= Self.rowsOfTable
        }
        let output = rows.takeOutput()
        guard !output.isEmpty else { return nil }
        var table = AnswerTable(columns: columns, rows: output)
        if self.fields.isEmpty { table.dispensableColumns = EventNodes.dispensableColumns }
        return table
    }

    /// Reads on until there is enough.
    private func next<Content: Sendable>(
        _ known: OrderedRows<Content>,
        _ show:
            @escaping @Sendable (FoundRows, EventScan.Part, inout EventScan) throws(StoreError)
            -> [OrderedRows<Content>.Row],
        isEnough: @escaping @Sendable ([Content]) -> Bool
    ) throws(ExecutionError) -> OrderedRows<Content> {
        let (isNewestFirst, room, isCancelled) = (isNewestFirst, known.room, options.isCancelled)
        let found = try reader.read(known.partsLeft, into: known, isCancelled: isCancelled) {
            (scan, part, _) throws(StoreError) in
            try Self.rows(
                of: part, in: &scan, isNewestFirst: isNewestFirst, room: room, isCancelled: isCancelled, show)
        } join: {
            $0.add($1)
        } isEnough: {
            $0.isComplete || isEnough($0.output)
        }
        // The rows of a part may not be all of them then.
        if isCancelled() { throw .cancelled }
        return found
    }

    /// What shows a part's rows, no more of them than there is room for.
    private static func rows<Row>(
        of part: EventScan.Part, in scan: inout EventScan, isNewestFirst: Bool, room: Int,
        isCancelled: () -> Bool,
        _ show: (FoundRows, EventScan.Part, inout EventScan) throws(StoreError) -> [Row]
    ) throws(StoreError) -> [Row] {
        guard let found = try scan.found(in: part) else { return [] }
        let wanted = try scan.reading(part) { () throws(SegmentError) in
            try first(room, of: found, isNewestFirst: isNewestFirst)
        }
        wanted.zones.keepsRuns = wanted.count > rowsAtOnce
        var shown: [Row] = []
        for start in stride(from: 0, to: wanted.count, by: rowsAtOnce) where !isCancelled() {
            let end = min(start + rowsAtOnce, wanted.count)
            shown += try show(
                wanted.count > rowsAtOnce ? wanted.selecting(Array(start..<end)) : wanted, part, &scan)
        }
        return shown
    }

    /// The rows that come first, as many as there is room for: of the others nothing more is read.
    private static func first(
        _ room: Int, of found: FoundRows, isNewestFirst: Bool
    ) throws(SegmentError) -> FoundRows {
        guard found.count > room else { return found }
        let (times, sequences) = (try found.times(), try found.sequences())
        let ordered = times.indices.sorted { left, right in
            let (first, second) = isNewestFirst ? (right, left) : (left, right)
            return (times[first], sequences[first]) < (times[second], sequences[second])
        }
        return found.selecting(ordered.prefix(room).sorted())
    }

    private static func lines(
        _ found: FoundRows, of part: EventScan.Part, in scan: inout EventScan, _ fields: [BoundField]
    ) throws(StoreError) -> [OrderedRows<[UInt8]>.Row] {
        let paths = fields.isEmpty ? nil : Set(fields.flatMap(\.paths))
        let (batch, times) = try scan.reading(part) { () throws(SegmentError) in
            let batch = try found.batch { path in
                // What the store added is no part of the event, but may be a field that is asked for.
                paths?.contains(path) ?? (StorePath.original(path) != nil)
            }
            return (batch, try found.times())
        }
        var texts: [UInt8] = []
        do throws(DecodeError) {
            var renderer = EventRenderer(batch.showing(fields).original)
            while try renderer.renderNext() {
                unsafe renderer.lines.withUnsafeBytes { unsafe texts.append(contentsOf: $0) }
            }
        } catch {
            throw scan.damage(of: part, error)
        }
        var lines: [OrderedRows<[UInt8]>.Row] = []
        lines.reserveCapacity(times.count)
        var start = 0
        for (row, time) in times.enumerated() {
            let end = texts.span.firstIndex(of: Byte.lineFeed, from: start) ?? texts.count - 1
            lines.append(.init(time: time, sequence: batch.sequences[row], content: Array(texts[start...end])))
            start = end + 1
        }
        return lines
    }
}
