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
    var shapes: EncodedShapes?
    var knowsShapes = false
    /// By the codes of the shapes that have a column.
    var rowsOfShapes: [[UInt64]: ShapeRows] = [:]
    var overflow: [Int: [(row: Int, text: [UInt8])]]?
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
                let messages = try MessageTest(test, page, memory, in: scope)
                let isNone =
                    if let messages { try messages.provesNone(in: scope) } else {
                        try page.provesNone(test, memory, in: scope)
                    }
                if isNone { return (Bitmap(count: rowCount), nil) }
                let own = try OwnPage(page, in: scope, of: self)
                if let found = try messages?.matches(own, in: self) { return (found, own.rows) }
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

    /// Whether rows are so few that their values are decoded without all others.
    public func areFew(_ rows: Bitmap) -> Bool { rows.setCount * Self.rowsPerPick <= rowCount }

    /// Nil when all rows are better decoded at once.
    private func picker(of rows: Bitmap) -> RowPicker? {
        if let picker, picker.rows == rows { return picker }
        guard areFew(rows) else { return nil }
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
            return try reader.decoding { () throws(DecodeError) in
                try presenceByShape(of: column, page: index, entry)?.rows
            }
        case .own:
            return try reader.decoding { () throws(DecodeError) in
                let scope = try PageScope(reader: reader, column: column, pageIndex: index, depth: 0)
                return try scope.presence(of: try scope.parse(), in: self)
            }
        }
    }
}
