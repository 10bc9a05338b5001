import Bytes
import Columns

/// Decodes of columns just the values in some rows of a scan, and of the columns that they come from.
final class RowPicker {
    // It is part of the scan.
    unowned let scan: ZoneScan
    let rows: Bitmap
    /// By ordinal what was asked for, and what that is derived from: many columns come from a few.
    private var sources: [Int: PickedColumn] = [:]

    init(_ scan: ZoneScan, _ rows: Bitmap) {
        self.scan = scan
        self.rows = rows
    }

    /// The values of a page in those of the rows that have one.
    func run(of column: SegmentColumn, page index: Int) throws(DecodeError) -> ColumnRun {
        if let known = sources[column.ordinal] { return try known.run() }
        let scope = try PageScope(reader: scan.reader, column: column, pageIndex: index, depth: 0, scan: scan)
        let source = try PickedColumn(column.type, PickedPage(scope, self), rows, offset: scope.entry.errorOffset)
        sources[column.ordinal] = source
        return try source.run()
    }

    /// The words of a page in the rows, when all rows have one: integers, or the nanoseconds of times.
    func words(of column: SegmentColumn, page index: Int) throws(DecodeError) -> [UInt64]? {
        let scope = try PageScope(reader: scan.reader, column: column, pageIndex: index, depth: 0, scan: scan)
        let page = try PickedPage(scope, self)
        return page.presence == nil ? try page.words(in: rows.positions) : nil
    }

    /// The column from which a page is derived.
    func source(_ ordinal: Int, of page: PageScope) throws(DecodeError) -> PickedColumn {
        if let known = sources[ordinal] { return known }
        guard page.depth < Limits.sourceDepth else { throw PageScope.tooDeep(at: page.entry.errorOffset) }
        let column = try scan.reader.reading { () throws(SegmentError) in
            try scan.reader.column(ordinal: ordinal)
        }
        let source = try PickedColumn(
            column.type, try page.scope(of: column).map { (scope) throws(DecodeError) in try PickedPage(scope, self) },
            rows, offset: page.entry.errorOffset)
        sources[ordinal] = source
        return source
    }
}
