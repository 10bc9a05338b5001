import Bytes
import Columns
public import Files
import Ingest
import Segments
import Storage
import TimeQL

/// The events of a timeline, in order, as lines of JSON.
///
/// Parts are read in the order of their first times (newest first: last times). A line waits until no part that is still
/// to come can hold one before it, so memory follows how far events are out of order; and no part is read when there
/// are lines enough before it.
public struct TimelineEvents {
    private let reader: PartReader
    /// Only these; all when there are none.
    private let fields: [BoundField]
    private let options: QueryOptions
    private var lines: OrderedLines

    public var eventCount: Int { lines.eventCount }

    /// Rows that are turned into text at once: some megabytes.
    private static let rowsAtOnce = 32_768
    private typealias Line = OrderedLines.Line

    init(
        _ scan: EventScan, fields: [BoundField], isNewestFirst: Bool, limit: Int?,
        options: QueryOptions
    ) {
        reader = PartReader(scan, threadCount: options.threadCount)
        self.fields = fields
        self.options = options
        lines = OrderedLines(of: scan.parts, isNewestFirst: isNewestFirst, limit: limit ?? .max)
    }

    /// Calls `write` with whole lines.
    public mutating func run(_ write: ([UInt8]) throws(FileError) -> Void) throws(ExecutionError) {
        while let lines = try next() {
            do throws(FileError) { try write(lines) } catch { throw .store(.file(error)) }
        }
    }

    /// The whole lines that come next, about a megabyte unless it is the end; nil behind the last.
    public mutating func next() throws(ExecutionError) -> [UInt8]? {
        guard !lines.isComplete else { return nil }
        let (fields, isNewestFirst, room) = (fields, lines.isNewestFirst, lines.room)
        lines = try reader.read(lines.partsLeft, into: lines, isCancelled: options.isCancelled) {
            (scan, part, _) throws(StoreError) in
            try Self.lines(of: part, in: &scan, fields, isNewestFirst: isNewestFirst, room: room)
        } join: {
            $0.add($1)
        } isEnough: {
            $0.isComplete || $0.output.count > 1 << 20
        }
        return lines.takeOutput()
    }

    /// The lines of a part's rows, no more of them than there is room for.
    private static func lines(
        of part: EventScan.Part, in scan: inout EventScan, _ fields: [BoundField], isNewestFirst: Bool, room: Int
    ) throws(StoreError) -> [Line] {
        guard let found = try scan.found(in: part) else { return [] }
        let wanted = try scan.reading(part) { () throws(SegmentError) in
            try first(room, of: found, isNewestFirst: isNewestFirst)
        }
        wanted.zones.keepsRuns = wanted.count > rowsAtOnce
        var lines: [Line] = []
        for start in stride(from: 0, to: wanted.count, by: rowsAtOnce) {
            let end = min(start + rowsAtOnce, wanted.count)
            let rows = wanted.count > rowsAtOnce ? wanted.selecting(Array(start..<end)) : wanted
            lines += try rendered(rows, of: part, in: &scan, fields)
        }
        return lines
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

    private static func rendered(
        _ found: FoundRows, of part: EventScan.Part, in scan: inout EventScan, _ fields: [BoundField]
    ) throws(StoreError) -> [Line] {
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
        var lines: [Line] = []
        lines.reserveCapacity(times.count)
        var start = 0
        for (row, time) in times.enumerated() {
            let end = texts[start...].firstIndex(of: Byte.lineFeed) ?? texts.count - 1
            lines.append(Line(time: time, sequence: batch.sequences[row], text: Array(texts[start...end])))
            start = end + 1
        }
        return lines
    }
}
