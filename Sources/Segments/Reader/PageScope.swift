import Bytes
import Columns

/// One data page while it is decoded: its place in the segment, and what is left of its memory budget.
final class PageScope: PageEnvironment {
    let reader: SegmentReader
    let column: SegmentColumn
    let entry: PageEntry
    private let pages: [PageEntry]
    let pageIndex: Int
    /// How many columns were derived from one another to get here.
    let depth: Int
    /// What looks at the page, and knows the rows of its columns. It outlives whatever it asks for.
    unowned let scan: ZoneScan?
    private var remainingByteCount = Limits.decodedByteCountPerPage
    var sources: [Int: PageSource] = [:]
    /// The values of a source that have some codes, when they were asked for without their rows.
    var foundCodes: (ordinal: Int, values: PageSource.FoundCodes)?
    /// How many links stand behind what was found in the cache.
    var knownReach = 0

    static func tooDeep(at offset: Int) -> DecodeError {
        .limit(at: offset, "derived over more than 8 columns, or in a circle")
    }

    init(
        reader: SegmentReader, column: SegmentColumn, pageIndex: Int, depth: Int, scan: ZoneScan? = nil
    ) throws(DecodeError) {
        self.scan = scan
        self.reader = reader
        self.column = column
        self.depth = depth
        pages = try reader.reading { () throws(SegmentError) in try column.pages() }
        self.pageIndex = pageIndex
        entry = pages[pageIndex]
    }

    /// The same page with its whole budget.
    func another() throws(DecodeError) -> PageScope {
        try PageScope(reader: reader, column: column, pageIndex: pageIndex, depth: depth, scan: scan)
    }

    /// The number of rows of the page's zones.
    var rowCount: Int {
        reader.zones[entry.zones.upperBound - 1].rows.upperBound - reader.zones[entry.firstZone].firstRow
    }

    func charge(_ byteCount: Int) throws(DecodeError) {
        guard byteCount <= remainingByteCount else {
            throw .limit(at: entry.errorOffset, "page decodes to more than 80 MiB")
        }
        remainingByteCount -= byteCount
    }

    /// The page as a tree: presence and root nodes, nothing decoded yet.
    func parse() throws(DecodeError) -> ParsedPage {
        if let known = reader.pageCache?.page(cacheKey()) { return known }
        let bytes = try reader.reading { () throws(SegmentError) in try reader.bytes(of: entry, "page") }
        var parser = ByteReader(bytes, baseOffset: entry.errorOffset)
        let page = try ParsedPage(parsing: &parser, entry: entry, type: column.type)
        guard parser.isAtEnd else { throw parser.corrupt("bytes follow the end of the page") }
        reader.pageCache?.keep(page, byteCount: bytes.count, cacheKey())
        return page
    }

    func cacheKey(_ buffer: Int = PageCache.Key.page) -> PageCache.Key {
        PageCache.Key(segment: reader.rootChecksum, column: column.ordinal, page: pageIndex, buffer: buffer)
    }

    /// What `find` finds of a page of shapes: the rows that have one of some shapes, which many questions ask for.
    func rows(ofShapes codes: [UInt64], _ find: () throws(DecodeError) -> Bitmap) throws(DecodeError) -> Bitmap {
        guard let cache = reader.pageCache else { return try find() }
        let key = cacheKey(PageCache.Key.rows(ofShapes: codes))
        if let known = cache.rows(key), known.codes == codes { return known.rows }
        let rows = try find()
        cache.keep(ShapeRows(rows, codes: codes), key)
        return rows
    }

    func decompressed(
        _ buffer: StoredBuffer, _ decompress: () throws(DecodeError) -> [UInt8]
    ) throws(DecodeError) -> ArraySlice<UInt8> {
        guard let cache = reader.pageCache else { return try decompress()[...] }
        let key = cacheKey(buffer.stored.startIndex)
        if let known = cache.bytes(key) { return known }
        let bytes = try decompress()[...]
        cache.keep(bytes, key)
        return bytes
    }

    func runStarts(
        at byteOffset: Int, _ find: () throws(DecodeError) -> RunStarts
    ) throws(DecodeError) -> RunStarts {
        guard let cache = reader.pageCache else { return try find() }
        let key = cacheKey(PageCache.Key.runs(at: byteOffset))
        if let known = cache.runs(key) { return known }
        let runs = try find()
        cache.keep(runs, key)
        return runs
    }

