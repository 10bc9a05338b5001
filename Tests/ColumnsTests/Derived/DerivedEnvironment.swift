import Bytes
import Columns

/// A page environment with given resources and source columns.
final class DerivedEnvironment: PageEnvironment {
    struct Source: SourceColumn {
        var valueIndexes: [UInt32]?
        var values: [UInt64] = []
        var ids: [UInt8] = []

        func codes() throws(DecodeError) -> [UInt64] { values }
        func integers() throws(DecodeError) -> [UInt64] { values }
        func texts() throws(DecodeError) -> StringVector { StringVector(values.map { String($0) }) }
        func fixed(width: Int) throws(DecodeError) -> [UInt8] { ids }
    }

    var sources: [Int: Source] = [:]
    var integers: [Int: [UInt64]] = [:]
    var ids: [Int: [UInt8]] = [:]
    var zstdDictionaries: [Int: ZstdDictionary] = [:]

    private func found<Value>(_ value: Value?) throws(DecodeError) -> Value {
        guard let value else { throw .corrupt(at: 0, "nothing has this number") }
        return value
    }

    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary { try found(zstdDictionaries[resource]) }
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable { try found(nil) }
    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet { try found(nil) }
    func mapTable(_ resource: Int) throws(DecodeError) -> MapTable { MapTable(try found(integers[resource])) }
    func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64] { try found(integers[resource]) }
    func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector { try found(nil) }
    func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8] { try found(ids[resource]) }
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn { try found(sources[ordinal]) }
    func charge(_ byteCount: Int) throws(DecodeError) {}
}
