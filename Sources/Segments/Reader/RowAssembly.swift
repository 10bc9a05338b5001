import Bytes
import Columns

/// Puts the columns of some zones together to rows.
struct RowAssembly {
    let rowCount: Int
    private var columns: [Int: Gathered] = [:]

    private struct Gathered {
        var column: SegmentColumn
        var pieces: [ColumnPiece] = []
        var loose: [(row: UInt32, text: [UInt8])] = []
    }

    init(rowCount: Int) { self.rowCount = rowCount }

    private func damage(_ column: SegmentColumn, _ reason: String) -> SegmentError {
        .damaged(.corrupt(at: column.errorOffset, reason))
    }

    mutating func add(_ piece: ColumnPiece, to column: SegmentColumn) throws(SegmentError) {
        guard !piece.rows.isEmpty else { return }
        columns[column.ordinal, default: Gathered(column: column)].pieces.append(piece)
    }

    mutating func add(text: ArraySlice<UInt8>, row: Int, to column: SegmentColumn) throws(SegmentError) {
        columns[column.ordinal, default: Gathered(column: column)].loose.append((UInt32(row), Array(text)))
    }

    func batch(storedAt: [UInt64], sequences: [UInt64]) throws(SegmentError) -> RowBatch {
        var batchColumns: [RowBatch.Column] = []
        // A row's shape so far; each further column moves its rows to the shape with that column.
        var shapeOfRow = [UInt32](repeating: 0, count: rowCount)
        var shapes: [[Int]] = [[]]
        for ordinal in columns.keys.sorted() {
            guard let gathered = columns[ordinal] else { continue }
            let (rows, values) = try merge(gathered)
            var successors = [UInt32](repeating: .max, count: shapes.count)
            for row in rows {
                let shape = Int(shapeOfRow[Int(row)])
                guard shape < successors.count else {
                    throw damage(gathered.column, "two values of a column in one row")
                }
                if successors[shape] == .max {
                    successors[shape] = UInt32(shapes.count)
                    shapes.append(shapes[shape] + [batchColumns.count])
                }
                shapeOfRow[Int(row)] = successors[shape]
            }
            batchColumns.append(RowBatch.Column(ordinal: ordinal, key: gathered.column.key, values: values))
        }
        renumber(&shapeOfRow, &shapes)
        return RowBatch(
            shapeOfRow: shapeOfRow, shapes: shapes, columns: batchColumns, storedAt: storedAt, sequences: sequences)
    }

    /// Drops the shapes that no row kept.
    private func renumber(_ shapeOfRow: inout [UInt32], _ shapes: inout [[Int]]) {
        var numbers = [UInt32](repeating: .max, count: shapes.count)
        var kept: [[Int]] = []
        for row in shapeOfRow.indices {
            let shape = Int(shapeOfRow[row])
            if numbers[shape] == .max {
                numbers[shape] = UInt32(kept.count)
                kept.append(shapes[shape])
            }
            shapeOfRow[row] = numbers[shape]
        }
        shapes = kept
    }

    private func merge(_ gathered: Gathered) throws(SegmentError) -> ([UInt32], ColumnVector) {
        var pieces = gathered.pieces
        for loose in gathered.loose {
            guard let value = ColumnVector(overflowText: loose.text, type: gathered.column.type) else {
                throw damage(gathered.column, "text of a value in overflow is not of the column's type")
            }
            Self.cut(&pieces, before: loose.row)
            pieces.append(ColumnPiece(rows: [loose.row], values: value))
        }
        if pieces.count > 1 { pieces.sort { $0.rows[0] < $1.rows[0] } }
        var rows = pieces[0].rows
        var values = pieces[0].values
        for piece in pieces.dropFirst() {
            guard let last = rows.last, last < piece.rows[0] else {
                throw damage(gathered.column, "a value both in a page and in overflow")
            }
            rows.append(contentsOf: piece.rows)
            guard let longer = values.appending(piece.values) else {
                throw damage(gathered.column, "pages of a column are of different kinds")
            }
            values = longer
        }
        return (rows, values)
    }

    /// Cuts the piece in two in which a row would stand that is none of its own.
    private static func cut(_ pieces: inout [ColumnPiece], before row: UInt32) {
        guard let index = pieces.firstIndex(where: { $0.rows[0] < row && row < $0.rows[$0.rows.count - 1] }) else {
            return
        }
        let piece = pieces[index]
        let middle = piece.rows.firstIndex(notBelow: row)
        guard piece.rows[middle] != row else { return }
        pieces[index] = ColumnPiece(rows: Array(piece.rows[..<middle]), values: piece.values.slice(0..<middle))
        pieces.append(
            ColumnPiece(
                rows: Array(piece.rows[middle...]), values: piece.values.slice(middle..<piece.rows.count)))
    }
}
