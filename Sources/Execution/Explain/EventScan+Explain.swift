import Columns
import Segments
import Storage

/// What can be told of a scan before it runs.
extension EventScan {
    /// Parts whose pages are looked at for their encodings: each is one read.
    private static let sampleCount = 8

    /// How the values of a field are encoded in some of the parts, the most frequent first.
    mutating func encodings(of field: BoundField) throws(StoreError) -> [(text: String, count: Int)] {
        let stride = max(1, parts.count / Self.sampleCount)
        var counts: [String: Int] = [:]
        for (number, part) in parts.enumerated() where number % stride == 0 && number / stride < Self.sampleCount {
            let reader = try reader(part.source)
            let texts = try damage(part.source) { () throws(SegmentError) in
                var texts: [String] = []
                for path in field.paths {
                    for column in try reader.columns(at: path) {
                        guard let text = try column.encoding(in: part.zones) else { continue }
                        texts.append("\(column.type): \(text)")
                    }
                }
                return texts
            }
            for text in texts { counts[text, default: 0] += 1 }
        }
        return counts.map { ($0.key, $0.value) }.sorted { ($1.count, $0.text) < ($0.count, $1.text) }
    }

    /// Whether some of the parts have events that stand for others.
    mutating func hasSamples() throws(StoreError) -> Bool {
        var last: Int?
        for part in parts where part.source != last {
            last = part.source
            let reader = try reader(part.source)
            let columns = try damage(part.source) { () throws(SegmentError) in
                try reader.columns(at: SamplingPolicy.weightPath)
            }
            if !columns.isEmpty { return true }
        }
        return false
    }

    /// What there is to read for the condition and some columns, all when nil, as far as page tables tell.
    mutating func cost(of paths: Set<ColumnPath>?) throws(StoreError) -> ScanCounts {
        var counts = ScanCounts()
        let wanted = paths.map { $0.union(condition?.tests.flatMap(\.field.paths) ?? []) }
        for part in parts {
            let reader = try reader(part.source)
            counts.partCount += 1
            counts.zoneCount += part.zones.count
            counts.rowCount += part.rowCount
            counts.byteCount += try damage(part.source) { () throws(SegmentError) in
                var byteCount = 0
                for column in try reader.allColumns() where wanted?.contains(column.path) ?? true {
                    byteCount += try column.pageByteCount(in: part.zones)
                }
                return byteCount
            }
        }
        return counts
    }
}
