public import Bytes

/// The environment of nodes that stand alone, as in resources and sections: no resources, no sources, the budget of one
/// page.
public final class NoEnvironment: PageEnvironment {
    private var remainingByteCount: Int
    private let byteOffset: Int

    /// - Parameter byteOffset: where the nodes stand, for errors.
    public init(budget: Int = Limits.decodedByteCountPerPage, byteOffset: Int = 0) {
        remainingByteCount = budget
        self.byteOffset = byteOffset
    }

    private func missing(_ what: String) -> DecodeError {
        .corrupt(at: byteOffset, "\(what) in a node that stands alone")
    }

    public func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary {
        throw missing("Zstd dictionary")
    }
    public func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable { throw missing("symbol table") }
    public func templates(_ resource: Int) throws(DecodeError) -> TemplateSet { throw missing("templates") }
    public func mapTable(_ resource: Int) throws(DecodeError) -> MapTable { throw missing("map table") }
    public func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64] { throw missing("dictionary") }
    public func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector { throw missing("dictionary") }
    public func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8] {
        throw missing("dictionary")
    }
    public func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn { throw missing("source column") }

    public func charge(_ byteCount: Int) throws(DecodeError) {
        guard byteCount <= remainingByteCount else {
            throw .limit(at: byteOffset, "decodes to more than a page may hold")
        }
        remainingByteCount -= byteCount
    }
}
