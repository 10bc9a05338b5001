import Bytes
import Columns

/// The page of a column from which another column's page over the same zones is derived.
final class PageSource: SourceColumn {
    private let rowCount: Int
    /// Nil when the source has no value in these zones.
    private let scope: PageScope?
    private var page: ParsedPage?
    private var rows: [UInt32]?
    private(set) var valueIndexes: [UInt32]?

    init(rowCount: Int, scope: PageScope?) {
        self.rowCount = rowCount
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

    private var rowMap: RowMap { rows.map(RowMap.rows) ?? .identity }

    func codes() throws(DecodeError) -> [UInt64] {
        guard let scope, let page else { return [] }
        return try page.codes(in: scope, rows: rowMap)
    }

    private func vector() throws(DecodeError) -> ColumnVector {
        guard let scope, let page else { return .presence(count: 0) }
        return try page.values(in: scope, rows: rowMap)
    }

    private func refusal() -> DecodeError {
        .corrupt(
            at: scope?.entry.errorOffset ?? 0,
            "a column of type \(scope?.column.type.rawValue ?? 0) cannot be a source here")
    }

    func integers() throws(DecodeError) -> [UInt64] {
        switch try vector() {
        case .integers(let values), .timestamps(let values, _): values
        case .presence where scope == nil: []
        default: throw refusal()
        }
    }

    func fixed(width: Int) throws(DecodeError) -> [UInt8] {
        switch try vector() {
        case .fixed(let bytes, width): bytes
        case .presence where scope == nil: []
        default: throw refusal()
        }
    }

    func texts() throws(DecodeError) -> StringVector {
        guard let scope else { return StringVector() }
        guard let texts = try vector().texts(type: scope.column.type) else { throw refusal() }
        return texts
    }
}
