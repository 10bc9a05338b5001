import Bytes
import Columns

/// One data page while it is decoded: its place in the segment, and what is left of its memory budget.
final class PageScope: PageEnvironment {
    let reader: SegmentReader
    let column: SegmentColumn
    let entry: PageEntry
    let pages: [PageEntry]
    /// How many columns were derived from one another to get here.
    let depth: Int
    private var remainingByteCount = Limits.decodedByteCountPerPage
    private var sources: [Int: PageSource] = [:]

    init(reader: SegmentReader, column: SegmentColumn, pageIndex: Int, depth: Int) throws(DecodeError) {
        self.reader = reader
        self.column = column
        self.depth = depth
        pages = try reader.reading { () throws(SegmentError) in try column.pages() }
        entry = pages[pageIndex]
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
        let bytes = try reader.reading { () throws(SegmentError) in try reader.bytes(of: entry, "page") }
        var parser = ByteReader(bytes, baseOffset: entry.errorOffset)
        let page = try ParsedPage(parsing: &parser, entry: entry, type: column.type)
        guard parser.isAtEnd else { throw parser.corrupt("bytes follow the end of the page") }
        return page
    }

    /// The rows of the page's values; nil when every row has one.
    func rows(of page: ParsedPage) throws(DecodeError) -> [UInt32]? {
        switch entry.presence {
        case .everyRow: return nil
        case .own:
            guard let node = page.rows else { return nil }
            return try ownRows(try node.decode(count: entry.valueCount, rows: .unknown, in: self))
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

    private func resource<Value>(
        _ index: Int, _ kind: PageEntry.Kind, _ what: String,
        known: (ResourceCache.Resource) -> Value?,
        parse: (inout ByteReader, PageEntry) throws(DecodeError) -> ResourceCache.Resource
    ) throws(DecodeError) -> Value {
        let offset = entry.errorOffset
        guard index < pages.count, pages[index].kind == kind else {
            throw .corrupt(at: offset, "page names resource \(index), which is no \(what)")
        }
        let resource = pages[index]
        let key = ResourceCache.Key(resource, column: column.ordinal, index: index)
        if let cached = reader.resources[key], let value = known(cached) { return value }
        let bytes = try reader.reading { () throws(SegmentError) in try reader.bytes(of: resource, what) }
        var parser = ByteReader(bytes, baseOffset: resource.errorOffset)
        let parsed = try parse(&parser, resource)
        guard parser.isAtEnd else { throw parser.corrupt("bytes follow the end of the \(what)") }
        guard let value = known(parsed) else { throw .corrupt(at: offset, "\(what) is of another kind") }
        reader.resources.insert(parsed, for: key)
        return value
    }

    func zstdDictionary(_ index: Int) throws(DecodeError) -> ZstdDictionary {
        try resource(
            index, .zstdDictionary, "Zstd dictionary",
            known: { if case .zstd(let dictionary) = $0 { dictionary } else { nil } },
            parse: { (parser, _) throws(DecodeError) in
                .zstd(ZstdDictionary(bytes: Array(try parser.readSlice(byteCount: parser.remainingByteCount))))
            })
    }

    func symbolTable(_ index: Int) throws(DecodeError) -> SymbolTable {
        try resource(
            index, .symbolTable, "symbol table",
            known: { if case .symbols(let table) = $0 { table } else { nil } },
            parse: { (parser, _) throws(DecodeError) in .symbols(try SymbolTable.parse(&parser)) })
    }

    func templates(_ index: Int) throws(DecodeError) -> TemplateSet {
        try resource(
            index, .templates, "template set",
            known: { if case .templates(let set) = $0 { set } else { nil } },
            parse: { (parser, _) throws(DecodeError) in
                .templates(try TemplateSet.parse(&parser, in: ResourceEnvironment(self)))
            })
    }

    func mapTable(_ index: Int) throws(DecodeError) -> [UInt64] {
        try integers(index, .mapTable, "map table")
    }

    func integerDictionary(_ index: Int) throws(DecodeError) -> [UInt64] {
        if index < pages.count, pages[index].kind == .shapeTable {
            return Array(0..<UInt64(try shapeTable(index).count))
        }
        return try integers(index, .dictionary, "dictionary")
    }

    private func integers(_ index: Int, _ kind: PageEntry.Kind, _ what: String) throws(DecodeError) -> [UInt64] {
        try resource(
            index, kind, what,
            known: { if case .integers(let values) = $0 { values } else { nil } },
            parse: { (parser, resource) throws(DecodeError) in
                let node = try IntegerNode.parse(&parser, count: resource.valueCount, depth: 0)
                return .integers(
                    try node.decode(count: resource.valueCount, rows: .unknown, in: ResourceEnvironment(self)))
            })
    }

    func stringDictionary(_ index: Int) throws(DecodeError) -> StringVector {
        try resource(
            index, .dictionary, "dictionary",
            known: { if case .strings(let strings) = $0 { strings } else { nil } },
            parse: { (parser, resource) throws(DecodeError) in
                let node = try StringNode.parse(&parser, count: resource.valueCount, depth: 0)
                return .strings(
                    try node.decode(count: resource.valueCount, rows: .unknown, in: ResourceEnvironment(self)))
            })
    }

    func fixedDictionary(_ index: Int, width: Int) throws(DecodeError) -> [UInt8] {
        try resource(
            index, .dictionary, "dictionary",
            known: { if case .bytes(let bytes) = $0 { bytes } else { nil } },
            parse: { (parser, resource) throws(DecodeError) in
                let node = try FixedNode.parse(&parser, count: resource.valueCount, width: width, depth: 0)
                return .bytes(
                    try node.decode(
                        count: resource.valueCount, width: width, rows: .unknown, in: ResourceEnvironment(self)))
            })
    }

    func shapeTable(_ index: Int) throws(DecodeError) -> ShapeTable {
        try resource(
            index, .shapeTable, "shape table",
            known: { if case .shapes(let table) = $0 { table } else { nil } },
            parse: { (parser, _) throws(DecodeError) in
                .shapes(
                    try ShapeTable(
                        parsing: &parser, columnCount: reader.columnCount, in: ResourceEnvironment(self)))
            })
    }

    // MARK: Sources

    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn {
        if let source = sources[ordinal] { return source }
        let offset = entry.errorOffset
        // A circle is longer than every chain that is allowed, so the depth finds it.
        guard depth < Limits.sourceDepth else {
            throw .limit(at: offset, "derived over more than 8 columns, or in a circle")
        }
        let column = try reader.reading { () throws(SegmentError) in try reader.column(ordinal: ordinal) }
        let source = PageSource(rowCount: rowCount, scope: try scope(of: column, at: offset))
        try source.prepare()
        sources[ordinal] = source
        return source
    }

    private func scope(of column: SegmentColumn, at offset: Int) throws(DecodeError) -> PageScope? {
        let pages = try reader.reading { () throws(SegmentError) in try column.pages() }
        for (index, page) in pages.enumerated() where page.kind == .data && page.zones.overlaps(entry.zones) {
            guard page.zones == entry.zones else {
                throw .corrupt(at: offset, "the page's source does not cover the same zones")
            }
            return try PageScope(reader: reader, column: column, pageIndex: index, depth: depth + 1)
        }
        return nil
    }
}

/// What a resource may use while it is decoded: Zstd dictionaries and symbol tables, but no other dictionary and no
/// other column.
final class ResourceEnvironment: PageEnvironment {
    private let page: PageScope

    init(_ page: PageScope) { self.page = page }

    private var refusal: DecodeError {
        .corrupt(
            at: page.entry.errorOffset, "a resource depends on another column or dictionary")
    }

    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary { try page.zstdDictionary(resource) }
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable { try page.symbolTable(resource) }
    func charge(_ byteCount: Int) throws(DecodeError) { try page.charge(byteCount) }
    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet { throw refusal }
    func mapTable(_ resource: Int) throws(DecodeError) -> [UInt64] { throw refusal }
    func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64] { throw refusal }
    func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector { throw refusal }
    func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8] { throw refusal }
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn { throw refusal }
}
