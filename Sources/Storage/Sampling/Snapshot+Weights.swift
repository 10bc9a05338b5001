import Columns
import Segments

extension Snapshot {
    /// How many events those of a segment stand for: as many as there are, unless they were sampled.
    public func representedCount(_ entry: SegmentEntry) throws(StoreError) -> Double {
        let reader = try open(entry)
        return try wrap(path(entry)) { () throws(SegmentError) in
            var count = Double(entry.rowCount)
            for column in try reader.columns(at: SamplingPolicy.weightPath) where column.type == .double {
                if let sum = try column.constantSum() {
                    count += sum - Double(column.valueCount)
                } else {
                    for range in try reader.batchRanges() {
                        let batch = try reader.rows(in: range) { $0.ordinal == column.ordinal }
                        guard case .doubles(let weights)? = batch.columns.first?.values else { continue }
                        count += weights.reduce(0) { $0 + $1 - 1 }
                    }
                }
            }
            return count
        }
    }
}

extension SegmentColumn {
    /// The sum of the column's numbers when its statistics say that those of a zone are all the same.
    fileprivate func constantSum() throws(SegmentError) -> Double? {
        guard let statistics = try statistics() else { return nil }
        var sum = 0.0
        for zone in statistics.zones {
            guard case .double(let range?, nanCount: 0) = zone.bounds, range.lowerBound == range.upperBound else {
                return nil
            }
            sum += range.lowerBound * Double(zone.valueCount)
        }
        return sum
    }
}
