import Bytes
import Columns
public import Files
import Ingest
import Storage
import TimeQL

/// The events of a timeline, in order, as lines of JSON.
///
/// Parts are read in the order of their first times (newest first: last times). A line waits until no part that is still
/// to come can hold one before it, so memory follows how far events are out of order; and no part is read when there
/// are lines enough before it.
public struct TimelineEvents {
    private var scan: EventScan
    private let condition: BoundPredicate?
    /// Only these; all when there are none.
    private let fields: [BoundField]
    private let isNewestFirst: Bool
    private let limit: Int
    public private(set) var eventCount = 0

    /// A line and where it stands among others.
    private struct Line {
        var time: Int64
        var sequence: UInt64
        var text: [UInt8]
    }

    init(
        _ scan: EventScan, where condition: BoundPredicate?, fields: [BoundField], isNewestFirst: Bool, limit: Int?
    ) {
        self.scan = scan
        self.condition = condition
        self.fields = fields
        self.isNewestFirst = isNewestFirst
        self.limit = limit ?? .max
    }

    /// Calls `write` with whole lines.
    public mutating func run(_ write: ([UInt8]) throws(FileError) -> Void) throws(StoreError) {
        let parts = scan.parts.sorted { left, right in
            let (first, second) =
                isNewestFirst
                ? (right.times.upperBound, left.times.upperBound) : (left.times.lowerBound, right.times.lowerBound)
            return (first, left.number) < (second, right.number)
        }
        var waiting: [Line] = []
        var output: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if eventCount == limit { break }
            try read(part, into: &waiting)
            drain(&waiting, before: index + 1 < parts.count ? parts[index + 1] : nil, into: &output)
            if output.count > 1 << 20 || index == parts.count - 1 || eventCount == limit {
                do throws(FileError) { try write(output) } catch { throw .file(error) }
                output.removeAll(keepingCapacity: true)
            }
        }
    }

    private mutating func read(_ part: EventScan.Part, into waiting: inout [Line]) throws(StoreError) {
        let paths = fields.isEmpty ? nil : Set(fields.flatMap(\.paths))
        let found = try scan.rows(of: part, where: condition) { path in
            // What the store added is no part of the event, but may be a field that is asked for.
            paths?.contains(path) ?? (StorePath.original(path) != nil)
        }
        guard let (batch, times) = found else { return }
        var texts: [UInt8] = []
        do throws(DecodeError) {
            var renderer = EventRenderer(batch.showing(fields).original)
            while try renderer.renderNext() {
                unsafe renderer.lines.withUnsafeBytes { unsafe texts.append(contentsOf: $0) }
            }
        } catch {
            throw scan.damage(of: part, error)
        }
        for (row, text) in texts.split(separator: Byte.lineFeed).enumerated() {
            waiting.append(
                Line(time: times[row], sequence: batch.sequences[row], text: Array(text) + [Byte.lineFeed]))
        }
        waiting.sort(by: comesBefore)
        // What cannot be among the first is not kept.
        let room = limit - eventCount
        if waiting.count > room { waiting.removeLast(waiting.count - room) }
    }

    private func comesBefore(_ left: Line, _ right: Line) -> Bool {
        let (first, second) = isNewestFirst ? (right, left) : (left, right)
        return (first.time, first.sequence) < (second.time, second.sequence)
    }

    private mutating func drain(_ waiting: inout [Line], before next: EventScan.Part?, into output: inout [UInt8]) {
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
