/// An answer in rows and columns.
public struct AnswerTable: Equatable, Sendable {
    public enum Cell: Equatable, Sendable {
        case none
        case text(String)
        case integer(Int)
        case number(Double)
        /// Nanoseconds since 1970.
        case time(Int64)
    }

    public var columns: [String]
    public var rows: [[Cell]]
}
