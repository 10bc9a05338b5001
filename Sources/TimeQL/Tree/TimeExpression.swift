/// A moment as a query names it. What it means depends on when and in which zone the query is run.
public struct TimeExpression: Equatable, Sendable {
    public enum Base: Equatable, Sendable {
        /// A text in quotes or a word such as `now`.
        case text(String)
        /// A number since 1970.
        case number(Quantity)
        case parameter(String)
    }

    public var base: Base
    /// Added to it.
    public var offsets: [Int64]
    public var range: SourceRange

    public init(base: Base, offsets: [Int64], range: SourceRange) {
        self.base = base
        self.offsets = offsets
        self.range = range
    }
}

/// From one moment to another, the second not included.
public enum TimePeriod: Equatable, Sendable {
    /// Either end may be open.
    case range(from: TimeExpression?, to: TimeExpression?)
    /// Up to now.
    case last(Duration)
}
