import Bytes
import Columns

/// A field's values in a batch, row by row.
struct BatchField {
    private let field: BoundField
    private let batch: RowBatch

    init(_ field: BoundField, in batch: RowBatch) {
        self.field = field
        self.batch = batch
    }

    /// NaN where the field is missing or no number.
    var numbers: [Double] {
        var numbers = [Double](repeating: .nan, count: batch.rowCount)
        batch.forEachColumn(of: field) { column, rows, hidden in
            guard let found = column.values.numbers(column.key.type) else { return }
            for (place, row) in rows.enumerated() where hidden?[row] != true { numbers[row] = found[place] }
        }
        return numbers
    }

    /// What shows the value of each row, nil where the field is missing.
    var texts: [String?] {
        var texts = [String?](repeating: nil, count: batch.rowCount)
        forEachText { row, text, _ in texts[row] = String(decoding: text, as: UTF8.self) }
        return texts
    }

    /// Calls `body` for each row that has the field, with the text that shows its value. Values of one dictionary have
    /// its number and theirs, so that whoever keeps texts needs to look at each once.
    func forEachText(_ body: (_ row: Int, _ text: ArraySlice<UInt8>, _ code: (dictionary: Int, entry: Int)?) -> Void) {
        var number = 0
        batch.forEachColumn(of: field) { column, rows, hidden in
            number += 1
            func visible(_ body: (_ row: Int, _ place: Int) -> Void) {
                for (place, row) in rows.enumerated() where hidden?[row] != true { body(row, place) }
            }
            switch column.values {
            case .codedStrings(let dictionary, let codes):
                visible { row, place in body(row, dictionary[Int(codes[place])], (number, Int(codes[place]))) }
            case .doubles(let values):
                visible { row, place in
                    var text: [UInt8] = []
                    NumberText.append(double: values[place], to: &text)
                    body(row, text[...], nil)
                }
            case .presence: break
            default:
                guard let texts = column.values.texts(type: column.key.type) else { break }
                visible { row, place in body(row, texts[place], nil) }
            }
        }
    }
}
