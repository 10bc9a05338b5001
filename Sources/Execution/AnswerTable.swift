/// An answer in rows and columns.
public struct AnswerTable: Sendable {
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

    /// The names of the columns.
    public let columns: [String]
    /// What stands in each of the columns, of which all are as long.
    public private(set) var values: [AnswerColumn]
    public private(set) var rowCount: Int
    /// Of rows that tell fields of things one by one: the columns before this one tell whose field it is, and the last
    /// of them its name. Forms that can nest put the fields of a thing together.
    public var nestedColumnCount: Int?

    /// Columns that a narrow screen can do without, those that go first before others.
    public var dispensableColumns: [String] = []

    /// What people should know of the numbers, such as that they are estimates. No part of the rows.
    public var notes: [String] = []

    public init(columns: [String], values: [AnswerColumn]) {
        precondition(columns.count == values.count, "other names than columns")
        self.columns = columns
        self.values = values
        rowCount = values.first?.count ?? 0
        precondition(values.allSatisfy { $0.count == rowCount }, "columns of different lengths")
    }

    public init(columns: [String], rows: [[Cell]]) {
        self.init(
            columns: columns, values: columns.indices.map { column in .cells(rows.map { $0[column] }) })
    }

    /// The rows one by one, for few of them.
    public var rows: [[Cell]] { (0..<rowCount).map { row($0) } }

    public func row(_ number: Int) -> [Cell] { values.map { $0[number] } }

    /// The first rows.
    func prefix(_ count: Int) -> AnswerTable {
        guard count < rowCount else { return self }
        var table = self
        table.values = values.map { $0.prefix(count) }
        table.rowCount = count
        return table
    }
}

extension AnswerTable: Equatable {
    /// Whether both tell the same, however their columns are kept.
    public static func == (left: AnswerTable, right: AnswerTable) -> Bool {
        left.columns == right.columns && left.nestedColumnCount == right.nestedColumnCount
            && left.notes == right.notes && left.rows == right.rows
    }
}
