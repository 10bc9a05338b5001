import Bytes
import Columns

/// A column's page table and statistics (Format/Segment.md, 2.8).
struct ColumnMetadata: Equatable, Sendable {
    var pages: [PageEntry] = []
    /// As stored, with the byte of the file at which they stand.
    var statistics: ArraySlice<UInt8> = []
    var statisticsOffset = 0

    func encoded() -> [UInt8] {
        if pages.isEmpty, statistics.isEmpty { return [] }
        var writer = ByteWriter()
        var end: UInt64 = 0
        writer.append(varint: pages.count)
        for page in pages { page.write(to: &writer, after: &end) }
        writer.append(varint: statistics.count)
        writer.append(contentsOf: statistics)
        for page in pages {
            if case .inline(let bytes, _) = page.place { writer.append(contentsOf: bytes) }
        }
        return writer.bytes
    }

    init(pages: [PageEntry], statistics: [UInt8]) {
        self.pages = pages
        self.statistics = statistics[...]
    }

    /// Reads the metadata and checks every rule that needs no page.
    init(
        parsing bytes: ArraySlice<UInt8>, type: ColumnType, zones: [Zone], at offset: Int
    ) throws(DecodeError) {
        guard !bytes.isEmpty else { return }
        var reader = ByteReader(bytes, baseOffset: offset)
        // A page takes at least 6 bytes of its table.
        let pageCount = try reader.readCount(upTo: bytes.count / 6, "number of pages")
        var end: UInt64 = 0
        var nextZone = 0
        for _ in 0..<pageCount {
            let page = try PageEntry(parsing: &reader, after: &end)
            try Self.check(page, type, zones, nextZone: &nextZone, reader)
            pages.append(page)
        }
        let statisticsByteCount = try reader.readCount(upTo: reader.remainingByteCount, "length of the statistics")
        statisticsOffset = reader.byteOffset
        statistics = try reader.readSlice(byteCount: statisticsByteCount)
        for index in pages.indices {
            guard case .inline(_, let byteCount) = pages[index].place else { continue }
            let start = reader.byteOffset
            pages[index].place = .inline(try reader.readSlice(byteCount: byteCount), at: start)
        }
        guard reader.isAtEnd else { throw reader.corrupt("bytes follow the end of a column's metadata") }
    }

    private static func check(
        _ page: PageEntry, _ type: ColumnType, _ zones: [Zone], nextZone: inout Int, _ reader: ByteReader
    ) throws(DecodeError) {
        guard page.zoneCount >= 1, page.firstZone + page.zoneCount <= zones.count else {
            throw reader.corrupt("page lies in zones that the segment does not have")
        }
        guard page.kind == .data else {
            guard page.kind.isAllowed(in: type) else {
                throw reader.corrupt("a column of type \(type) has no resource of kind \(page.kind)")
            }
            guard page.valueCount == 0 || page.kind.hasEntries else {
                throw reader.corrupt("number of values of a resource that has none")
            }
            return
        }
        guard page.zoneCount <= Limits.zoneCountPerPage else { throw reader.corrupt("data page of too many zones") }
        guard type.allows(page.presence) else {
            throw reader.corrupt("presence \(page.presence) in a column of type \(type)")
        }
        let rowCount = zones[page.zones.upperBound - 1].rows.upperBound - zones[page.firstZone].firstRow
        guard page.firstZone >= nextZone else { throw reader.corrupt("data pages overlap or are not ascending") }
        guard page.valueCount >= 1 else { throw reader.corrupt("data page without values") }
        guard page.valueCount <= rowCount || type == .overflow,
            page.presence != .everyRow || page.valueCount == rowCount
        else { throw reader.corrupt("page of \(page.valueCount) values in \(rowCount) rows") }
        nextZone = page.zones.upperBound
    }
}

extension PageEntry.Kind {
    fileprivate var hasEntries: Bool { self == .dictionary || self == .mapTable }

    fileprivate func isAllowed(in type: ColumnType) -> Bool {
        switch self {
        case .dictionary: type.hasDictionary
        case .shapeTable: type == .shape
        default: true
        }
    }
}

extension ColumnType {
    /// Whether pages of the column may name a dictionary (Format/Segment.md, 4.1).
    var hasDictionary: Bool {
        switch layout {
        case .integers: self != .shape
        case .strings: self != .overflow
        case .fixed8, .fixed16: true
        case .presenceOnly, .doubles, .timestamps: false
        }
    }

    fileprivate func allows(_ presence: PageEntry.Presence) -> Bool {
        switch self {
        case .storedAt, .sequence, .shape: presence == .everyRow
        case .null, .emptyObject, .overflow: presence == .own
        default: true
        }
    }
}
