public import Bytes
public import Columns

extension ZoneScan {
    /// The sequence numbers of some rows.
    public func sequences(in rows: Bitmap) throws(SegmentError) -> [UInt64] {
        try words(of: try reader.column(ordinal: ColumnCatalog.sequenceOrdinal), in: rows)
    }

    /// The rows that were stored at a time or before it.
    public func rows(storedBy time: Int64) throws(SegmentError) -> Bitmap {
        let range = IntegerPredicate.range(UInt64(bitPattern: Int64.min), UInt64(bitPattern: time), isSigned: true)
        return range.matches(try words(of: try reader.column(ordinal: ColumnCatalog.storedAtOrdinal)))
    }

    /// Some of the rows, with some of their columns: only pages of which a value is wanted are read.
    public func batch(
        of rows: Bitmap, where isWanted: (SegmentColumn) -> Bool
    ) throws(SegmentError) -> RowBatch {
        var assembly = RowAssembly(rowCount: rows.setCount)
        let columns = try reader.decoding { () throws(DecodeError) in
            try encodedShapes()?.columns(of: rows, in: reader)
        }
        for column in try reader.allColumns() where !column.type.isSystem && isWanted(column) {
            guard try mayHave(column, columns) else { continue }
            if column.type.layout == .presenceOnly {
                let found = try self.rows(having: column)
                let places = rows.ranks(of: found, among: found).places
                try assembly.add(ColumnPiece(rows: places, values: .presence(count: places.count)), to: column)
                continue
            }
            for piece in try pieces(of: column, in: rows) { try assembly.add(piece, to: column) }
        }
        return try assembly.batch(
            storedAt: words(of: try reader.column(ordinal: ColumnCatalog.storedAtOrdinal), in: rows),
            sequences: sequences(in: rows))
    }

    /// Whether one of some rows may have a value in a column, when their shapes have some columns.
    private func mayHave(_ column: SegmentColumn, _ columns: Set<UInt32>?) throws(SegmentError) -> Bool {
        guard let columns, !column.hasOverflow, let index = try ownPage(of: column),
            try column.pages()[index].presence == .byShape
        else { return true }
        return columns.contains(UInt32(column.ordinal))
    }

    /// The values of a column in some rows, which are counted among these.
    private func pieces(of column: SegmentColumn, in rows: Bitmap) throws(SegmentError) -> [ColumnPiece] {
        let all = Bitmap(count: rowCount, repeating: true)
        var pieces: [ColumnPiece] = []
        for run in try runs(of: column, in: rows) {
            let present = run.rows ?? all
            if rows == present {
                pieces.append(ColumnPiece(rows: Array(0..<UInt32(rows.setCount)), values: run.values))
            } else {
                let (places, ranks) = rows.ranks(of: present, among: present)
                if !places.isEmpty { pieces.append(ColumnPiece(rows: places, values: run.values.gather(ranks))) }
            }
        }
        return pieces
    }
}
