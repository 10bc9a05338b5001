/// `PREDICT`: what comes next.
public struct PredictStatement: Equatable, Sendable {
    public var length: Duration
    /// Where the future begins; now when nil.
    public var start: TimeExpression?
    public var fields: [FieldReference]
    public var condition: Predicate?
    public var groupedBy: [FieldReference]
    /// How much of what came before is looked at.
    public var history: Duration?
    /// From one value to the next, before and behind the start.
    public var step: Duration?
    public var limit: Count?
}
