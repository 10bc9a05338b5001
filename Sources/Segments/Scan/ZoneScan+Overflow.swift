import Columns

/// Values of rare columns, which lie together (Format/Segment.md, 7).
extension ZoneScan {
    func overflowValues(of column: SegmentColumn) throws(SegmentError) -> [(row: Int, text: [UInt8])] {
        guard column.hasOverflow else { return [] }
        if let known = overflow { return known[column.ordinal] ?? [] }
        var found: [Int: [(row: Int, text: [UInt8])]] = [:]
        for bucket in try reader.overflowColumns() {
            for (index, entry) in try bucket.pages().enumerated()
            where entry.kind == .data && entry.zones.overlaps(zones) {
                let values = try reader.overflowValues(of: bucket, page: index)
                let distance = reader.zones[entry.firstZone].firstRow - firstRow
                for place in values.ordinals.indices {
                    let row = distance + Int(values.rows[place])
                    guard row >= 0, row < rowCount else { continue }
                    found[Int(values.ordinals[place]), default: []].append((row, Array(values.texts[place])))
                }
            }
        }
        overflow = found
        return found[column.ordinal] ?? []
    }

    func vector(_ text: [UInt8], of column: SegmentColumn) throws(SegmentError) -> ColumnVector {
        guard let value = ColumnVector(overflowText: text, type: column.type) else {
            throw .damaged(
                .corrupt(at: column.errorOffset, "text of a value in overflow is not of the column's type"))
        }
        return value
    }
}
