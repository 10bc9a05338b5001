/// A whole query as it was written.
public struct Query: Equatable, Sendable {
    public enum Explanation: Equatable, Sendable {
        /// How the query would run.
        case plan
        /// How it did run.
        case analysis
    }

    public var explanation: Explanation?
    public var statement: Statement
    /// The moment of whose knowledge the answer is made: what was stored later is left out.
    public var knownAt: TimeExpression?
    /// What times without a zone are in, and what times are shown in.
    public var timeZone: NamedZone?
}

/// The name of a time zone, and where it stands.
public struct NamedZone: Equatable, Sendable {
    public var name: String
    public var range: SourceRange
}

public enum Statement: Equatable, Sendable {
    case state(StateStatement)
    case timeline(TimelineStatement)
    case pattern(PatternStatement)
    case traverse(TraverseStatement)
    case compare(CompareStatement)
    case predict(PredictStatement)
}
