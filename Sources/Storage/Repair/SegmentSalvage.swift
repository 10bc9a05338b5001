import Columns
import Segments

/// Takes what can still be read out of a damaged segment.
///
/// Rows are kept as long as their time, order and shape can be read. A page of another column that cannot be read costs
/// the values of that column in its rows; a page that others are derived from costs theirs, too.
struct SegmentSalvage {
    /// What could not be kept.
    struct Loss: Equatable {
        /// In words, for people.
        var descriptions: [String] = []
        var rowCount = 0
        var valueCount = 0
    }

    private let reader: SegmentReader
    private(set) var loss = Loss()

    init(_ reader: SegmentReader) { self.reader = reader }

    /// Calls `body` with the rows that are left, in order.
    mutating func run(_ body: (RowBatch) throws(StoreError) -> Void) throws(StoreError) {
        for zones in ranges {
            let first = reader.zones[zones.lowerBound].firstRow
            let end = reader.zones[zones.upperBound - 1].rows.upperBound
            if let batch = rows(in: zones) {
                try body(batch)
            } else {
                loss.rowCount += end - first
                loss.descriptions.append("rows \(first) to \(end - 1)")
            }
        }
    }

    /// Single zones when it cannot be read how pages are cut.
    private var ranges: [Range<Int>] {
        (try? reader.batchRanges()) ?? reader.zones.indices.map { $0..<$0 + 1 }
    }

    private mutating func rows(in zones: Range<Int>) -> RowBatch? {
        if let batch = whole(zones, where: { _ in true }) { return batch }
        guard let columns = try? reader.allColumns() else { return nil }
        var readable: Set<Int> = []
        var missing: [SegmentColumn] = []
        for column in columns where column.type.rawValue < ColumnType.storedAt.rawValue {
            if whole(zones, where: { $0.ordinal == column.ordinal }) != nil {
                readable.insert(column.ordinal)
            } else {
                missing.append(column)
            }
        }
        guard let batch = whole(zones, where: { readable.contains($0.ordinal) }),
            batch.times != nil
        else { return nil }
        for column in missing {
            let first = reader.zones[zones.lowerBound].firstRow
            loss.descriptions.append(
                "\(column.path) (\(column.type)) in rows \(first) to \(first + batch.rowCount - 1)")
            loss.valueCount += batch.rowCount
        }
        return batch
    }

    private func whole(_ zones: Range<Int>, where isWanted: (SegmentColumn) -> Bool) -> RowBatch? {
        guard let batch = try? reader.rows(in: zones, where: isWanted), (try? batch.checkTexts()) != nil else {
            return nil
        }
        return batch
    }
}
