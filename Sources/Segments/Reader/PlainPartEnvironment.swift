import Bytes
import Columns

/// What the parts of a page may use that are no values of its column, such as the rows they stand in: no dictionary, no
/// other column.
final class PlainPartEnvironment: PickEnvironment {
    private let page: PageScope

    init(_ page: PageScope) { self.page = page }

    private var refusal: DecodeError {
        .corrupt(at: page.entry.errorOffset, "a dictionary or another column is named where none may be")
    }

    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary { try page.zstdDictionary(resource) }
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable { try page.symbolTable(resource) }
    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet { try page.templates(resource) }
    func decompressed(
        _ buffer: StoredBuffer, _ decompress: () throws(DecodeError) -> [UInt8]
    ) throws(DecodeError) -> ArraySlice<UInt8> {
        try page.decompressed(buffer, decompress)
    }
    func runStarts(
        at byteOffset: Int, _ find: () throws(DecodeError) -> RunStarts
    ) throws(DecodeError) -> RunStarts {
        try page.runStarts(at: byteOffset, find)
    }
    var columnOrdinal: Int { page.columnOrdinal }
    func charge(_ byteCount: Int) throws(DecodeError) { try page.charge(byteCount) }
    func mapTable(_ resource: Int) throws(DecodeError) -> MapTable { throw refusal }
    func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64] { throw refusal }
    func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector { throw refusal }
    func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8] { throw refusal }
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn { throw refusal }
    func pickedSource(_ ordinal: Int) throws(DecodeError) -> any PickedSource { throw refusal }
}
