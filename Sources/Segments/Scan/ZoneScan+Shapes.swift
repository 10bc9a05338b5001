import Bytes
import Columns

extension ZoneScan {
    /// The rows whose shape has a column, for its page of just these zones; nil: all.
    func presenceByShape(
        of column: SegmentColumn, page index: Int, _ entry: PageEntry
    ) throws(DecodeError) -> ShapeRows? {
        let key = PageCache.Key(
            segment: reader.rootChecksum, column: column.ordinal, page: index, buffer: PageCache.Key.rows)
        let rows: ShapeRows
        if let known = reader.pageCache?.rows(key) {
            rows = known
        } else {
            rows = try foundByShape(column)
            reader.pageCache?.keep(rows, key)
        }
        guard rows.count == entry.valueCount else {
            throw .corrupt(
                at: entry.errorOffset,
                "page has \(entry.valueCount) values, the shapes of its rows say \(rows.count)")
        }
        return rows.count == rowCount ? nil : rows
    }

    private func foundByShape(_ column: SegmentColumn) throws(DecodeError) -> ShapeRows {
        guard let shapes = try encodedShapes() else {
            var found = Bitmap(count: rowCount)
            found.insert(
                try reader.reading { () throws(SegmentError) in
                    try reader.rows(ofColumn: column.ordinal, in: zones)
                })
            return ShapeRows(found)
        }
        let codes: [UInt64]
        if let known = column.state.shapeCodes[shapes.resource] {
            codes = known
        } else {
            codes = shapes.table.membership(of: column.ordinal).enumerated().filter(\.element).map {
                UInt64($0.offset)
            }
            column.state.shapeCodes[shapes.resource] = codes
        }
        if let known = rowsOfShapes[codes] { return known }
        let rows = ShapeRows(try shapes.rows(with: codes, in: reader))
        rowsOfShapes[codes] = rows
        return rows
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
}
