import Bytes
import Columns

/// The page of a column from which another column's page over the same zones is derived.
final class PageSource: SourceColumn {
    private let type: ColumnType
    private let rowCount: Int
    /// Where the page that is derived stands, for errors.
    private let offset: Int
    /// Nil when the source has no value in these zones.
    private let scope: PageScope?
    private var page: ParsedPage?
    private(set) var presence: Bitmap?
    private var knownIndexes: [UInt32]??
    /// What was asked for last.
    private var lastRows: (codes: [UInt64], rows: Bitmap)?
    /// How many links stand behind the page, of those that were followed.
    private(set) var reach = 0

    /// Which of the page's values have some codes; the page is not derived itself.
    typealias FoundCodes = (codes: [UInt64], values: Bitmap)
    private let found: FoundCodes?

    init(_ type: ColumnType, rowCount: Int, scope: PageScope?, offset: Int, found: FoundCodes? = nil) {
        self.found = found
        self.type = type
        self.rowCount = rowCount
        self.offset = offset
        self.scope = scope
    }

    func prepare() throws(DecodeError) {
        guard let scope else {
            presence = Bitmap(count: rowCount)
            return
        }
        if let known = scope.reader.sourceCache[cacheKey(scope)] {
            presence = known.presence
        } else {
            try parse(in: scope)
        }
    }

    /// Made when it is first asked for: conditions do without it.
    var valueIndexes: [UInt32]? {
        if let knownIndexes { return knownIndexes }
        let indexes = presence.map { presence in
            var indexes = [UInt32](repeating: .max, count: rowCount)
            for (index, row) in presence.positions.enumerated() { indexes[Int(row)] = UInt32(index) }
            return indexes
        }
        knownIndexes = indexes
        return indexes
    }

    private func cacheKey(_ scope: PageScope) -> SourceCache.Key {
        SourceCache.Key(ordinal: scope.column.ordinal, page: scope.pageIndex)
    }

    private func parse(in scope: PageScope) throws(DecodeError) {
        let page = try scope.parse()
        self.page = page
        presence = try scope.presence(of: page)
    }

    /// What `decode` gives for the source's page; nil when it has none.
    private func decoded<Value>(
        where isSuitable: Bool, _ decode: (PageScope, ParsedPage) throws(DecodeError) -> Value
    ) throws(DecodeError) -> Value? {
        guard isSuitable else { throw .corrupt(at: offset, "a column of type \(type) cannot be a source here") }
        guard let scope else { return nil }
        if page == nil { try parse(in: scope) }
        guard let page else { return nil }
        let value = try decode(scope, page)
        reach = max(reach, scope.reach)
        return value
    }

    func codes() throws(DecodeError) -> [UInt64] {
        if let scope, let known = scope.reader.sourceCache[cacheKey(scope)] {
            guard scope.depth + known.reach <= Limits.sourceDepth else { throw PageScope.tooDeep(at: offset) }
            reach = max(reach, known.reach)
            return known.codes
        }
        let isSuitable = type.hasDictionary || type == .shape
        let codes = try decoded(where: isSuitable) { (scope, page) throws(DecodeError) in
            try page.codes(in: scope, rows: rowMap)
        }
        guard let scope, let codes else { return [] }
        scope.reader.sourceCache.insert(
            .init(presence: presence, codes: codes, reach: reach), for: cacheKey(scope))
        return codes
    }

    func integers() throws(DecodeError) -> [UInt64] {
        let isSuitable = type.layout == .integers && type != .shape || type == .timestamp
        let values = try decoded(where: isSuitable) { (scope, page) throws(DecodeError) in
            try page.values(in: scope, rows: rowMap)
        }
        return switch values {
        case .integers(let values), .timestamps(let values, _): values
        case nil: []
        default: throw .corrupt(at: offset, "the source holds no integers")
        }
    }

    func fixed(width: Int) throws(DecodeError) -> [UInt8] {
        let isSuitable = type.layout == (width == 8 ? .fixed8 : .fixed16)
        let values = try decoded(where: isSuitable) { (scope, page) throws(DecodeError) in
            try page.values(in: scope, rows: rowMap)
        }
        guard case .fixed(let bytes, _)? = values else { return [] }
        return bytes
    }

    func texts() throws(DecodeError) -> StringVector {
        let texts = try decoded(where: type.hasText) { (scope, page) throws(DecodeError) in
            guard let texts = try page.values(in: scope, rows: rowMap).texts(type: type) else {
                throw .corrupt(at: offset, "the source has a value that its form cannot show")
            }
            return texts
        }
        return texts ?? StringVector()
    }

    func rows(withCodes codes: [UInt64]) throws(DecodeError) -> Bitmap {
        if let lastRows, lastRows.codes == codes { return lastRows.rows }
        let rows = try foundRows(withCodes: codes)
        lastRows = (codes, rows)
        return rows
    }

    private func foundRows(withCodes codes: [UInt64]) throws(DecodeError) -> Bitmap {
        if type == .shape, let scope {
            return try scope.rows(ofShapes: codes) { () throws(DecodeError) in try matches(codes) }
        }
        return try matches(codes)
    }

    private func matches(_ codes: [UInt64]) throws(DecodeError) -> Bitmap {
        if let found, found.codes == codes { return presence.map { found.values.spread(over: $0) } ?? found.values }
        let found = try decoded(where: type.hasDictionary || type == .shape) { (scope, page) throws(DecodeError) in
            try page.matches(codes: codes, in: scope, rows: rowMap)
        }
        guard let found else { return Bitmap(count: rowCount) }
        return presence.map { found.spread(over: $0) } ?? found
    }

    private var rowMap: RowMap { presence.map { .rows($0.positions) } ?? .identity }
}

extension ColumnType {
    /// Whether values have a text (Format/Segment.md, 6.4), so that `equal` may take it.
    var hasText: Bool {
        switch layout {
        case .integers: self == .bool || self == .int64 || self == .uint64
        case .strings: self != .overflow
        case .timestamps, .fixed8, .fixed16: true
        case .presenceOnly, .doubles: false
        }
    }

    /// The bytes of which such texts consist, where values are not stored as texts.
    var textBytes: ByteSet? {
        switch layout {
        case .timestamps: .timestamps
        case .fixed8, .fixed16: .hexadecimal
        case .integers: self == .bool ? .truthValues : .integers
        case .strings, .presenceOnly, .doubles: nil
        }
    }
}
