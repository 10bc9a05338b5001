import Columns
public import Segments

extension SegmentReader {
    /// The batches in which a column that bears state may have values.
    public func ranges(bearing mapping: StateMapping) throws(SegmentError) -> [Range<Int>] {
        var mayBear = [Bool](repeating: false, count: zones.count)
        for column in try allColumns() where !column.type.isSystem && mapping.bears(column.path) {
            guard let statistics = try column.statistics() else {
                if column.valueCount > 0 { for zone in zones.indices { mayBear[zone] = true } }
                continue
            }
            for zone in statistics.zones { mayBear[zone.zone] = true }
        }
        guard mayBear.contains(true) else { return [] }
        return try batchRanges().filter { mayBear[$0].contains(true) }
    }
}
