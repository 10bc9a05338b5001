import Bytes
import Columns

/// A page of which only the values in some rows are decoded.
final class PickedPage: PickEnvironment {
    private let scope: PageScope
    private let page: ParsedPage
    // The picker owns what it gives to pages.
    private unowned let picker: RowPicker
    /// The rows that have a value; nil: every row has one.
    let presence: Bitmap?
    private let ranks: BitmapRanks?

    init(_ scope: PageScope, _ picker: RowPicker) throws(DecodeError) {
        self.scope = scope
        self.picker = picker
        page = try scope.parse()
        let count: Int?
        if scope.entry.presence == .byShape {
            let found = try picker.scan.presenceByShape(of: scope.column, page: scope.pageIndex, scope.entry)
            (presence, ranks, count) = (found?.rows, found?.ranks, found?.count)
        } else {
            presence = try scope.presence(of: page, in: picker.scan)
            (ranks, count) = (presence.map { BitmapRanks($0) }, presence?.setCount)
        }
        guard page.valueCount == count ?? scope.rowCount else {
            throw .corrupt(at: scope.entry.errorOffset, "page has another number of values than of rows")
        }
    }

    var dictionary: Int? { page.dictionary }

    private func pick(_ rows: [UInt32]) -> Pick {
        Pick(rows: rows, among: presence, ranks: ranks, count: page.valueCount)
    }

    /// Integers, or the nanoseconds of times; nil when they are neither.
    func words(in rows: [UInt32]) throws(DecodeError) -> [UInt64]? {
        switch page.body {
        case .integers(let node), .timestamps(let node, _): try node.values(pick(rows), in: self)
        default: nil
        }
    }

    /// The values in some rows that have one, as ``ParsedPage/values(in:rows:)`` gives all of them.
    ///
    /// - Parameter codes: those of the rows, when they are known.
    func values(in rows: [UInt32], _ codes: [UInt64]?) throws(DecodeError) -> ColumnVector {
        let values = try decoded(rows, codes)
        if let problem = values.wordProblem(scope.column.type) { throw .corrupt(at: scope.entry.errorOffset, problem) }
        return values
    }

    private func decoded(_ rows: [UInt32], _ known: [UInt64]?) throws(DecodeError) -> ColumnVector {
        switch page.body {
        case .presence: return .presence(count: rows.count)
        case .integers(let node): return .integers(try node.values(pick(rows), in: self))
        case .doubles(let node): return .doubles(try node.values(pick(rows), in: self))
        case .strings(.sharedDictionary(let resource, let codes)):
            let dictionary = try scope.stringDictionary(resource)
            let codes = if let known { known } else { try codes.values(pick(rows), in: self) }
            return .codedStrings(
                dictionary: dictionary, codes: try page.narrow(codes, below: dictionary.count, in: scope))
        case .strings(.template(let resource, let codes, let streams)):
            let pick = pick(rows)
            let codes = try scope.templateCodes(codes, pick, count: page.valueCount)
            return .strings(
                try StringNode.messages(pick, templates: resource, codes: codes, streams: streams, in: self))
        case .strings(let node): return .strings(try node.values(pick(rows), in: self))
        case .timestamps(let node, let forms):
            let pick = pick(rows)
            return .timestamps(try node.values(pick, in: self), forms: try forms.values(pick, in: self))
        case .fixed(let node, let width):
            return .fixed(try node.values(pick(rows), width: width, in: self), width: width)
        case .overflow: throw .corrupt(at: scope.entry.errorOffset, "overflow bucket read as a column")
        }
    }

    /// The codes of the root node in some rows, for columns that are derived from this one.
    func codes(in rows: [UInt32]) throws(DecodeError) -> [UInt64] {
        switch page.body {
        // The rows of a source may depend on the shapes: those are never derived.
        case .integers(.sharedDictionary(_, let codes)) where scope.column.type == .shape:
            return try codes.values(pick(rows).withoutRows, in: self)
        case .integers(.sharedDictionary(_, let codes)), .strings(.sharedDictionary(_, let codes)),
            .strings(.template(_, let codes, _)), .fixed(.sharedDictionary(_, let codes), _):
            return try codes.values(pick(rows), in: self)
        default:
            throw .corrupt(
                at: scope.entry.errorOffset,
                "a column is derived from codes that it does not have")
        }
    }

    // MARK: Environment

    func pickedSource(_ ordinal: Int) throws(DecodeError) -> any PickedSource {
        try picker.source(ordinal, of: scope)
    }
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn { try scope.source(ordinal) }
    func groups(by ordinal: Int) throws(DecodeError) -> RowGroups { try scope.groups(by: ordinal) }
    func sourceBytes(_ ordinal: Int) throws(DecodeError) -> ByteSet { try scope.sourceBytes(ordinal) }
    func source(_ ordinal: Int, mayHold search: TextSearch) throws(DecodeError) -> Bool {
        try scope.source(ordinal, mayHold: search)
    }
    func source(_ ordinal: Int, hasOneOf codes: [UInt64]) throws(DecodeError) -> Bool {
        try scope.source(ordinal, hasOneOf: codes)
    }
    var columnOrdinal: Int { scope.columnOrdinal }
    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary { try scope.zstdDictionary(resource) }
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable { try scope.symbolTable(resource) }
    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet { try scope.templates(resource) }
    func mapTable(_ resource: Int) throws(DecodeError) -> MapTable { try scope.mapTable(resource) }
    func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64] { try scope.integerDictionary(resource) }
    func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector { try scope.stringDictionary(resource) }
    func dictionaryBytes(_ resource: Int) throws(DecodeError) -> ByteSet { try scope.dictionaryBytes(resource) }
    func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8] {
        try scope.fixedDictionary(resource, width: width)
    }
    func decompressed(
        _ buffer: StoredBuffer, _ decompress: () throws(DecodeError) -> [UInt8]
    ) throws(DecodeError) -> ArraySlice<UInt8> {
        try scope.decompressed(buffer, decompress)
    }
    func runStarts(
        at byteOffset: Int, _ find: () throws(DecodeError) -> RunStarts
    ) throws(DecodeError) -> RunStarts {
        try scope.runStarts(at: byteOffset, find)
    }
    func charge(_ byteCount: Int) throws(DecodeError) { try scope.charge(byteCount) }
}
