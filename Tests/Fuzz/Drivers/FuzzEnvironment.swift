import Bytes

@testable import Columns

/// Resources and source columns that are always the same, so that the nodes that need them decode.
///
/// Resource 0 is an ordinary one of every kind, resource 1 an empty one; any other there is not. Source 0 has a value
/// in every row, source 1 in each third, source 2 nowhere.
final class FuzzEnvironment: PageEnvironment {
    private let standalone = NoEnvironment()
    private let rowCount: Int

    init(rowCount: Int) { self.rowCount = rowCount }

    private static let words = StringVector(["", "a", "GET", "/orders/17", "worker-", "2024-01-15T15:47:23Z", "\u{e4}"])
    private static let symbols = SymbolTable(symbols: StringVector(["a", "or", "der", "/orders", "0", "12345678"]))
    private static let dictionary = ZstdDictionary(bytes: Array("order of the day: 0123456789 and the night".utf8))
    private static let templates = TemplateSet(
        slotCounts: [0, 1, 3], slotStreams: [0, 1, 0, 0], streamCount: 2,
        literals: StringVector(["still", "got ", "", "", " of ", " in ", " ms"]))

    private func entry<Value>(_ resource: Int, _ full: Value, _ empty: Value) throws(DecodeError) -> Value {
        switch resource {
        case 0: full
        case 1: empty
        default: throw .corrupt(at: 0, "no such resource")
        }
    }

    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary {
        try entry(resource, Self.dictionary, ZstdDictionary(bytes: []))
    }
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable {
        try entry(resource, Self.symbols, SymbolTable(symbols: StringVector()))
    }
    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet {
        let none = TemplateSet(slotCounts: [], slotStreams: [], streamCount: 0, literals: StringVector())
        return try entry(resource, Self.templates, none)
    }
    func mapTable(_ resource: Int) throws(DecodeError) -> MapTable {
        MapTable(try entry(resource, [7, 1 << 40, .max], []))
    }
    func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64] {
        try entry(resource, [0, 1, 17, 1 << 63, .max], [])
    }
    func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector {
        try entry(resource, Self.words, StringVector())
    }
    func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8] {
        try entry(resource, (0..<UInt8(3 * width)).map { $0 }, [])
    }
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn {
        switch ordinal {
        case 0: FuzzSource(valueIndexes: nil, count: rowCount)
        case 1: FuzzSource(third: rowCount)
        case 2: FuzzSource(valueIndexes: [UInt32](repeating: .max, count: rowCount), count: 0)
        default: throw .corrupt(at: 0, "no such column")
        }
    }
    func charge(_ byteCount: Int) throws(DecodeError) { try standalone.charge(byteCount) }
}

/// A source column of small codes, and of numbers, texts and ids made from them.
private struct FuzzSource: SourceColumn {
    var valueIndexes: [UInt32]?
    var count: Int

    init(valueIndexes: [UInt32]?, count: Int) {
        self.valueIndexes = valueIndexes
        self.count = count
    }

    init(third rowCount: Int) {
        self.init(
            valueIndexes: (0..<UInt32(rowCount)).map { $0 % 3 == 0 ? $0 / 3 : .max }, count: (rowCount + 2) / 3)
    }

    func codes() throws(DecodeError) -> [UInt64] { (0..<count).map { UInt64($0 % 3) } }
    func integers() throws(DecodeError) -> [UInt64] { (0..<count).map { UInt64($0) &* 1_000_003 } }
    func texts() throws(DecodeError) -> StringVector { StringVector((0..<count).map { "t\($0 % 11)" }) }
    func fixed(width: Int) throws(DecodeError) -> [UInt8] { (0..<count * width).map { UInt8($0 % 251) } }
}
