import Bytes
public import Columns

/// A column of an open segment.
public final class SegmentColumn {
    unowned let reader: SegmentReader
    let entry: ColumnEntry
    public let path: ColumnPath
    private let inlineMetadata: ArraySlice<UInt8>?
    private let blockOffset: Int
    private var knownMetadata: ColumnMetadata?
    /// The page that was decoded last: neighbouring zones usually share it.
    private var lastPage: (index: Int, page: DecodedPage)?

    init(
        reader: SegmentReader, entry: ColumnEntry, path: ColumnPath, inlineMetadata: ArraySlice<UInt8>?,
        blockOffset: Int
    ) {
        self.reader = reader
        self.entry = entry
        self.path = path
        self.inlineMetadata = inlineMetadata
        self.blockOffset = blockOffset
    }

    public var ordinal: Int { entry.ordinal }
    public var type: ColumnType { entry.type }
    public var key: ColumnKey { ColumnKey(path: path, type: entry.type) }
    /// Rows that have a value in this column.
    public var valueCount: Int { SegmentReader.clamped(entry.valueCount) }
    public var hasOverflow: Bool { entry.hasOverflow }

    func metadata() throws(SegmentError) -> ColumnMetadata {
        if let knownMetadata { return knownMetadata }
        let bytes: ArraySlice<UInt8>
        if let inlineMetadata {
            bytes = inlineMetadata
        } else {
            bytes = try reader.bytes(of: entry.metadata, "metadata of a column")
        }
        let metadata = try SegmentReader.damage { () throws(DecodeError) in
            try ColumnMetadata(parsing: bytes, zones: reader.zones, at: errorOffset)
        }
        knownMetadata = metadata
        return metadata
    }

    func pages() throws(SegmentError) -> [PageEntry] { try metadata().pages }

    /// The byte of the file to name when the column as a whole is damaged.
    var errorOffset: Int { entry.isInline ? blockOffset : SegmentReader.clamped(entry.metadata.offset) }

    func page(_ index: Int) throws(SegmentError) -> DecodedPage {
        if let lastPage, lastPage.index == index { return lastPage.page }
        let page = try reader.decoding { () throws(DecodeError) in
            try PageScope(reader: reader, column: self, pageIndex: index, depth: 0).decode()
        }
        lastPage = (index, page)
        return page
    }

    /// The column's values in some zones as pieces, each with the rows (from the first row of the zones) of its
    /// values; what lies in overflow is not among them.
    func pieces(in zoneRange: Range<Int>) throws(SegmentError) -> [ColumnPiece] {
        var pieces: [ColumnPiece] = []
        guard !zoneRange.isEmpty else { return pieces }
        let firstRow = reader.zones[zoneRange.lowerBound].firstRow
        if type.layout == .presenceOnly {
            // Null and {} have no pages where the shapes say it all.
            for page in try reader.shapePages(in: zoneRange) {
                let zones = page.zones.clamped(to: zoneRange)
                let distance = UInt32(reader.zones[zones.lowerBound].firstRow - firstRow)
                let rows = try reader.rows(ofColumn: ordinal, in: zones).map { $0 + distance }
                if !rows.isEmpty { pieces.append(ColumnPiece(rows: rows, values: .presence(count: rows.count))) }
            }
        }
        for (index, entry) in try pages().enumerated()
        where entry.kind == .data && entry.zones.overlaps(zoneRange) {
            let zones = entry.zones.clamped(to: zoneRange)
            let pageRow = reader.zones[entry.firstZone].firstRow
            let rows =
                reader.zones[zones.lowerBound].firstRow - pageRow..<reader.zones[zones.upperBound - 1].rows.upperBound
                - pageRow
            pieces.append(try page(index).slice(rows, shiftedBy: pageRow - firstRow))
        }
        return pieces
    }
}

/// Some values of a column and the rows in which they stand, ascending.
struct ColumnPiece {
    var rows: [UInt32]
    var values: ColumnVector
}
