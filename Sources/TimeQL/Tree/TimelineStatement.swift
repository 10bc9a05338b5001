/// `TIMELINE`: what happened, in order or counted.
public struct TimelineStatement: Equatable, Sendable {
    public enum Order: Equatable, Sendable { case oldestFirst, newestFirst }

    public var period: TimePeriod?
    public var condition: Predicate?
    public var content: Content
    public var limit: Count?

    public enum Content: Equatable, Sendable {
        /// The events themselves; all their fields when there are none here.
        case events(fields: [FieldReference], order: Order?)
        case measures(Measures)
        /// How often each kind of message came.
        case patterns
    }

    /// Numbers about events, for each bucket of time and each group.
    public struct Measures: Equatable, Sendable {
        public var aggregates: [Aggregate]
        /// The width of a bucket; the whole period is one when it is nil.
        public var bucket: Duration?
        public var groupedBy: [FieldReference]
        /// Only the groups in which a number is greatest.
        public var top: Top?
    }

    public struct Top: Equatable, Sendable {
        public var count: Count
        public var aggregate: Aggregate
    }
}
