/// A condition on events or on state.
public indirect enum Predicate: Equatable, Sendable {
    case all([Predicate])
    case any([Predicate])
    case not(Predicate)
    case constant(Bool)
    /// A field that is true.
    case flag(FieldReference)
    case comparison(Operand, Comparison, Literal)
    case oneOf(Operand, [Literal])
    case between(Operand, Literal, Literal)
    case text(Operand, TextTest, Literal)
    /// The event has the field, whatever its value.
    case exists(FieldReference)
    /// The field's value is null, or it has none.
    case isNull(FieldReference)

    public enum Comparison: String, Sendable, CaseIterable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case atMost = "<="
        case greater = ">"
        case atLeast = ">="
    }

    public enum TextTest: String, Sendable, CaseIterable {
        /// `%` stands for any text, `_` for any character.
        case like = "LIKE"
        /// The same, whatever the case of letters.
        case likeAnyCase = "ILIKE"
        case contains = "CONTAINS"
        /// A regular expression, anywhere in the text.
        case matches = "MATCHES"
    }

    /// What is tested.
    public struct Operand: Equatable, Sendable {
        public var field: FieldReference
        /// Whether it is enough that one element of an array passes.
        public var isAnyElement: Bool
    }
}
