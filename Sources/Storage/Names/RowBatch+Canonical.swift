public import Columns
import Segments

extension RowBatch {
    /// When each row happened; nil when a row does not say.
    package var times: [Int64]? {
        let column = columns.first { $0.key.path == CanonicalField.timestamp.aliasPath }
        guard case .timestamps(let words, _)? = column?.values, words.count == rowCount else { return nil }
        return words.map { Int64(bitPattern: $0) }
    }

    /// The rows whose canonical field shows as one of some texts: that which the store added, else that of the event.
    public func rows(where field: CanonicalField, in texts: Set<[UInt8]>) -> [Bool] {
        texts.isEmpty
            ? [Bool](repeating: false, count: rowCount) : rows(where: field) { $0.matches(texts) }
    }

    /// The rows whose canonical field is an id, whatever the form in which it is written.
    public func rows(where field: CanonicalField, is id: IdKey) -> [Bool] { rows(where: field) { $0.matches(id) } }

    /// The rows with a value of the field that matches: that which the store added, else that of the event.
    private func rows(where field: CanonicalField, _ matching: (RowBatch.Column) -> [Bool]) -> [Bool] {
        var found = [Bool](repeating: false, count: rowCount)
        var isAdded = found
        for path in [field.aliasPath, field.path] {
            for column in columns.indices where columns[column].key.path == path {
                let matches = matching(columns[column])
                var next = 0
                for row in 0..<rowCount where shapes[Int(shapeOfRow[row])].contains(column) {
                    defer { next += 1 }
                    if isAdded[row] { continue }
                    if path == field.aliasPath { isAdded[row] = true }
                    if matches[next] { found[row] = true }
                }
            }
        }
        return found
    }
}

extension RowBatch.Column {
    /// Which values show as one of some texts.
    func matches(_ texts: Set<[UInt8]>) -> [Bool] {
        if case .codedStrings(let dictionary, let codes) = values {
            let entries = (0..<dictionary.count).map { texts.contains(Array(dictionary[$0])) }
            return codes.map { entries[Int($0)] }
        }
        guard let shown = values.texts(type: key.type) else { return [Bool](repeating: false, count: values.count) }
        return (0..<shown.count).map { texts.contains(Array(shown[$0])) }
    }
}
