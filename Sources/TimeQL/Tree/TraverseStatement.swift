/// `TRAVERSE`: what led to an event, and what came of it.
public struct TraverseStatement: Equatable, Sendable {
    public enum Direction: String, CaseIterable, Sendable { case backward, forward, both }

    /// What kinds of links are followed.
    public enum Link: String, CaseIterable, Sendable { case trace, cause, entity, inferred }

    public var start: Identifier
    public var direction: Direction
    /// All kinds when empty.
    public var links: [Link]
    /// Events behind which the walk does not go on.
    public var until: Predicate?
    public var condition: Predicate?
    public var depth: Count?
    /// From 0 to 1.
    public var leastConfidence: Double?
    public var limit: Count?
    /// Nodes and links in place of rows.
    public var isGraph: Bool
}

/// The id of an event, a trace or an entity.
public struct Identifier: Equatable, Sendable {
    public var text: String
    public var range: SourceRange
}
