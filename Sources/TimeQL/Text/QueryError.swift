/// Why a query cannot be run, and which part of its text is to blame.
public struct QueryError: Error, Equatable, Sendable {
    /// What kind of mistake it is. Kinds are stable; messages are for people.
    public enum Kind: String, Sendable {
        /// The text is no TimeQL.
        case syntax
        /// A name that means nothing here.
        case name
        /// Something that is understood but cannot be, such as a time that ends before it begins.
        case meaning
        /// More than a query may be: too long, too deep.
        case limit
    }

    public var kind: Kind
    public var message: String
    public var range: SourceRange
    /// What to write instead, or how to find out.
    public var hint: String?

    public init(_ kind: Kind, _ message: String, at range: SourceRange, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.range = range
        self.hint = hint
    }
}
