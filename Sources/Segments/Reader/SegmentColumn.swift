import Bytes
public import Columns

/// A column of an open segment. It keeps its reader; what is known of it is kept by the reader, so there is no circle.
public struct SegmentColumn {
    let reader: SegmentReader
    let state: State

    /// What the reader found out about a column.
    final class State {
        let entry: ColumnEntry
        let path: ColumnPath
        let inlineMetadata: ArraySlice<UInt8>?
        let blockOffset: Int
        var metadata: ColumnMetadata?
        /// The page that was decoded last: neighbouring zones usually share it.
        var lastPage: (index: Int, page: DecodedPage)?
        /// The data page that covers each zone, -1 where none does; empty when nobody has asked yet.
        var pageOfZone: [Int32] = []
        /// The column's statistics, once they were read.
        var statistics: ColumnStatistics??
        /// Codes of the shapes that have the column, by the shape table.
        var shapeCodes: [Int: [UInt64]] = [:]

        init(entry: ColumnEntry, path: ColumnPath, inlineMetadata: ArraySlice<UInt8>?, blockOffset: Int) {
            self.entry = entry
            self.path = path
            self.inlineMetadata = inlineMetadata
            self.blockOffset = blockOffset
        }
    }

    var entry: ColumnEntry { state.entry }
    public var path: ColumnPath { state.path }
    public var ordinal: Int { entry.ordinal }
    public var type: ColumnType { entry.type }
    public var key: ColumnKey { ColumnKey(path: path, type: entry.type) }
    /// Rows that have a value in this column.
    public var valueCount: Int { SegmentReader.clamped(entry.valueCount) }
    public var hasOverflow: Bool { entry.hasOverflow }

    func metadata() throws(SegmentError) -> ColumnMetadata {
        if let known = state.metadata { return known }
        let bytes: ArraySlice<UInt8>
        if let inlineMetadata = state.inlineMetadata {
            bytes = inlineMetadata
        } else {
            bytes = try reader.bytes(of: entry.metadata, "metadata of a column")
        }
        let metadata = try SegmentReader.damage { () throws(DecodeError) in
            try ColumnMetadata(parsing: bytes, type: type, zones: reader.zones, at: errorOffset)
        }
        state.metadata = metadata
        return metadata
    }

    func pages() throws(SegmentError) -> [PageEntry] {
        if let known = state.metadata { return known.pages }
        return try metadata().pages
    }

    /// The byte of the file to name when the column as a whole is damaged.
    var errorOffset: Int { entry.isInline ? state.blockOffset : SegmentReader.clamped(entry.metadata.offset) }

    /// The data page that covers a zone; nil when none does.
    func dataPage(ofZone zone: Int) throws(SegmentError) -> Int? {
        if state.pageOfZone.isEmpty {
            state.pageOfZone = [Int32](repeating: -1, count: reader.zones.count)
            for (index, entry) in try pages().enumerated() where entry.kind == .data {
                for zone in entry.zones { state.pageOfZone[zone] = Int32(index) }
            }
        }
        let page = state.pageOfZone[zone]
        return page < 0 ? nil : Int(page)
    }

    /// The data pages that cover one of some zones, ascending.
    func dataPages(in zones: Range<Int>) throws(SegmentError) -> [(index: Int, entry: PageEntry)] {
        var found: [(index: Int, entry: PageEntry)] = []
        var zone = zones.lowerBound
        while zone < zones.upperBound {
            guard let index = try dataPage(ofZone: zone) else {
                zone += 1
                continue
            }
            let entry = try pages()[index]
            found.append((index, entry))
            zone = entry.zones.upperBound
        }
        return found
    }

    /// How many bytes the data pages take that cover one of some zones.
    public func pageByteCount(in zones: Range<Int>) throws(SegmentError) -> Int {
        try pages().reduce(0) { $0 + ($1.kind == .data && $1.zones.overlaps(zones) ? $1.length : 0) }
    }

    func page(_ index: Int) throws(SegmentError) -> DecodedPage {
        if let lastPage = state.lastPage, lastPage.index == index { return lastPage.page }
        let page = try reader.decoding { () throws(DecodeError) in
            try PageScope(reader: reader, column: self, pageIndex: index, depth: 0).decode()
        }
        if state.lastPage == nil { reader.statesWithPages.append(state) }
        state.lastPage = (index, page)
        return page
    }

    /// The column's values in some zones as pieces, each with the rows (from the first row of the zones) of its
    /// values; what lies in overflow is not among them.
    func pieces(in zoneRange: Range<Int>) throws(SegmentError) -> [ColumnPiece] {
        var pieces: [ColumnPiece] = []
        guard !zoneRange.isEmpty else { return pieces }
        let firstRow = reader.zones[zoneRange.lowerBound].firstRow
        if type.layout == .presenceOnly {
            for zones in try zonesWithoutPage(in: zoneRange) {
                let distance = UInt32(reader.zones[zones.lowerBound].firstRow - firstRow)
                let rows = try reader.rows(ofColumn: ordinal, in: zones).map { $0 + distance }
                if !rows.isEmpty { pieces.append(ColumnPiece(rows: rows, values: .presence(count: rows.count))) }
            }
        }
        for (index, entry) in try dataPages(in: zoneRange) {
            let zones = entry.zones.clamped(to: zoneRange)
            let pageRow = reader.zones[entry.firstZone].firstRow
            let rows =
                reader.zones[zones.lowerBound].firstRow - pageRow..<reader.zones[zones.upperBound - 1].rows.upperBound
                - pageRow
            pieces.append(try page(index).slice(rows, shiftedBy: pageRow - firstRow))
        }
        return pieces
    }

    /// Where the shapes say all there is to say of null and {}.
    private func zonesWithoutPage(in zoneRange: Range<Int>) throws(SegmentError) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var next = zoneRange.lowerBound
        for (_, entry) in try dataPages(in: zoneRange) {
            if entry.firstZone > next { found.append(next..<entry.firstZone) }
            next = entry.zones.upperBound
        }
        if next < zoneRange.upperBound { found.append(next..<zoneRange.upperBound) }
        return found
    }
}

/// Some values of a column and the rows in which they stand, ascending.
struct ColumnPiece {
    var rows: [UInt32]
    var values: ColumnVector
}
