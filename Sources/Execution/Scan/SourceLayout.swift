import Segments

/// Which zones of a source are read together, and from when to when their rows are.
struct SourceLayout: Sendable {
    struct Batch: Sendable {
        var zones: Range<Int>
        var rowCount: Int
        /// Nil when no row has a time.
        var times: ClosedRange<Int64>?
    }

    let zoneCount: Int
    let batches: [Batch]

    init(of reader: SegmentReader) throws(SegmentError) {
        let zones = reader.zones
        zoneCount = zones.count
        batches = try reader.batchRanges().map { range in
            var (lowest, highest) = (Int64.max, Int64.min)
            for zone in zones[range] {
                lowest = min(lowest, zone.minTimestamp)
                highest = max(highest, zone.maxTimestamp)
            }
            return Batch(
                zones: range,
                rowCount: zones[range.upperBound - 1].rows.upperBound - zones[range.lowerBound].firstRow,
                times: lowest <= highest ? lowest...highest : nil)
        }
    }
}
