import Bytes
import Columns
import Segments
import Storage

/// Some zones of one segment that are read together, and between which keys their rows are.
struct ExportPart {
    /// Some ten thousand rows: their lines take some megabytes.
    static let zoneCount = 4

    /// Where rows are.
    enum Source {
        case segment(SegmentEntry)
        /// Those of a log file, in memory.
        case log(LogRange, SegmentReader)
    }

    var lowest: ExportedRows.SortKey
    var highest: ExportedRows.SortKey
    /// Of the segments, to give those of one key in the same order always.
    var order: Int
    var source: Source
    var zones: Range<Int>
}

extension StoreExport {
    /// All that has rows that may pass, by their first keys.
    mutating func parts() throws(StoreError) -> [ExportPart] {
        var parts: [ExportPart] = []
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
        of reader: SegmentReader, in zones: [Range<Int>]? = nil, _ source: ExportPart.Source, _ path: String,
        to parts: inout [ExportPart]
    ) throws(StoreError) {
        let order = (parts.last?.order ?? 0) + 1
        let ranges: [Range<Int>]
        do throws(SegmentError) {
            if let zones { ranges = zones } else { ranges = try reader.batchRanges(upTo: ExportPart.zoneCount) }
        } catch {
            throw .segment(path: path, error)
        }
        for zones in ranges {
            let lowest = reader.zones[zones].map(\.minTimestamp).min() ?? .min
            let highest = reader.zones[zones].map(\.maxTimestamp).max() ?? .max
            guard lowest <= filter.times.upperBound, highest >= filter.times.lowerBound else { continue }
            var keys =
                ExportedRows.SortKey(time: lowest, sequence: 0)...ExportedRows.SortKey(time: highest, sequence: .max)
            if byIngest {
                do throws(SegmentError) {
                    let sequences = try reader.rows(in: zones) { _ in false }.sequences
                    guard let lowest = sequences.min(), let highest = sequences.max() else { continue }
                    keys = .init(time: 0, sequence: lowest)...(.init(time: 0, sequence: highest))
                } catch {
                    throw .segment(path: path, error)
                }
            }
            parts.append(
                ExportPart(
                    lowest: keys.lowerBound, highest: keys.upperBound, order: order, source: source, zones: zones))
        }
    }

    /// Those of its rows that have keys in a range.
    mutating func rows(
        of part: ExportPart, in keys: ClosedRange<ExportedRows.SortKey>
    ) throws(StoreError) -> ExportedRows {
        let (reader, path) =
            switch part.source {
            case .segment(let entry): (try segments.reader(entry), snapshot.path(entry))
            case .log(let log, let reader): (reader, snapshot.store.paths.log(log.id))
            }
        do throws(SegmentError) {
            let batch = try reader.rows(in: part.zones)
            do throws(DecodeError) {
                return try ExportedRows(batch, filter, keys, byIngest: byIngest, weightKey: weightKey)
            } catch {
                throw .damaged(error)
            }
        } catch {
            throw .segment(path: path, error)
        }
    }
}
