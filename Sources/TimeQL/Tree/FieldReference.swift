/// A field as a query names it: a canonical name, a whole path, or the end of one.
public struct FieldReference: Equatable, Sendable {
    /// The keys of the path.
    public var keys: [String]
    /// Whether each key stood in quotes, so that points within it are its own.
    public var areQuoted: [Bool]
    public var range: SourceRange
}
