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
    private unowned let scan: ZoneScan?
    private var remainingByteCount = Limits.decodedByteCountPerPage
    private var sources: [Int: PageSource] = [:]
    /// The same of what was found in the cache.
    private var knownReach = 0

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

    private func cacheKey(_ buffer: Int = PageCache.Key.page) -> PageCache.Key {
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

    // MARK: Sources

    /// How many links stand behind this page, of those that were followed.
    var reach: Int { sources.values.reduce(knownReach) { max($0, $1.reach + 1) } }

    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn {
        if let source = sources[ordinal] { return source }
        let offset = entry.errorOffset
        // A circle is longer than every chain that is allowed, so the depth finds it.
        guard depth < Limits.sourceDepth else {
            throw Self.tooDeep(at: offset)
        }
        let column = try reader.reading { () throws(SegmentError) in try reader.column(ordinal: ordinal) }
        let source = PageSource(
            column.type, rowCount: rowCount, scope: try scope(of: column), offset: offset)
        try source.prepare()
        sources[ordinal] = source
        return source
    }

    func groups(by ordinal: Int) throws(DecodeError) -> RowGroups {
        let place = try sourceScope(ordinal)
        if let place, let known = place.knownGroups {
            guard place.depth + known.reach <= Limits.sourceDepth else { throw Self.tooDeep(at: entry.errorOffset) }
            knownReach = max(knownReach, known.reach + 1)
            return known.value
        }
        let groups = try RowGroups(source(ordinal))
        if let place { place.keep(.init(value: groups, reach: sources[ordinal]?.reach ?? 0)) }
        return groups
    }

    private var knownGroups: PageCache.Linked<RowGroups>? {
        if let known = reader.sourceCache[sourceKey], let groups = known.groups {
            return .init(value: groups, reach: known.reach)
        }
        return reader.pageCache?.groups(cacheKey(PageCache.Key.groups))
    }

    private func keep(_ groups: PageCache.Linked<RowGroups>) {
        if let cache = reader.pageCache {
            cache.keep(groups, cacheKey(PageCache.Key.groups))
        } else {
            reader.sourceCache.keep(groups.value, for: sourceKey)
        }
    }

    private var sourceKey: SourceCache.Key { SourceCache.Key(ordinal: column.ordinal, page: pageIndex) }

    /// The codes of messages, which are needed whole to find the values of one of them.
    func templateCodes(_ node: IntegerNode, _ pick: Pick, count: Int) throws(DecodeError) -> [UInt64] {
        let key = cacheKey(PageCache.Key.codes)
        if let known = reader.pageCache?.codes(key) {
            guard depth + known.reach <= Limits.sourceDepth else { throw Self.tooDeep(at: entry.errorOffset) }
            knownReach = max(knownReach, known.reach)
            return known.value
        }
        let codes = try node.decode(count: count, rows: pick.rowMap, in: self)
        reader.pageCache?.keep(.init(value: codes, reach: reach), key)
        return codes
    }

    var columnOrdinal: Int { column.ordinal }

    func sourceBytes(_ ordinal: Int) throws(DecodeError) -> ByteSet {
        guard let scope = try sourceScope(ordinal) else { return ByteSet() }
        guard scope.column.type.hasText else { throw unsuitable(scope.column) }
        if let bytes = scope.column.type.textBytes { return bytes }
        let page = try scope.parse()
        guard case .strings(let node) = page.body else { return ByteSet() }
        return try node.bytes(count: page.valueCount, in: scope)
    }

    func source(_ ordinal: Int, mayHold search: TextSearch) throws(DecodeError) -> Bool {
        guard let scope = try sourceScope(ordinal) else { return false }
        guard scope.column.type.hasText else { throw unsuitable(scope.column) }
        if let bytes = scope.column.type.textBytes { return search.consists(of: bytes) }
        let page = try scope.parse()
        guard case .strings(let node) = page.body else { return false }
        return try node.mayHold(search, count: page.valueCount, in: scope)
    }

    func source(_ ordinal: Int, hasOneOf codes: [UInt64]) throws(DecodeError) -> Bool {
        guard let scope = try sourceScope(ordinal) else { return false }
        guard scope.column.type.hasDictionary || scope.column.type == .shape else { throw unsuitable(scope.column) }
        let page = try scope.parse()
        // The rows of values that stand by themselves need not be known.
        guard page.isDerived else { return try !page.matches(codes: codes, in: scope, rows: .unknown).isEmpty }
        return try !source(ordinal).rows(withCodes: codes).isEmpty
    }

    /// The page of a source, of which not all is wanted; nil when it has none.
    private func sourceScope(_ ordinal: Int) throws(DecodeError) -> PageScope? {
        guard depth < Limits.sourceDepth else { throw Self.tooDeep(at: entry.errorOffset) }
        return try scope(of: try reader.reading { () throws(SegmentError) in try reader.column(ordinal: ordinal) })
    }

    private func unsuitable(_ source: SegmentColumn) -> DecodeError {
        .corrupt(at: entry.errorOffset, "a column of type \(source.type) cannot be a source here")
    }

    /// The page of another column over the same zones, for what is derived from it; nil when it has none.
    func scope(of column: SegmentColumn) throws(DecodeError) -> PageScope? {
        let offset = entry.errorOffset
        let first = try reader.reading { () throws(SegmentError) in try column.dataPages(in: entry.zones).first }
        guard let first else { return nil }
        guard first.entry.zones == entry.zones else {
            throw .corrupt(at: offset, "the page's source does not cover the same zones")
        }
        return try PageScope(reader: reader, column: column, pageIndex: first.index, depth: depth + 1, scan: scan)
    }
}
