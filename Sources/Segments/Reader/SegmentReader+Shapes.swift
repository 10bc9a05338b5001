import Bytes
import Columns

/// The shape of each row of one page of the shape column.
struct ShapePage {
    var zones: Range<Int>
    var codes: [UInt32]
    var table: ShapeTable
}

extension SegmentReader {
    /// The pages of the shape column that cover some zones, decoded.
    func shapePages(in zoneRange: Range<Int>) throws(SegmentError) -> [ShapePage] {
        let column = try self.column(ordinal: ColumnCatalog.shapeOrdinal)
        guard column.type == .shape else {
            throw .damaged(.corrupt(at: 0, "column 0 is not the shape column"))
        }
        var pages: [ShapePage] = []
        var next = zoneRange.lowerBound
        for (index, entry) in try column.dataPages(in: zoneRange) {
            guard entry.firstZone <= next, entry.presence == .everyRow else {
                throw .damaged(.corrupt(at: entry.errorOffset, "some rows have no shape"))
            }
            next = entry.zones.upperBound
            pages.append(try shapePage(index, of: column))
        }
        guard next >= zoneRange.upperBound else {
            throw .damaged(.corrupt(at: column.errorOffset, "some rows have no shape"))
        }
        return pages
    }

    private func shapePage(_ index: Int, of column: SegmentColumn) throws(SegmentError) -> ShapePage {
        if let known = shapePageCache[index] { return known }
        let page = try decoding { () throws(DecodeError) in
            let scope = try PageScope(reader: self, column: column, pageIndex: index, depth: 0)
            let parsed = try scope.parse()
            guard case .integers(.sharedDictionary(let resource, _)) = parsed.body else {
                throw .corrupt(at: scope.entry.errorOffset, "shape page has no shape table")
            }
            let table = try scope.shapeTable(resource)
            let values = try parsed.codes(in: scope, rows: .unknown)
            var codes = [UInt32](repeating: 0, count: values.count)
            for (row, code) in values.enumerated() {
                guard code < UInt64(table.count) else {
                    throw .corrupt(at: scope.entry.errorOffset, "row has a shape beyond the last")
                }
                codes[row] = UInt32(code)
            }
            return ShapePage(zones: scope.entry.zones, codes: codes, table: table)
        }
        if shapePageCache.count >= 8 { shapePageCache.removeAll() }
        shapePageCache[index] = page
        return page
    }

    /// The rows, from the first of the zones, that have a column by their shape; ascending.
    func rows(ofColumn ordinal: Int, in zoneRange: Range<Int>) throws(SegmentError) -> [UInt32] {
        var rows: [UInt32] = []
        let firstRow = zones[zoneRange.lowerBound].firstRow
        for page in try shapePages(in: zoneRange) {
            let overlap = page.zones.clamped(to: zoneRange)
            let pageRow = zones[page.zones.lowerBound].firstRow
            let lower = zones[overlap.lowerBound].firstRow - pageRow
            let upper = zones[overlap.upperBound - 1].rows.upperBound - pageRow
            let membership = page.table.membership(of: ordinal).map { $0 ? 1 : 0 }
            let distance = pageRow - firstRow
            // Each row is written, and kept when it has the column: no branch that cannot be foretold.
            rows += unsafe [UInt32](unsafeUninitializedCapacity: upper - lower) { output, count in
                for row in lower..<upper {
                    unsafe output[count] = UInt32(truncatingIfNeeded: row &+ distance)
                    count &+= membership[Int(page.codes[row])]
                }
            }
        }
        return rows
    }
}
