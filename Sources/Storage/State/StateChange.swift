/// That an event sets a field of an entity. The value stands in the batch that it was read from.
public struct StateChange: Equatable, Sendable {
    /// Numbers in ``StateKeys``.
    public var entity: Int
    public var field: Int
    /// The row of the batch, which says when it was, in which order it came in, and which event it was.
    public var row: Int
    /// Where the value stands: a column of the batch, and which of its values.
    public var column: Int
    public var index: Int
}
