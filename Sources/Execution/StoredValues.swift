import Columns
import Storage

/// Values that stay where they stand in columns until somebody wants to see them: one for each row of an answer.
public struct StoredValues: Sendable {
    let columns: [RowBatch.Column]
    /// A column below 0: the row has none.
    var places: [StateTable.Place]
    /// Whether they are shown as text whatever their type, as ids are.
    let areTexts: Bool

    subscript(row: Int) -> AnswerTable.Cell {
        let place = places[row]
        return place.column < 0 ? .none : cell(Int(place.column), Int(place.index))
    }

    func cell(_ number: Int, _ index: Int) -> AnswerTable.Cell {
        let column = columns[number]
        guard areTexts else { return AnswerTable.Cell(column.values, type: column.key.type, at: index) }
        return column.values.slice(index..<index + 1).texts(type: column.key.type).map { .text($0.text(0)) } ?? .none
    }
}
