public import Bytes
import Columns

/// Some zones of a segment, looked at column by column: nothing is read but what is asked for, and conditions are asked
/// of values as they are encoded.
///
/// Rows are counted from the first row of the zones. It is best made of zones that no page reaches beyond
/// (``SegmentReader/batchRanges()``): of others pages are decoded and cut.
public final class ZoneScan {
    public let reader: SegmentReader
    public let zones: Range<Int>
    public let rowCount: Int
    let firstRow: Int
    /// The codes of the rows' shapes as they are encoded; nil when no page has just these zones.
    private var shapes: EncodedShapes?
    private var knowsShapes = false
    /// By the codes of the shapes that have a column.
    private var rowsOfShapes: [[UInt64]: ShapeRows] = [:]
    private var overflow: [Int: [(row: Int, text: [UInt8])]]?
    /// Whether decoded columns are kept, for whoever wants their rows in several turns.
    public var keepsRuns = false
    private var keptRuns: [Int: [ColumnRun]] = [:]
    /// What picks values in the rows that were asked for last.
    private var picker: RowPicker?

    public init(_ reader: SegmentReader, _ zones: Range<Int>) {
        self.reader = reader
        self.zones = zones
        firstRow = reader.zones[zones.lowerBound].firstRow
        rowCount = reader.zones[zones.upperBound - 1].rows.upperBound - firstRow
    }

    // MARK: Conditions

    /// The rows that have a value in a column.
    public func rows(having column: SegmentColumn) throws(SegmentError) -> Bitmap {
        var found = Bitmap(count: rowCount)
        if column.type.layout == .presenceOnly {
            for piece in try column.pieces(in: zones) { found.insert(piece.rows) }
        } else if let index = try ownPage(of: column) {
            guard let rows = try rows(of: column, page: index) else {
                return Bitmap(count: rowCount, repeating: true)
            }
            found = rows
        } else {
            for piece in try column.pieces(in: zones) { found.insert(piece.rows) }
        }
        for value in try overflowValues(of: column) { found[value.row] = true }
        return found
    }

    /// The rows whose value in a column passes.
    public func matches(
        _ column: SegmentColumn, _ test: ColumnTest, _ memory: DictionaryAnswers
    ) throws(SegmentError) -> Bitmap {
        var found = Bitmap(count: rowCount)
        if let index = try ownPage(of: column) {
            let (passing, rows) = try reader.decoding { () throws(DecodeError) -> (Bitmap, Bitmap?) in
                let scope = try PageScope(reader: reader, column: column, pageIndex: index, depth: 0, scan: self)
                let page = try scope.parse()
                if try page.provesNone(test, memory, in: scope) {
                    return (Bitmap(count: rowCount), nil)
                }
                let own = try OwnPage(page, in: scope, of: self)
                if case .strings(.contains(let part)) = test, let found = try own.messages(containing: part, in: self) {
                    return (found, own.rows)
                }
                return (try own.page.matches(test, memory, in: own.scope, rows: own.map), own.rows)
            }
            found = rows.map { passing.spread(over: $0) } ?? passing
        } else {
            for piece in try column.pieces(in: zones) {
                test.matches(piece.values).forEachSet { found[Int(piece.rows[$0])] = true }
            }
        }
        for value in try overflowValues(of: column) {
            if test.matches(try vector(value.text, of: column))[0] { found[value.row] = true }
        }
        return found
    }

    // MARK: Values

    /// The values of a column. No row stands in two of the runs.
    public func runs(of column: SegmentColumn) throws(SegmentError) -> [ColumnRun] {
        if let kept = keptRuns[column.ordinal] { return kept }
        let runs = try decodedRuns(of: column, nil)
        if keepsRuns { keptRuns[column.ordinal] = runs }
        return runs
    }

    /// The values of a column in some rows at least: in all rows where that takes no longer.
    public func runs(of column: SegmentColumn, in rows: Bitmap) throws(SegmentError) -> [ColumnRun] {
        keepsRuns ? try runs(of: column) : try decodedRuns(of: column, picker(of: rows))
    }

    /// Values one by one take several times as long as each of all at once.
    private static let rowsPerPick = 8

