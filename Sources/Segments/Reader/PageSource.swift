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
    private var rows: [UInt32]?
    private(set) var valueIndexes: [UInt32]?

    init(_ type: ColumnType, rowCount: Int, scope: PageScope?, offset: Int) {
        self.type = type
        self.rowCount = rowCount
        self.offset = offset
        self.scope = scope
    }

    func prepare() throws(DecodeError) {
        guard let scope else {
            valueIndexes = [UInt32](repeating: .max, count: rowCount)
            return
        }
        let page = try scope.parse()
        self.page = page
        rows = try scope.rows(of: page)
        guard let rows else { return }
        var indexes = [UInt32](repeating: .max, count: rowCount)
        for (index, row) in rows.enumerated() { indexes[Int(row)] = UInt32(index) }
        valueIndexes = indexes
    }

    private func page(
        where isSuitable: Bool
    ) throws(DecodeError) -> (scope: PageScope, page: ParsedPage)? {
        guard isSuitable else { throw .corrupt(at: offset, "a column of type \(type) cannot be a source here") }
        guard let scope, let page else { return nil }
        return (scope, page)
    }

    func codes() throws(DecodeError) -> [UInt64] {
        guard let (scope, page) = try page(where: type.hasDictionary || type == .shape) else { return [] }
        return try page.codes(in: scope, rows: rowMap)
    }

    func integers() throws(DecodeError) -> [UInt64] {
        let isSuitable = type.layout == .integers && type != .shape || type == .timestamp
        guard let (scope, page) = try page(where: isSuitable) else { return [] }
        switch try page.values(in: scope, rows: rowMap) {
        case .integers(let values), .timestamps(let values, _): return values
        default: throw .corrupt(at: offset, "the source holds no integers")
        }
    }

    func fixed(width: Int) throws(DecodeError) -> [UInt8] {
        let isSuitable = type.layout == (width == 8 ? .fixed8 : .fixed16)
        guard let (scope, page) = try page(where: isSuitable),
            case .fixed(let bytes, _) = try page.values(in: scope, rows: rowMap)
        else { return [] }
        return bytes
    }

    func texts() throws(DecodeError) -> StringVector {
        guard let (scope, page) = try page(where: type.hasText) else { return StringVector() }
        guard let texts = try page.values(in: scope, rows: rowMap).texts(type: type) else {
            throw .corrupt(at: offset, "the source has a value that its form cannot show")
        }
        return texts
    }

    private var rowMap: RowMap { rows.map(RowMap.rows) ?? .identity }
}

extension ColumnType {
    /// Whether values have a text (Format/Segment.md, 6.4), so that `equal` may take it.
    fileprivate var hasText: Bool {
        switch layout {
        case .integers: self == .bool || self == .int64 || self == .uint64
        case .strings: self != .overflow
        case .timestamps, .fixed8, .fixed16: true
        case .presenceOnly, .doubles: false
        }
    }
}
