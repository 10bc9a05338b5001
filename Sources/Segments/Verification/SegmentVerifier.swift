import Bytes
public import Columns

/// Reads everything in a segment and checks what readers rely on: checksums, encodings, and that no statistic, zone or
/// filter would hide a value that is there.
public struct SegmentVerifier {
    private let reader: SegmentReader
    private let statistics: [Int: ColumnStatistics]
    private var content = ContentChecksum()
    /// Values found so far, by ordinal.
    private var valueCounts: [Int: Int] = [:]

    public init(_ reader: SegmentReader) throws(SegmentError) {
        self.reader = reader
        var statistics: [Int: ColumnStatistics] = [:]
        for column in try reader.allColumns() { statistics[column.ordinal] = try column.statistics() }
        self.statistics = statistics
    }

    /// Verifies the whole segment and tells what it says; `visit` gets all its rows, zone by zone, for checks of its
    /// own.
    public mutating func verify(
        visit: (RowBatch) throws(SegmentError) -> Void = { _ in }
    ) throws(SegmentError) -> ContentChecksum {
        try checkHeader()
        let filters = try IdFilterKind.allCases.map { kind throws(SegmentError) in
            (kind: kind, filter: try reader.idFilter(kind))
        }
        for (zone, entry) in reader.zones.enumerated() {
            let batch = try reader.rows(in: zone..<zone + 1)
            try visit(batch)
            content.add(batch)
            try checkBounds(batch)
            for column in batch.columns {
                valueCounts[column.ordinal, default: 0] += column.values.count
                try check(column, zone)
                for case (let kind, let filter?) in filters where kind.pathsInFilter.contains(column.key.path) {
                    try check(column, zone, filter)
                }
                if column.ordinal == Int(reader.root.timeColumn) { try check(times: column.values, entry) }
            }
        }
        for column in try reader.allColumns() where column.type.rawValue < ColumnType.storedAt.rawValue {
            guard column.valueCount == valueCounts[column.ordinal, default: 0] else {
                throw damage(column.errorOffset, "column \(column.path) has not as many values as its entry says")
            }
        }
        return content
    }

    private func damage(_ offset: Int, _ reason: String) -> SegmentError { .damaged(.corrupt(at: offset, reason)) }

    /// The header repeats what the trailer says; readers never look at it.
    private func checkHeader() throws(SegmentError) {
        let header = try reader.source.read(at: 0, byteCount: Trailer.header.count)
        let trailer = try reader.source.read(at: reader.fileByteCount - Trailer.byteCount, byteCount: Trailer.byteCount)
        guard header.prefix(8).elementsEqual(Trailer.magic), header[8..<12] == trailer[40..<44],
            header[12...].allSatisfy({ $0 == 0 })
        else { throw damage(0, "the header is not that of a segment or of another version than the trailer") }
    }

    private func checkBounds(_ batch: RowBatch) throws(SegmentError) {
        let root = reader.root
        for row in 0..<batch.rowCount {
            guard batch.sequences[row] >= root.minSequence, batch.sequences[row] <= root.maxSequence else {
                throw damage(0, "sequence \(batch.sequences[row]) lies outside the bounds in the root")
            }
            let time = Int64(bitPattern: batch.storedAt[row])
            guard time >= root.minStoredAt, time <= root.maxStoredAt else {
                throw damage(0, "stored time \(time) lies outside the bounds in the root")
            }
        }
    }

    private func check(times: ColumnVector, _ zone: Zone) throws(SegmentError) {
        guard case .timestamps(let values, _) = times else { throw damage(0, "the time column holds no timestamps") }
        for value in values {
            let time = Int64(bitPattern: value)
            guard time >= max(zone.minTimestamp, reader.root.minTimestamp),
                time <= min(zone.maxTimestamp, reader.root.maxTimestamp)
            else { throw damage(0, "timestamp \(time) lies outside the bounds of its zone") }
        }
    }

    /// The statistics of a column must not exclude a zone in which it has values.
    private func check(_ column: RowBatch.Column, _ zone: Int) throws(SegmentError) {
        guard let known = statistics[column.ordinal] else { return }
        guard let entry = known.entry(ofZone: zone), entry.admits(column.values) else {
            throw damage(
                try reader.column(ordinal: column.ordinal).errorOffset,
                "the statistics of column \(column.key.path) exclude a value in zone \(zone)")
        }
    }

    private func check(_ column: RowBatch.Column, _ zone: Int, _ filter: IdFilterReader) throws(SegmentError) {
        guard case .fixed(let bytes, let width) = column.values else { return }
        for start in stride(from: 0, to: bytes.count, by: width) {
            guard filter.zones(forKey: Array(bytes[start..<start + width]))?.contains(zone) == true else {
                throw damage(0, "an id of column \(column.key.path) in zone \(zone) is not in the id filter")
            }
        }
    }
}

extension IdFilterKind {
    /// The columns whose ids a filter holds (Format/Segment.md, 9).
    fileprivate var pathsInFilter: [ColumnPath] {
        let keys =
            switch self {
            case .eventIds: ["eventId"]
            case .traceIds: ["traceId"]
            case .spanIds: ["spanId", "parentSpanId"]
            }
        return keys.map { ColumnPath(keys: [$0]) }
    }
}
