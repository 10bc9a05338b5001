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
    private let isNewestFirst: Bool
    private let limit: Int
    private let options: QueryOptions
    /// In the order in which they are read.
    private let parts: [EventScan.Part]
    private var nextPart = 0
    /// Found, and not yet sure to be next.
    private var waiting: [Line] = []
    public private(set) var eventCount = 0

    /// Rows that are turned into text at once, and those of the parts that are read in one turn: some megabytes.
    private static let rowsAtOnce = 32_768

    /// A line and where it stands among others.
    private struct Line {
        var time: Int64
        var sequence: UInt64
        var text: [UInt8]
    }

    init(
        _ scan: EventScan, fields: [BoundField], isNewestFirst: Bool, limit: Int?,
        options: QueryOptions
    ) {
        reader = PartReader(scan, threadCount: options.threadCount)
        self.fields = fields
        self.isNewestFirst = isNewestFirst
        self.limit = limit ?? .max
        self.options = options
        parts = scan.parts.sorted { left, right in
            let (first, second) =
                isNewestFirst
                ? (right.times.upperBound, left.times.upperBound) : (left.times.lowerBound, right.times.lowerBound)
            return (first, left.number) < (second, right.number)
        }
    }

    /// Calls `write` with whole lines.
    public mutating func run(_ write: ([UInt8]) throws(FileError) -> Void) throws(ExecutionError) {
        while let lines = try next() {
            do throws(FileError) { try write(lines) } catch { throw .store(.file(error)) }
        }
    }

    /// The whole lines that come next, about a megabyte unless it is the end; nil behind the last.
    public mutating func next() throws(ExecutionError) -> [UInt8]? {
        var output: [UInt8] = []
        while nextPart < parts.count, eventCount < limit {
            for lines in try readTurn() where eventCount < limit {
                nextPart += 1
                waiting += lines
                waiting.sort(by: comesBefore)
                // What cannot be among the first is not kept.
                let room = limit - eventCount
                if waiting.count > room { waiting.removeLast(waiting.count - room) }
                drain(before: nextPart < parts.count ? parts[nextPart] : nil, into: &output)
            }
            if output.count > 1 << 20 { break }
        }
        return output.isEmpty ? nil : output
    }

    /// The lines of the next parts, by part.
    private func readTurn() throws(ExecutionError) -> [[Line]] {
        let left = parts[nextPart...]
        let count = PartReader.turnLength(
            left, after: nextPart, threadCount: reader.threadCount, rowLimit: Self.rowsAtOnce)
        let (fields, isNewestFirst, room) = (fields, isNewestFirst, limit - eventCount)
        return try reader.read(left.prefix(count), isCancelled: options.isCancelled) {
            (scan, part, _) throws(StoreError) in
            try Self.lines(of: part, in: &scan, fields, isNewestFirst: isNewestFirst, room: room)
        }
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

    private func comesBefore(_ left: Line, _ right: Line) -> Bool {
        let (first, second) = isNewestFirst ? (right, left) : (left, right)
        return (first.time, first.sequence) < (second.time, second.sequence)
    }

    private mutating func drain(before next: EventScan.Part?, into output: inout [UInt8]) {
        let isNewestFirst = isNewestFirst
        let end = next.map { next in
            waiting.firstIndex {
                isNewestFirst ? $0.time <= next.times.upperBound : $0.time >= next.times.lowerBound
            } ?? waiting.count
        }
        for line in waiting[..<(end ?? waiting.count)] { output += line.text }
        eventCount += end ?? waiting.count
        waiting.removeFirst(end ?? waiting.count)
    }
}
