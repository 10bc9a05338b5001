import Bytes
import Columns

extension ZoneScan {
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
}
