public import Columns

/// What stands in one column of an answer.
public enum AnswerColumn: Sendable {
    case cells([AnswerTable.Cell])
    /// The place of each row's text among some that are kept once; −1 where there is none.
    case texts(StringVector, places: [Int32])
    /// Nanoseconds since 1970.
    case times([Int64])
    case stored(StoredValues)

    public var count: Int {
        switch self {
        case .cells(let cells): cells.count
        case .texts(_, let places): places.count
        case .times(let times): times.count
        case .stored(let values): values.places.count
        }
    }

    public subscript(row: Int) -> AnswerTable.Cell {
        switch self {
        case .cells(let cells): cells[row]
        case .texts(let texts, let places): places[row] < 0 ? .none : .text(texts.text(Int(places[row])))
        case .times(let times): .time(times[row])
        case .stored(let values): values[row]
        }
    }

    func prefix(_ count: Int) -> AnswerColumn {
        switch self {
        case .cells(let cells): return .cells(Array(cells.prefix(count)))
        case .texts(let texts, let places): return .texts(texts, places: Array(places.prefix(count)))
        case .times(let times): return .times(Array(times.prefix(count)))
        case .stored(var values):
            values.places = Array(values.places.prefix(count))
            return .stored(values)
        }
    }
}
