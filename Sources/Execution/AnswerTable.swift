/// An answer in rows and columns.
public struct AnswerTable: Equatable, Sendable {
    public enum Cell: Hashable, Sendable {
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
    /// Of rows that tell fields of things one by one: the columns before this one tell whose field it is, and the last
    /// of them its name. Forms that can nest put the fields of a thing together.
    public var nestedColumnCount: Int?

    /// What people should know of the numbers, such as that they are estimates. No part of the rows.
    public var notes: [String] = []

    public init(columns: [String], rows: [[Cell]]) {
        self.columns = columns
        self.rows = rows
    }
}
