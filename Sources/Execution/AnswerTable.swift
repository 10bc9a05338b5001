/// An answer in rows and columns.
public struct AnswerTable: Equatable, Sendable {
    public enum Cell: Equatable, Sendable {
        case none
        case text(String)
        case integer(Int)
        case number(Double)
        /// What JSON writes without quotes: true, false, a list, a number that no other case holds.
        case literal(String)
        /// Nanoseconds since 1970.
        case time(Int64)
    }

    public var columns: [String]
    public var rows: [[Cell]]
}