    /// The rows of the page's values; nil when every row has one.
    func rows(of page: ParsedPage) throws(DecodeError) -> [UInt32]? {
        switch entry.presence {
        case .everyRow: return nil
        case .own:
            guard let node = page.rows else { return nil }
            let plain = PlainPartEnvironment(self)
            return try ownRows(try node.decode(count: entry.valueCount, rows: .unknown, in: plain))
        case .byShape:
            let rows = try reader.reading { () throws(SegmentError) in
                try reader.rows(ofColumn: column.ordinal, in: entry.zones)
            }
            guard rows.count == entry.valueCount else {
                throw .corrupt(
                    at: entry.errorOffset,
                    "page has \(entry.valueCount) values, the shapes of its rows say \(rows.count)")
            }
            return rows.count == rowCount ? nil : rows
        }
    }

    /// The rows that have a value; nil: every row has one.
    func presence(of page: ParsedPage) throws(DecodeError) -> Bitmap? {
        if let scan { return try presence(of: page, in: scan) }
        guard let rows = try rows(of: page) else { return nil }
        var presence = Bitmap(count: rowCount)
        for row in rows { presence[Int(row)] = true }
        return presence
    }

    private func ownRows(_ values: [UInt64]) throws(DecodeError) -> [UInt32] {
        var rows: [UInt32] = []
        rows.reserveCapacity(values.count)
        var next: UInt64 = 0
        for value in values {
            guard value >= next, value < UInt64(rowCount) else {
                throw .corrupt(at: entry.errorOffset, "rows of a page are not ascending")
            }
            rows.append(UInt32(value))
            next = value + 1
        }
        return rows
    }

    func decode() throws(DecodeError) -> DecodedPage {
        let page = try parse()
        let rows = try rows(of: page)
        return DecodedPage(rows: rows, values: try page.values(in: self, rows: rows.map(RowMap.rows) ?? .identity))
    }

    // MARK: Resources

    private func checkResource(_ index: Int, _ kind: PageEntry.Kind) throws(DecodeError) {
        guard index < pageIndex, pages[index].kind == kind else {
            throw .corrupt(at: entry.errorOffset, "page names resource \(index), which is no \(kind) before it")
        }
        guard pages[index].zones.clamped(to: entry.zones) == entry.zones else {
            throw .corrupt(at: entry.errorOffset, "resource \(index) is not for all zones of its page")
        }
    }

    private func resource(_ index: Int, _ kind: PageEntry.Kind) throws(DecodeError) -> ResourceCache.Resource {
        try checkResource(index, kind)
        return try reader.resource(index, of: column)
    }

    /// Which entries of a dictionary of strings pass.
    func dictionaryMatches(_ index: Int, _ predicate: StringPredicate) throws(DecodeError) -> Bitmap {
        try checkResource(index, .dictionary)
        return try reader.dictionaryMatches(index, of: column, predicate)
    }

    private func mismatch(_ what: String) -> DecodeError {
        .corrupt(at: entry.errorOffset, "a \(what) in a column of type \(column.type)")
    }

    func zstdDictionary(_ index: Int) throws(DecodeError) -> ZstdDictionary {
        guard case .zstd(let dictionary) = try resource(index, .zstdDictionary) else {
            throw mismatch("Zstd dictionary")
        }
        return dictionary
    }

    func symbolTable(_ index: Int) throws(DecodeError) -> SymbolTable {
        guard case .symbols(let table) = try resource(index, .symbolTable) else { throw mismatch("symbol table") }
        return table
    }

    func templates(_ index: Int) throws(DecodeError) -> TemplateSet {
        guard case .templates(let set) = try resource(index, .templates) else { throw mismatch("template set") }
        return set
    }

    func mapTable(_ index: Int) throws(DecodeError) -> MapTable {
        guard case .map(let table) = try resource(index, .mapTable) else { throw mismatch("map table") }
        return table
    }

    func integerDictionary(_ index: Int) throws(DecodeError) -> [UInt64] {
        guard case .integers(let values) = try resource(index, .dictionary) else {
            throw mismatch("dictionary of integers")
        }
        return values
    }

    func stringDictionary(_ index: Int) throws(DecodeError) -> StringVector {
        guard case .strings(let strings) = try resource(index, .dictionary) else {
            throw mismatch("dictionary of strings")
        }
        return strings
    }

    func dictionaryBytes(_ index: Int) throws(DecodeError) -> ByteSet {
        try checkResource(index, .dictionary)
        return try reader.dictionaryBytes(index, of: column)
    }

    func fixedDictionary(_ index: Int, width: Int) throws(DecodeError) -> [UInt8] {
        guard case .bytes(let bytes) = try resource(index, .dictionary) else { throw mismatch("dictionary of ids") }
        return bytes
    }

    func shapeTable(_ index: Int) throws(DecodeError) -> ShapeTable {
        guard case .shapes(let table) = try resource(index, .shapeTable) else { throw mismatch("shape table") }
        return table
    }
}
