import Bytes
public import Columns

extension SegmentReader {
    /// Zones cut where no data page is cut, so that reading one range after another decodes each page once.
    public func batchRanges() throws(SegmentError) -> [Range<Int>] {
        let column = try self.column(ordinal: ColumnCatalog.shapeOrdinal)
        let ranges = try column.pages().filter { $0.kind == .data }.map { $0.zones }
        // They ascend without overlaps: together as long as all zones, they leave none out.
        guard ranges.reduce(0, { $0 + $1.count }) == zones.count else {
            throw .damaged(.corrupt(at: column.errorOffset, "some rows have no shape"))
        }
        return ranges
    }

    /// The same in pieces of at most a few zones, for whoever turns rows into something larger: a page of the cold tier
    /// may hold half a million. A page is decoded once as long as its pieces are read one after another.
    public func batchRanges(upTo zoneCount: Int) throws(SegmentError) -> [Range<Int>] {
        try batchRanges().flatMap { range in
            stride(from: range.lowerBound, to: range.upperBound, by: zoneCount).map {
                $0..<min($0 + zoneCount, range.upperBound)
            }
        }
    }

    /// Everything in some zones (all columns, or those that `isWanted` accepts).
    public func rows(
        in zoneRange: Range<Int>, where isWanted: (SegmentColumn) -> Bool = { _ in true }
    ) throws(SegmentError) -> RowBatch {
        guard !zoneRange.isEmpty else {
            return RowBatch(shapeOfRow: [], shapes: [], columns: [], storedAt: [], sequences: [])
        }
        let firstRow = zones[zoneRange.lowerBound].firstRow
        let rowCount = zones[zoneRange.upperBound - 1].rows.upperBound - firstRow
        // Every row has a shape, also where none of the columns asks for it.
        _ = try shapePages(in: zoneRange)
        var assembly = RowAssembly(rowCount: rowCount)
        for column in try allColumns() where !column.type.isSystem && isWanted(column) {
            for piece in try column.pieces(in: zoneRange) { try assembly.add(piece, to: column) }
        }
        try addOverflow(in: zoneRange, firstRow: firstRow, to: &assembly, where: isWanted)
        // The pages stay decoded for the zones that follow. Those of the hot tier share dictionaries with their neighbours.
        defer { forgetSources(keeping: 16 << 20) }
        return try assembly.batch(
            storedAt: systemValues(ColumnCatalog.storedAtOrdinal, in: zoneRange, rowCount: rowCount),
            sequences: systemValues(ColumnCatalog.sequenceOrdinal, in: zoneRange, rowCount: rowCount))
    }

    private func systemValues(
        _ ordinal: Int, in zoneRange: Range<Int>, rowCount: Int
    ) throws(SegmentError) -> [UInt64] {
        var values: [UInt64] = []
        for piece in try column(ordinal: ordinal).pieces(in: zoneRange) {
            if case .integers(let more) = piece.values { values.append(contentsOf: more) }
        }
        guard values.count == rowCount else {
            throw .damaged(.corrupt(at: 0, "a row has no stored time or sequence"))
        }
        return values
    }

    private func addOverflow(
        in zoneRange: Range<Int>, firstRow: Int, to assembly: inout RowAssembly, where isWanted: (SegmentColumn) -> Bool
    ) throws(SegmentError) {
        for bucket in try overflowColumns() {
            for (index, entry) in try bucket.pages().enumerated()
            where entry.kind == .data && entry.zones.overlaps(zoneRange) {
                let values = try overflowValues(of: bucket, page: index)
                let pageRow = zones[entry.firstZone].firstRow
                for place in values.ordinals.indices {
                    let row = pageRow + Int(values.rows[place]) - firstRow
                    guard row >= 0, row < assembly.rowCount else { continue }
                    let column = try self.column(ordinal: Int(values.ordinals[place]))
                    guard !column.type.isSystem, column.hasOverflow else {
                        throw .damaged(.corrupt(at: entry.errorOffset, "a column in overflow that has none there"))
                    }
                    guard isWanted(column) else { continue }
                    try assembly.add(text: values.texts[place], row: row, to: column)
                }
            }
        }
    }

    func overflowColumns() throws(SegmentError) -> [SegmentColumn] {
        guard root.overflowBucketCount > 0 else { return [] }
        return try columns(at: .none).filter { $0.type == .overflow }.sorted { $0.ordinal < $1.ordinal }
    }

    func overflowValues(of bucket: SegmentColumn, page index: Int) throws(SegmentError) -> OverflowPage.Values {
        try decoding { () throws(DecodeError) in
            let (page, scope) = try overflowPage(of: bucket, page: index)
            return try page.decode(rowCount: scope.rowCount, in: scope)
        }
    }

    /// The number of the bucket that a page of it tells.
    func overflowBucket(of bucket: SegmentColumn, page index: Int) throws(SegmentError) -> Int {
        try decoding { () throws(DecodeError) in try overflowPage(of: bucket, page: index).page.bucket }
    }

    private func overflowPage(
        of bucket: SegmentColumn, page index: Int
    ) throws(DecodeError) -> (page: OverflowPage, scope: PageScope) {
        let scope = try PageScope(reader: self, column: bucket, pageIndex: index, depth: 0)
        guard case .overflow(let page) = try scope.parse().body else {
            throw .corrupt(at: scope.entry.errorOffset, "not an overflow bucket")
        }
        return (page, scope)
    }
}
