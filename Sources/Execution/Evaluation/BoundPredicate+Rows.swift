import Bytes
import Columns

extension BoundPredicate {
    /// The rows of a batch that fulfil it. A field that a row does not have fulfils nothing but the lack of it.
    func rows(of batch: RowBatch) -> Bitmap {
        switch self {
        case .constant(let value): return Bitmap(count: batch.rowCount, repeating: value)
        case .not(let part):
            var rows = part.rows(of: batch)
            rows.invert()
            return rows
        case .all(let parts):
            var rows = Bitmap(count: batch.rowCount, repeating: true)
            for part in parts where !rows.isEmpty { rows.formIntersection(part.rows(of: batch)) }
            return rows
        case .any(let parts):
            var rows = Bitmap(count: batch.rowCount)
            for part in parts where !rows.isFull { rows.formUnion(part.rows(of: batch)) }
            return rows
        case .test(let field, let test):
            var rows = Bitmap(count: batch.rowCount)
            batch.forEachColumn(of: field) { column, columnRows, isHidden in
                let matches = test.matches(column.values, type: column.key.type)
                matches.forEachSet { index in
                    let row = columnRows[index]
                    if isHidden?[row] != true { rows[row] = true }
                }
            }
            return rows
        }
    }
}

extension RowBatch {
    /// Goes through the columns of a field, each with its rows and, behind the first path, those rows that have the
    /// field under a path before.
    func forEachColumn(of field: BoundField, _ body: (Column, _ rows: [Int], _ hidden: Bitmap?) -> Void) {
        var hidden: Bitmap?
        for (place, path) in field.paths.enumerated() {
            var found: [[Int]] = []
            for index in columns.indices where columns[index].key.path == path {
                let rows = rows(ofColumn: index)
                body(columns[index], rows, hidden)
                found.append(rows)
            }
            guard place < field.paths.count - 1 else { return }
            for rows in found {
                var more = hidden ?? Bitmap(count: rowCount)
                for row in rows { more[row] = true }
                hidden = more
            }
        }
    }
}