    /// Nil when all rows are better decoded at once.
    private func picker(of rows: Bitmap) -> RowPicker? {
        if let picker, picker.rows == rows { return picker }
        guard rows.setCount * Self.rowsPerPick <= rowCount else { return nil }
        let picker = RowPicker(self, rows)
        self.picker = picker
        return picker
    }

    private func decodedRuns(of column: SegmentColumn, _ picker: RowPicker?) throws(SegmentError) -> [ColumnRun] {
        var runs: [ColumnRun] = []
        if let index = try ownPage(of: column) {
            if let picker {
                runs.append(
                    try reader.decoding { () throws(DecodeError) in try picker.run(of: column, page: index) })
            } else {
                runs.append(try wholeRun(of: column, page: index))
            }
        } else {
            for piece in try column.pieces(in: zones) where !piece.rows.isEmpty {
                var rows = Bitmap(count: rowCount)
                rows.insert(piece.rows)
                runs.append(ColumnRun(rows: rows, values: piece.values))
            }
        }
        for value in try overflowValues(of: column) {
            var rows = Bitmap(count: rowCount)
            rows[value.row] = true
            runs.append(ColumnRun(rows: rows, values: try vector(value.text, of: column)))
        }
        return runs
    }

    private func wholeRun(of column: SegmentColumn, page index: Int) throws(SegmentError) -> ColumnRun {
        try reader.decoding { () throws(DecodeError) in
            let own = try OwnPage(of: column, index, in: self)
            return ColumnRun(
                rows: own.rows, values: try own.page.values(in: own.scope, rows: own.map),
                dictionary: own.page.dictionary)
        }
    }

    /// The words of a column that every row has: integers, or the nanoseconds of times.
    public func words(of column: SegmentColumn) throws(SegmentError) -> [UInt64] {
        if let index = try ownPage(of: column) {
            let words = try reader.decoding { () throws(DecodeError) -> [UInt64]? in
                let scope = try PageScope(reader: reader, column: column, pageIndex: index, depth: 0)
                guard scope.entry.presence == .everyRow else { return nil }
                return try scope.parse().words(in: scope)
            }
            if let words { return words }
        }
        var words: [UInt64] = []
        for piece in try column.pieces(in: zones) {
            switch piece.values {
            case .integers(let more), .timestamps(let more, _): words += more
            default: break
            }
        }
        guard words.count == rowCount else {
            throw .damaged(.corrupt(at: column.errorOffset, "a row has no value of a column that every row has"))
        }
        return words
    }

    /// The words of such a column in some rows, which ascend.
    public func words(of column: SegmentColumn, in rows: Bitmap) throws(SegmentError) -> [UInt64] {
        if let picker = picker(of: rows), let index = try ownPage(of: column) {
            let words = try reader.decoding { () throws(DecodeError) in try picker.words(of: column, page: index) }
            if let words { return words }
        }
        let words = try words(of: column)
        return rows.isFull ? words : rows.positions.map { words[Int($0)] }
    }

    // MARK: Pages

    /// The column's data page that covers just these zones; nil when there is none, or others reach into the zones.
    func ownPage(of column: SegmentColumn) throws(SegmentError) -> Int? {
        guard let index = try column.dataPage(ofZone: zones.lowerBound) else { return nil }
        return try column.pages()[index].zones == zones ? index : nil
    }

    /// The rows of a page's values, without reading more of it than that takes; nil: every row has one.
    func rows(of column: SegmentColumn, page index: Int) throws(SegmentError) -> Bitmap? {
        let entry = try column.pages()[index]
        switch entry.presence {
        case .everyRow: return nil
        case .byShape:
            return try reader.decoding { () throws(DecodeError) in try presenceByShape(of: column, entry)?.rows }
        case .own:
            return try reader.decoding { () throws(DecodeError) in
                let scope = try PageScope(reader: reader, column: column, pageIndex: index, depth: 0)
                return try scope.presence(of: try scope.parse(), in: self)
            }
        }
    }

