public import Bytes

/// What a page needs from outside itself while it is decoded: resources, and the columns it is derived from.
///
/// The segment reader implements it; nodes that stand alone are decoded with ``NoEnvironment``.
public protocol PageEnvironment: AnyObject {
    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable
    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet
    func mapTable(_ resource: Int) throws(DecodeError) -> MapTable
    /// The entries; for a shape table the numbers 0 ..< shapeCount.
    func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64]
    func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector
    /// The bytes that the strings of a dictionary consist of.
    func dictionaryBytes(_ resource: Int) throws(DecodeError) -> ByteSet
    func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8]
    /// The source column over the rows of this page.
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn
    /// The groups of the page's rows by the source column's codes.
    func groups(by ordinal: Int) throws(DecodeError) -> RowGroups
    /// The bytes that the texts of the source column's values consist of, or more than those.
    func sourceBytes(_ ordinal: Int) throws(DecodeError) -> ByteSet
    /// Whether one of the texts of the source column's values may hold a text.
    func source(_ ordinal: Int, mayHold search: TextSearch) throws(DecodeError) -> Bool
    /// The column of the page, whose resources have numbers of their own.
    var columnOrdinal: Int { get }
    /// Whether a value of the source column has one of some codes.
    func source(_ ordinal: Int, hasOneOf codes: [UInt64]) throws(DecodeError) -> Bool
    /// What a compressed buffer of this page holds: what `decompress` gives, or what it gave before.
    func decompressed(
        _ buffer: StoredBuffer, _ decompress: () throws(DecodeError) -> [UInt8]
    ) throws(DecodeError) -> ArraySlice<UInt8>
    /// Where runs of this page begin, by where the bytes of their lengths stand: what `find` gives, or what it gave before.
    func runStarts(
        at byteOffset: Int, _ find: () throws(DecodeError) -> RunStarts
    ) throws(DecodeError) -> RunStarts
    /// Takes `byteCount` from what this page may occupy when decoded; throws when nothing is left.
    func charge(_ byteCount: Int) throws(DecodeError)
}

extension PageEnvironment {
    public func groups(by ordinal: Int) throws(DecodeError) -> RowGroups { try RowGroups(source(ordinal)) }

    public func source(_ ordinal: Int, hasOneOf codes: [UInt64]) throws(DecodeError) -> Bool {
        try !source(ordinal).rows(withCodes: codes).isEmpty
    }

    public func decompressed(
        _ buffer: StoredBuffer, _ decompress: () throws(DecodeError) -> [UInt8]
    ) throws(DecodeError) -> ArraySlice<UInt8> {
        try decompress()[...]
    }

    public func runStarts(
        at byteOffset: Int, _ find: () throws(DecodeError) -> RunStarts
    ) throws(DecodeError) -> RunStarts {
        try find()
    }
}

/// A column from which another is derived, decoded over the same rows.
public protocol SourceColumn {
    /// For each row of the page the index of its value, or `UInt32.max` where the source has none; nil: every row has one.
    var valueIndexes: [UInt32]? { get }
    /// The rows of the page that have a value; nil: every row has one.
    var presence: Bitmap? { get }
    /// The rows of the page whose value has one of some codes.
    func rows(withCodes codes: [UInt64]) throws(DecodeError) -> Bitmap
    func codes() throws(DecodeError) -> [UInt64]
    func integers() throws(DecodeError) -> [UInt64]
    func texts() throws(DecodeError) -> StringVector
    func fixed(width: Int) throws(DecodeError) -> [UInt8]
}

/// The rows (relative to the page) in which the values of a node stand.
public enum RowMap: Sendable {
    /// Derived nodes may not stand here.
    case unknown
    /// Value i stands in row i.
    case identity
    /// Value i stands in row rows[i].
    case rows([UInt32])

    /// The source of a derived node. Looked for only where rows are known: elsewhere the search itself could come back
    /// to the page that is being read.
    func source(_ ordinal: Int, in environment: any PageEnvironment) throws(DecodeError) -> any SourceColumn {
        if case .unknown = self { throw .corrupt(at: 0, "derived node where its rows are not known") }
        return try environment.source(ordinal)
    }
}

/// The templates of a band of messages (Format/Segment.md, 4.3).
public struct TemplateSet: Equatable, Sendable {
    public var slotCounts: [UInt32]
    /// The stream of each slot, templates one after another.
    public var slotStreams: [UInt32]
    public var streamCount: Int
    /// slots + 1 literals for each template, templates one after another.
    public var literals: StringVector

    public init(slotCounts: [UInt32], slotStreams: [UInt32], streamCount: Int, literals: StringVector) {
        self.slotCounts = slotCounts
        self.slotStreams = slotStreams
        self.streamCount = streamCount
        self.literals = literals
    }
}
