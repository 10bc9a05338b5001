import Bytes
import Testing

@testable import Columns

/// An environment with one resource of each kind and one source column.
final class StringResources: PageEnvironment {
    var strings = StringVector()
    var table = SymbolTable(symbols: StringVector())
    var sourceColumn: (any SourceColumn)?
    private let standalone: NoEnvironment

    init(budget: Int = Limits.decodedByteCountPerPage) { standalone = NoEnvironment(budget: budget) }

    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary {
        try standalone.zstdDictionary(resource)
    }
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable { table }
    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet { try standalone.templates(resource) }
    func mapTable(_ resource: Int) throws(DecodeError) -> MapTable { try standalone.mapTable(resource) }
    func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64] {
        try standalone.integerDictionary(resource)
    }
    func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector { strings }
    func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8] {
        try standalone.fixedDictionary(resource, width: width)
    }
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn {
        guard let sourceColumn else { return try standalone.source(ordinal) }
        return sourceColumn
    }
    func charge(_ byteCount: Int) throws(DecodeError) { try standalone.charge(byteCount) }
}

/// A source of texts.
struct TextSource: SourceColumn {
    var valueIndexes: [UInt32]?
    var strings: StringVector

    func codes() throws(DecodeError) -> [UInt64] { throw .corrupt(at: 0, "no codes") }
    func integers() throws(DecodeError) -> [UInt64] { throw .corrupt(at: 0, "no integers") }
    func texts() throws(DecodeError) -> StringVector { strings }
    func fixed(width: Int) throws(DecodeError) -> [UInt8] { throw .corrupt(at: 0, "no ids") }
}

extension StringNode {
    /// Writes the node, reads it back and decodes what was read.
    func roundTrip(
        count: Int, rows: RowMap = .unknown, in environment: any PageEnvironment = NoEnvironment()
    ) throws -> StringVector {
        var writer = ByteWriter()
        write(to: &writer)
        var reader = ByteReader(writer.bytes)
        let read = try StringNode.parse(&reader, count: count, depth: 0)
        #expect(reader.isAtEnd)
        #expect(writer.byteCount == byteCount)
        #expect(read == self)
        return try read.decode(count: count, rows: rows, in: environment)
    }
}

extension IntegerNode {
    /// The values without any encoding that could fail.
    static func values(_ values: [UInt64]) -> IntegerNode { .packed(encoding: values, base: 0, width: 64) }
}

extension StringNode {
    static func values(_ strings: [String]) -> StringNode {
        let vector = StringVector(strings)
        return .plain(lengths: .values(vector.lengths), bytes: StoredBuffer(raw: vector.bytes))
    }
}

extension StringVector {
    var texts: [String] { (0..<count).map(text) }
}
