import Bytes
import Columns

/// Reads everything in a segment and checks every rule of the format: it is the *checker* of Format/Segment.md, 10.
public struct SegmentVerifier {
    private let reader: SegmentReader
    private let columns: [SegmentColumn]
    private let statistics: [ColumnStatistics?]
    private var filters: [FilterCheck] = []
    private var content = ContentChecksum()
    /// Values and zones with values found so far, by ordinal.
    private var valueCounts: [Int]
    private var zoneCounts: [Int]
    private var times = Extent<Int64>()
    private var storedTimes = Extent<Int64>()
    private var sequences = Extent<UInt64>()

    public init(_ reader: SegmentReader) throws(SegmentError) {
        self.reader = reader
        columns = try reader.allColumns()
        statistics = try columns.map { column throws(SegmentError) in try column.statistics() }
        valueCounts = [Int](repeating: 0, count: columns.count)
        zoneCounts = valueCounts
    }

    /// Verifies the whole segment and tells what it says.
    public mutating func verify() throws(SegmentError) -> ContentChecksum {
        try StructureCheck(reader: reader, columns: columns).check()
        filters = []
        for kind in IdFilterKind.allCases {
            if let filter = try reader.idFilter(kind) { filters.append(FilterCheck(kind, filter)) }
        }
        let shapes = ShapeCheck(reader, columns)
        for zone in reader.zones.indices {
            try shapes.checkShapes(ofZone: zone)
            let batch = try reader.rows(in: zone..<zone + 1)
            try shapes.checkPaths(of: batch)
            for column in batch.columns {
                if let problem = column.values.textProblem(column.key.type) {
                    throw columns[column.ordinal].damage(problem)
                }
                try add(column.values, of: columns[column.ordinal], zone)
                for index in filters.indices { try filters[index].add(column, zone: zone) }
            }
            try add(.integers(batch.storedAt), of: columns[ColumnCatalog.storedAtOrdinal], zone)
            try add(.integers(batch.sequences), of: columns[ColumnCatalog.sequenceOrdinal], zone)
            try addShapes(zone)
            storedTimes.add(batch.storedAt.lazy.map { Int64(bitPattern: $0) })
            sequences.add(batch.sequences)
            try addTimes(of: batch, reader.zones[zone])
            content.add(batch)
        }
        for filter in filters { try filter.checkKeyCount() }
        try checkTotals()
        try checkRoot()
        return content
    }

    private mutating func add(_ values: ColumnVector, of column: SegmentColumn, _ zone: Int) throws(SegmentError) {
        valueCounts[column.ordinal] += values.count
        zoneCounts[column.ordinal] += 1
        guard let known = statistics[column.ordinal] else { return }
        guard let stored = known.entry(ofZone: zone), stored == .init(of: values, zone: zone, like: stored) else {
            throw column.damage("its statistics are not those of its values in zone \(zone)")
        }
    }

    private mutating func addShapes(_ zone: Int) throws(SegmentError) {
        let shape = columns[ColumnCatalog.shapeOrdinal]
        for piece in try shape.pieces(in: zone..<zone + 1) { try add(piece.values, of: shape, zone) }
    }

    private mutating func addTimes(of batch: RowBatch, _ zone: Zone) throws(SegmentError) {
        var inZone = Extent<Int64>()
        for column in batch.columns where column.ordinal == Int(reader.root.timeColumn) {
            if case .timestamps(let values, _) = column.values { inZone.add(values.map { Int64(bitPattern: $0) }) }
        }
        guard zone.minTimestamp == inZone.minimum ?? .max, zone.maxTimestamp == inZone.maximum ?? .min else {
            throw damage("the times of the zone of row \(zone.firstRow) are others than the zone table says")
        }
        times.add([inZone.minimum, inZone.maximum].compactMap(\.self))
    }

    private func checkTotals() throws(SegmentError) {
        for column in columns where column.type != .overflow {
            let ordinal = column.ordinal
            guard column.valueCount == valueCounts[ordinal] else {
                throw column.damage("it has \(valueCounts[ordinal]) values, its entry says \(column.valueCount)")
            }
            guard statistics[ordinal].map({ $0.zones.count == zoneCounts[ordinal] }) ?? true else {
                throw column.damage("statistics of zones without values")
            }
        }
    }

    private func checkRoot() throws(SegmentError) {
        let root = reader.root
        guard root.minTimestamp == times.minimum ?? 0, root.maxTimestamp == times.maximum ?? 0,
            root.minStoredAt == storedTimes.minimum ?? 0, root.maxStoredAt == storedTimes.maximum ?? 0,
            root.minSequence == sequences.minimum ?? 0, root.maxSequence == sequences.maximum ?? 0
        else { throw damage("times or sequence numbers have other bounds than the root says") }
    }

    private func damage(_ reason: String) -> SegmentError {
        .damaged(.corrupt(at: SegmentReader.clamped(reader.trailer.root.offset), reason))
    }
}

extension ColumnStatistics {
    /// What is known of a zone; nil when the column has no value there.
    fileprivate func entry(ofZone zone: Int) -> ZoneStatistics? {
        var (low, high) = (0, zones.count)
        while low < high {
            let middle = (low + high) / 2
            if zones[middle].zone < zone { low = middle + 1 } else { high = middle }
        }
        return low < zones.count && zones[low].zone == zone ? zones[low] : nil
    }
}