    /// The rows whose shape has a column; nil: all.
    func presenceByShape(of column: SegmentColumn, _ entry: PageEntry) throws(DecodeError) -> ShapeRows? {
        let rows: ShapeRows
        if let shapes = try encodedShapes() {
            let codes: [UInt64]
            if let known = column.state.shapeCodes[shapes.resource] {
                codes = known
            } else {
                codes = shapes.table.membership(of: column.ordinal).enumerated().filter(\.element).map {
                    UInt64($0.offset)
                }
                column.state.shapeCodes[shapes.resource] = codes
            }
            if let known = rowsOfShapes[codes] {
                rows = known
            } else {
                rows = ShapeRows(try shapes.rows(with: codes, in: reader))
                rowsOfShapes[codes] = rows
            }
        } else {
            var found = Bitmap(count: rowCount)
            let places = try reader.reading { () throws(SegmentError) in
                try reader.rows(ofColumn: column.ordinal, in: zones)
            }
            for row in places { found[Int(row)] = true }
            rows = ShapeRows(found)
        }
        guard rows.count == entry.valueCount else {
            throw .corrupt(
                at: entry.errorOffset,
                "page has \(entry.valueCount) values, the shapes of its rows say \(rows.count)")
        }
        return rows.count == rowCount ? nil : rows
    }

    func encodedShapes() throws(DecodeError) -> EncodedShapes? {
        if knowsShapes { return shapes }
        knowsShapes = true
        let column = try reader.reading { () throws(SegmentError) in
            try reader.column(ordinal: ColumnCatalog.shapeOrdinal)
        }
        guard column.type == .shape,
            let index = try reader.reading({ () throws(SegmentError) in try ownPage(of: column) })
        else { return nil }
        shapes = try EncodedShapes(column, page: index, in: reader)
        return shapes
    }

    // MARK: Overflow

    private func overflowValues(of column: SegmentColumn) throws(SegmentError) -> [(row: Int, text: [UInt8])] {
        guard column.hasOverflow else { return [] }
        if let known = overflow { return known[column.ordinal] ?? [] }
        var found: [Int: [(row: Int, text: [UInt8])]] = [:]
        for bucket in try reader.overflowColumns() {
            for (index, entry) in try bucket.pages().enumerated()
            where entry.kind == .data && entry.zones.overlaps(zones) {
                let values = try reader.overflowValues(of: bucket, page: index)
                let distance = reader.zones[entry.firstZone].firstRow - firstRow
                for place in values.ordinals.indices {
                    let row = distance + Int(values.rows[place])
                    guard row >= 0, row < rowCount else { continue }
                    found[Int(values.ordinals[place]), default: []].append((row, Array(values.texts[place])))
                }
            }
        }
        overflow = found
        return found[column.ordinal] ?? []
    }

    private func vector(_ text: [UInt8], of column: SegmentColumn) throws(SegmentError) -> ColumnVector {
        guard let value = ColumnVector(overflowText: text, type: column.type) else {
            throw .damaged(
                .corrupt(at: column.errorOffset, "text of a value in overflow is not of the column's type"))
        }
        return value
    }
}

/// A page of just the zones of a scan, and which rows its values are of.
private struct OwnPage {
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

    /// Which of the page's messages contain a text, when they are made of templates: only those are put together of
    /// which their templates cannot tell. Nil when all are better put together.
    func messages(containing part: [UInt8], in scan: ZoneScan) throws(DecodeError) -> Bitmap? {
        // What is decoded for nothing is no burden for decoding the messages.
        guard case .strings(let node) = page.body,
            let (certain, possible) = try node.templateMatches(
                containing: part, count: page.valueCount, rows: map, in: scope.another())
        else { return nil }
        if possible.isEmpty { return certain }
        guard possible.setCount * 2 <= page.valueCount else { return nil }
        let picker = RowPicker(scan, rows.map { possible.spread(over: $0) } ?? possible)
        let values = try picker.run(of: scope.column, page: scope.pageIndex).values
        var found = ColumnTest.strings(.contains(part)).matches(values).spread(over: possible)
        found.formUnion(certain)
        return found
    }
}

extension PageScope {
    /// The rows of a page's values; nil: every row has one.
    func presence(of page: ParsedPage, in scan: ZoneScan) throws(DecodeError) -> Bitmap? {
        switch entry.presence {
        case .everyRow: return nil
        case .byShape: return try scan.presenceByShape(of: column, entry)?.rows
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
    fileprivate func words(in scope: PageScope) throws(DecodeError) -> [UInt64]? {
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
    fileprivate mutating func insert(_ places: [UInt32]) { for place in places { self[Int(place)] = true } }
}
