import Bytes
import Columns

extension SegmentReader {
    /// A resource of a column, decoded once however many pages and columns name it.
    func resource(_ index: Int, of column: SegmentColumn) throws(DecodeError) -> ResourceCache.Resource {
        let pages = try reading { () throws(SegmentError) in try column.pages() }
        let entry = pages[index]
        let key = ResourceCache.Key(entry, of: column, index: index)
        if let known = knownResource(key, index, of: column) { return known }
        let bytes = try reading { () throws(SegmentError) in try self.bytes(of: entry, "resource") }
        var parser = ByteReader(bytes, baseOffset: entry.errorOffset)
        let resource = try parseResource(&parser, entry, type: column.type)
        guard parser.isAtEnd else { throw parser.corrupt("bytes follow the end of a resource") }
        resources.insert(resource, for: key)
        pageCache?.keep(resource, cacheKey(index, of: column))
        return resource
    }

    /// One that was decoded here, or by another reader.
    private func knownResource(
        _ key: ResourceCache.Key, _ index: Int, of column: SegmentColumn
    ) -> ResourceCache.Resource? {
        if let known = resources[key] { return known }
        guard let shared = pageCache?.resource(cacheKey(index, of: column)) else { return nil }
        resources.insert(shared, for: key)
        return shared
    }

    private func cacheKey(_ index: Int, of column: SegmentColumn) -> PageCache.Key {
        PageCache.Key(segment: rootChecksum, column: column.ordinal, page: index, buffer: PageCache.Key.resource)
    }

    /// Which entries of a dictionary of strings pass. One that was not decoded yet is asked as it is encoded.
    func dictionaryMatches(
        _ index: Int, of column: SegmentColumn, _ predicate: StringPredicate
    ) throws(DecodeError) -> Bitmap {
        let pages = try reading { () throws(SegmentError) in try column.pages() }
        let entry = pages[index]
        let key = ResourceCache.Key(entry, of: column, index: index)
        if case .strings(let strings)? = knownResource(key, index, of: column) {
            return strings.matches(predicate)
        }
        guard column.type.layout == .strings else {
            throw .corrupt(at: entry.errorOffset, "a dictionary of strings in a column of type \(column.type)")
        }
        let bytes = try reading { () throws(SegmentError) in try self.bytes(of: entry, "resource") }
        var parser = ByteReader(bytes, baseOffset: entry.errorOffset)
        let node = try StringNode.parse(&parser, count: entry.valueCount, depth: 0)
        guard parser.isAtEnd else { throw parser.corrupt("bytes follow the end of a resource") }
        return try node.matches(
            predicate, count: entry.valueCount, rows: .unknown, in: NoEnvironment(byteOffset: entry.errorOffset))
    }

    /// The bytes that the strings of a dictionary consist of, found once.
    func dictionaryBytes(_ index: Int, of column: SegmentColumn) throws(DecodeError) -> ByteSet {
        let pages = try reading { () throws(SegmentError) in try column.pages() }
        let key = ResourceCache.Key(pages[index], of: column, index: index)
        if let known = bytesOfDictionaries[key] { return known }
        guard case .strings(let strings) = try resource(index, of: column) else {
            throw .corrupt(at: pages[index].errorOffset, "a column of type \(column.type) has no dictionary of strings")
        }
        let bytes = ByteSet(strings.bytes)
        bytesOfDictionaries[key] = bytes
        return bytes
    }

    /// A resource names nothing outside itself and has a budget of its own (Format/Segment.md, 1.2 and 4.1).
    private func parseResource(
        _ parser: inout ByteReader, _ entry: PageEntry, type: ColumnType
    ) throws(DecodeError) -> ResourceCache.Resource {
        let environment = NoEnvironment(byteOffset: entry.errorOffset)
        switch entry.kind {
        case .data: throw parser.corrupt("a data page is no resource")
        case .dictionary: return try parseDictionary(&parser, count: entry.valueCount, type: type, in: environment)
        case .mapTable: return .map(MapTable(try integers(&parser, count: entry.valueCount, in: environment)))
        case .templates: return .templates(try TemplateSet.parse(&parser, in: environment))
        case .symbolTable: return .symbols(try SymbolTable.parse(&parser))
        case .zstdDictionary:
            return .zstd(ZstdDictionary(bytes: Array(try parser.readSlice(byteCount: parser.remainingByteCount))))
        case .shapeTable: return .shapes(try ShapeTable(parsing: &parser, columnCount: columnCount, in: environment))
        }
    }

    private func parseDictionary(
        _ parser: inout ByteReader, count: Int, type: ColumnType, in environment: NoEnvironment
    ) throws(DecodeError) -> ResourceCache.Resource {
        func ids(width: Int) throws(DecodeError) -> ResourceCache.Resource {
            let node = try FixedNode.parse(&parser, count: count, width: width, depth: 0)
            return .bytes(try node.decode(count: count, width: width, rows: .unknown, in: environment))
        }
        switch type.layout {
        case .integers: return .integers(try integers(&parser, count: count, in: environment))
        case .strings:
            let node = try StringNode.parse(&parser, count: count, depth: 0)
            return .strings(try node.decode(count: count, rows: .unknown, in: environment))
        case .fixed8: return try ids(width: 8)
        case .fixed16: return try ids(width: 16)
        case .presenceOnly, .doubles, .timestamps: throw parser.corrupt("a dictionary in a column of type \(type)")
        }
    }

    private func integers(
        _ parser: inout ByteReader, count: Int, in environment: NoEnvironment
    ) throws(DecodeError) -> [UInt64] {
        try IntegerNode.parse(&parser, count: count, depth: 0).decode(count: count, rows: .unknown, in: environment)
    }
}
