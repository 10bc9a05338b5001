/// A number about many events.
public struct Aggregate: Equatable, Sendable {
    public enum Function: Hashable, Sendable {
        /// Of events, or of those that have the field.
        case count
        case sum, average, minimum, maximum
        /// Of the values of a field: the part of them, in thousandths, that is not above the answer.
        case quantile(thousandths: Int)
        /// Events in a second.
        case rate
        /// Different values.
        case distinct
    }

    public var function: Function
    public var field: FieldReference?
    /// What the column of the answer is called.
    public var name: String?
    public var range: SourceRange

    public init(function: Function, field: FieldReference? = nil, name: String? = nil, range: SourceRange) {
        self.function = function
        self.field = field
        self.name = name
        self.range = range
    }
}
