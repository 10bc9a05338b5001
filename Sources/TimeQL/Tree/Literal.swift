public import Columns

/// A value that stands in a query.
public struct Literal: Equatable, Sendable {
    public enum Value: Equatable, Sendable {
        case text(String)
        case number(Quantity)
        case boolean(Bool)
        case null
        /// Given when the query is run.
        case parameter(String)
    }

    public var value: Value
    public var range: SourceRange

    public init(value: Value, range: SourceRange) {
        self.value = value
        self.range = range
    }
}

/// A number with its unit.
public struct Quantity: Equatable, Sendable {
    public var number: NumberText.Value
    public var unit: Unit?

    public init(number: NumberText.Value, unit: Unit?) {
        self.number = number
        self.unit = unit
    }
}

/// How many of something.
public struct Count: Equatable, Sendable {
    public var value: Int
    public var range: SourceRange
}
