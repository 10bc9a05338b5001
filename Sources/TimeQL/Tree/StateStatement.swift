/// `STATE`: what was true, and since when.
public struct StateStatement: Equatable, Sendable {
    public enum Moment: Equatable, Sendable {
        /// Everything as of a moment.
        case at(TimeExpression)
        /// The history of changes.
        case between(TimeExpression, TimeExpression)
        /// What is not the same at two moments.
        case difference(TimeExpression, TimeExpression)
    }

    public var moment: Moment
    /// Only this entity.
    public var entity: Identifier?
    /// Only these fields; all when empty.
    public var fields: [FieldReference]
    public var condition: Predicate?
    public var groupedBy: [FieldReference]
    public var limit: Count?
}
