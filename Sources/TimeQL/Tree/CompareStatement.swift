/// `COMPARE`: how two moments or two periods differ.
public struct CompareStatement: Equatable, Sendable {
    public enum Side: Equatable, Sendable {
        case moment(TimeExpression)
        case period(TimePeriod)
        /// As long as the other side and at the same time of another day.
        case sameTime(TimeExpression)
        /// Around the deploy of a version; as long as the other side when it names no length.
        case deploy(Deploy)
    }

    public struct Deploy: Equatable, Sendable {
        public var length: Duration?
        public var isAfter: Bool
        public var version: Identifier
    }

    public var first: Side
    public var second: Side
    /// What is compared; what differs most when it is empty.
    public var fields: [FieldReference]
    public var condition: Predicate?
    public var groupedBy: [FieldReference]
    public var limit: Count?
}
