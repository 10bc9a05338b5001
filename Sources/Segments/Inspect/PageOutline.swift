import Bytes
import Columns

/// A data page or resource as the list of its parts, in the order in which they are written.
struct PageOutline {
    var parts: [NodeOutline.Part]
    /// Of a resource: how many entries, templates or shapes it has.
    private(set) var entryCount: Int?

    var storedByteCount: Int { parts.reduce(0) { $0 + $1.storedByteCount } }
    /// The bytes of the page were no buffer compressed.
    var encodedByteCount: Int { parts.reduce(0) { $0 + $1.encodedByteCount } }

    init(parts: [NodeOutline.Part]) { self.parts = parts }
}

extension PageOutline {
    /// The parts of a data page.
    init(_ page: ParsedPage) {
        let count = page.valueCount
        parts = []
        if let rows = page.rows { parts = [.varint("rows", count), .node("rows", rows.outline(count: count))] }
        switch page.body {
        case .presence: break
        case .integers(let node): parts.append(.node("values", node.outline(count: count)))
        case .doubles(let node): parts.append(.node("values", node.outline(count: count)))
        case .strings(let node): parts.append(.node("values", node.outline(count: count)))
        case .timestamps(let node, let forms):
            parts.append(.node("nanoseconds", node.outline(count: count)))
            parts.append(.node("forms", forms.outline(count: count)))
        case .fixed(let node, _): parts.append(.node("values", node.outline(count: count)))
        case .overflow(let page):
            parts += [
                .varint("bucket", page.bucket), .varint("values", page.count),
                .node("ordinals", page.ordinals.outline(count: count)),
                .node("rows", page.rows.outline(count: count)), .node("texts", page.texts.outline(count: count)),
            ]
        }
    }

    /// Reads a resource of a column; what it holds is not decoded beyond what tells where its parts end.
    init(
        parsingResource reader: inout ByteReader, entry: PageEntry, type: ColumnType
    ) throws(DecodeError) {
        let count = entry.valueCount
        switch entry.kind {
        case .data: throw reader.corrupt("data page read as a resource")
        case .dictionary:
            parts = [try Self.dictionary(&reader, count: count, type: type)]
            entryCount = count
        case .mapTable:
            parts = [try Self.integers(&reader, count: count, "codes")]
            entryCount = count
        case .templates: (parts, entryCount) = try Self.templates(&reader)
        case .symbolTable: parts = try SymbolTable.parse(&reader).parts
        case .zstdDictionary:
            let byteCount = reader.remainingByteCount
            _ = try reader.readSlice(byteCount: byteCount)
            parts = [.field("Zstd dictionary", value: "\(byteCount) bytes", byteCount: byteCount)]
        case .shapeTable: (parts, entryCount) = try Self.shapes(&reader)
        }
        guard reader.isAtEnd else { throw reader.corrupt("bytes follow the end of a resource") }
    }

    static func integers(
        _ reader: inout ByteReader, count: Int, _ name: String
    ) throws(DecodeError) -> NodeOutline.Part {
        .node(name, try IntegerNode.parse(&reader, count: count, depth: 0).outline(count: count))
    }

    static func strings(
        _ reader: inout ByteReader, count: Int, _ name: String
    ) throws(DecodeError) -> NodeOutline.Part {
        .node(name, try StringNode.parse(&reader, count: count, depth: 0).outline(count: count))
    }

    private static func dictionary(
        _ reader: inout ByteReader, count: Int, type: ColumnType
    ) throws(DecodeError) -> NodeOutline.Part {
        func fixed(_ width: Int) throws(DecodeError) -> NodeOutline.Part {
            .node(
                "entries",
                try FixedNode.parse(&reader, count: count, width: width, depth: 0).outline(count: count))
        }
        switch type.layout {
        case .integers: return try integers(&reader, count: count, "entries")
        case .strings: return try strings(&reader, count: count, "entries")
        case .fixed8: return try fixed(8)
        case .fixed16: return try fixed(16)
        case .presenceOnly, .doubles, .timestamps:
            throw reader.corrupt("dictionary in a column whose type has none")
        }
    }

    /// An integer node whose sum tells the length of what follows.
    private static func counts(
        _ reader: inout ByteReader, count: Int, _ name: String
    ) throws(DecodeError) -> (part: NodeOutline.Part, sum: Int) {
        let node = try IntegerNode.parse(&reader, count: count, depth: 0)
        var sum: UInt64 = 0
        for value in try node.decode(count: count, rows: .unknown, in: NoEnvironment()) {
            guard value <= UInt64(Limits.storedByteCount), sum + value <= UInt64(Limits.storedByteCount) else {
                throw .limit(at: reader.byteOffset, "\(name) of a resource are too many")
            }
            sum += value
        }
        return (.node(name, node.outline(count: count)), Int(sum))
    }

    private static func templates(
        _ reader: inout ByteReader
    ) throws(DecodeError) -> (parts: [NodeOutline.Part], count: Int) {
        let templateCount = try reader.readCount(upTo: Limits.storedByteCount / 8, "number of templates")
        let streamCount = try reader.readCount(upTo: Limits.storedByteCount / 8, "number of streams")
        let slots = try counts(&reader, count: templateCount, "slot counts")
        let parts: [NodeOutline.Part] = [
            .varint("templates", templateCount), .varint("streams", streamCount), slots.part,
            try integers(&reader, count: slots.sum, "streams of the slots"),
            try strings(&reader, count: slots.sum + templateCount, "literals"),
        ]
        return (parts, templateCount)
    }

    private static func shapes(
        _ reader: inout ByteReader
    ) throws(DecodeError) -> (parts: [NodeOutline.Part], count: Int) {
        let shapeCount = try reader.readCount(upTo: Limits.storedByteCount / 8, "number of shapes")
        let lengths = try counts(&reader, count: shapeCount, "lengths")
        let parts: [NodeOutline.Part] = [
            .varint("shapes", shapeCount), lengths.part, try integers(&reader, count: lengths.sum, "steps"),
        ]
        return (parts, shapeCount)
    }
}

extension PageEntry.Kind {
    /// As Format/Segment.md calls it.
    var name: String {
        switch self {
        case .data: "data page"
        case .dictionary: "dictionary"
        case .templates: "templates"
        case .symbolTable: "symbol table"
        case .zstdDictionary: "Zstd dictionary"
        case .shapeTable: "shape table"
        case .mapTable: "map table"
        }
    }
}
