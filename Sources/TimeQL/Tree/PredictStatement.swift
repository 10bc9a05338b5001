/// `PREDICT`: what comes next.
public struct PredictStatement: Equatable, Sendable {
    public var length: Duration
    /// Where the future begins; now when nil.
    public var start: TimeExpression?
    public var fields: [FieldReference]
    public var condition: Predicate?
    public var groupedBy: [FieldReference]
    public var limit: Count?
}
