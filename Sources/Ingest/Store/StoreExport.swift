import Bytes
import Columns
public import Files
import Segments
public import Storage

/// Gives the events of a store back as lines of JSON, as they came in.
///
/// Segments are gone through some zones at a time, in the order of their first times. Events wait until no zone that is
/// still to come can hold an earlier one, so memory follows how far events are out of order, not how many there are.
public struct StoreExport {
    private let snapshot: Snapshot
    private let filter: ExportFilter
    private let byIngest: Bool
    /// Under which key a sampled event is given its weight; nil: it is not.
    private let weightKey: String?
    public private(set) var eventCount = 0
    /// How the first id of the filter was found.
    public private(set) var lookup: IdLookup?
    private var segments: OpenSegments

    /// Some ten thousand rows: their lines take some megabytes.
    private static let zoneCountPerPart = 4

    public init(
        _ snapshot: Snapshot, filter: ExportFilter = ExportFilter(), byIngest: Bool = false, weightKey: String? = nil
    ) {
        self.snapshot = snapshot
        self.filter = filter
        self.byIngest = byIngest
        self.weightKey = weightKey
        segments = OpenSegments(snapshot)
    }

    /// Where rows are.
    private enum Source {
        case segment(SegmentEntry)
        /// Those of a log file, in memory.
        case log(LogRange, SegmentReader)
    }

    /// Pages of one segment that belong together, and the lowest key that their rows may have.
    private struct Part {
        var lowest: ExportedRows.SortKey
        /// Of the segments, to give those of one key in the same order always.
        var order: Int
        var source: Source
        var zones: Range<Int>
    }

    /// Calls `write` with whole lines.
    public mutating func run(_ write: ([UInt8]) throws(FileError) -> Void) throws(StoreError) {
        var waiting: [ExportedRows] = []
        var output: [UInt8] = []
        var parts = try parts()[...]
        while let part = parts.popFirst() {
            let rows = try rows(of: part)
            if rows.nextKey != nil { waiting.append(rows) }
            let limit = parts.first.map { $0.lowest }
            drain(&waiting, below: limit, into: &output)
            if output.count > 1 << 20 || parts.isEmpty {
                do throws(FileError) { try write(output) } catch { throw .file(error) }
                output.removeAll(keepingCapacity: true)
            }
        }
    }

    private mutating func parts() throws(StoreError) -> [Part] {
        var parts: [Part] = []
        if let query = filter.ids.first {
            let found = try snapshot.find(query, times: filter.times)
            for place in found.places {
                let reader = try snapshot.open(place.entry)
                let zones = place.zones.map { $0..<$0 + 1 }
                try addParts(of: reader, in: zones, .segment(place.entry), snapshot.path(place.entry), to: &parts)
            }
            lookup = found
        } else {
            for entry in snapshot.state.orderedSegments where entry.times.overlaps(filter.times) {
                let reader = try snapshot.open(entry)
                try addParts(of: reader, .segment(entry), snapshot.path(entry), to: &parts)
            }
        }
        for log in snapshot.logs {
            for reader in try LogSegments.read(log, in: snapshot) {
                try addParts(of: reader, .log(log, reader), snapshot.store.paths.log(log.id), to: &parts)
            }
        }
        return parts.sorted { ($0.lowest, $0.order, $0.zones.lowerBound) < ($1.lowest, $1.order, $1.zones.lowerBound) }
    }

    private func addParts(
        of reader: SegmentReader, in zones: [Range<Int>]? = nil, _ source: Source, _ path: String,
        to parts: inout [Part]
    ) throws(StoreError) {
        let order = (parts.last?.order ?? 0) + 1
        let ranges: [Range<Int>]
        do throws(SegmentError) {
            if let zones { ranges = zones } else { ranges = try reader.batchRanges(upTo: Self.zoneCountPerPart) }
        } catch {
            throw .segment(path: path, error)
        }
        for zones in ranges {
            let lowest = reader.zones[zones].map(\.minTimestamp).min() ?? .min
            let highest = reader.zones[zones].map(\.maxTimestamp).max() ?? .max
            guard lowest <= filter.times.upperBound, highest >= filter.times.lowerBound else { continue }
            let key =
                byIngest
                ? ExportedRows.SortKey(time: 0, sequence: reader.sequences?.lowerBound ?? 0)
                : ExportedRows.SortKey(time: lowest, sequence: 0)
            parts.append(Part(lowest: key, order: order, source: source, zones: zones))
        }
    }

    private mutating func rows(of part: Part) throws(StoreError) -> ExportedRows {
        let (reader, path) =
            switch part.source {
            case .segment(let entry): (try segments.reader(entry), snapshot.path(entry))
            case .log(let log, let reader): (reader, snapshot.store.paths.log(log.id))
            }
        do throws(SegmentError) {
            let batch = try reader.rows(in: part.zones)
            do throws(DecodeError) {
                return try ExportedRows(batch, filter, byIngest: byIngest, weightKey: weightKey)
            } catch {
                throw .damaged(error)
            }
        } catch {
            throw .segment(path: path, error)
        }
    }

    /// Moves what comes before `limit` out, in order.
    private mutating func drain(
        _ waiting: inout [ExportedRows], below limit: ExportedRows.SortKey?, into output: inout [UInt8]
    ) {
        while true {
            guard let first = waiting.indices.min(by: { waiting[$0].nextKey! < waiting[$1].nextKey! }),
                let key = waiting[first].nextKey, limit.map({ key < $0 }) ?? true
            else { return }
            // Up to the first of the others, or of what is still to come.
            var end = ExportedRows.SortKey(time: .max, sequence: .max)
            for other in waiting.indices where other != first { end = min(end, waiting[other].nextKey!) }
            if let limit, limit <= end {
                end =
                    limit.sequence > 0
                    ? ExportedRows.SortKey(time: limit.time, sequence: limit.sequence - 1)
                    : ExportedRows.SortKey(time: limit.time - 1, sequence: .max)
            }
            waiting[first].takeLines(upTo: end) { line in
                output.append(contentsOf: line)
                eventCount += 1
            }
            if waiting[first].nextKey == nil { waiting.remove(at: first) }
        }
    }
}
