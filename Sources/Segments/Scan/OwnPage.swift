import Bytes
import Columns

/// A page of just the zones of a scan, and which rows its values are of.
struct OwnPage {
    let scope: PageScope
    let page: ParsedPage
    /// Nil: every row has a value.
    let rows: Bitmap?

    init(of column: SegmentColumn, _ index: Int, in scan: ZoneScan) throws(DecodeError) {
        let scope = try PageScope(reader: scan.reader, column: column, pageIndex: index, depth: 0, scan: scan)
        try self.init(try scope.parse(), in: scope, of: scan)
    }

    init(_ page: ParsedPage, in scope: PageScope, of scan: ZoneScan) throws(DecodeError) {
        self.page = page
        self.scope = scope
        rows = try scope.presence(of: page, in: scan)
    }

    /// The rows as what decodes the page wants them told.
    var map: RowMap { page.isDerived ? rows.map { .rows($0.positions) } ?? .identity : .unknown }
}

extension PageScope {
    /// The rows of a page's values; nil: every row has one.
    func presence(of page: ParsedPage, in scan: ZoneScan) throws(DecodeError) -> Bitmap? {
        switch entry.presence {
        case .everyRow: return nil
        case .byShape: return try scan.presenceByShape(of: column, page: pageIndex, entry)?.rows
        case .own:
            guard let positions = try rows(of: page) else { return nil }
            var rows = Bitmap(count: scan.rowCount)
            rows.insert(positions)
            return rows
        }
    }
}

extension ParsedPage {
    /// Integers, or the nanoseconds of times; nil when they are neither.
    func words(in scope: PageScope) throws(DecodeError) -> [UInt64]? {
        switch body {
        case .integers(let node), .timestamps(let node, _):
            try node.decode(count: valueCount, rows: .identity, in: scope)
        default: nil
        }
    }

    var dictionary: Int? {
        if case .strings(.sharedDictionary(let resource, _)) = body { resource } else { nil }
    }
}

extension Bitmap {
    /// Sets the bits of some places.
    mutating func insert(_ places: [UInt32]) { for place in places { self[Int(place)] = true } }
}
