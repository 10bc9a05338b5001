/// `MATCH PATTERN`: what came before what.
public struct PatternStatement: Equatable, Sendable {
    public var pattern: Pattern
    /// From the first event of a match to its last.
    public var totalLimit: Duration?
    public var period: TimePeriod?
    /// What the events of a match have in common.
    public var sharedFields: [FieldReference]
    /// Whether a match may begin before the one before it has ended.
    public var isOverlapping: Bool
    /// Whether matches that ran out of time are told, too.
    public var includesPartial: Bool
    public var limit: Count?
}

/// What a pattern is made of.
public indirect enum Pattern: Equatable, Sendable {
    case step(Step)
    /// One after another.
    case sequence(first: Pattern, rest: [Link])
    /// Any one of them.
    case alternatives([Pattern])
    /// All of them, in any order.
    case anyOrder([Pattern])
    case repeated(Pattern, Repetition)

    /// One event, or a condition that holds for a while.
    public struct Step: Equatable, Sendable {
        public var condition: Predicate
        public var sustained: Duration?
        /// What its event is called in the answer.
        public var name: String?

        public init(condition: Predicate, sustained: Duration? = nil, name: String? = nil) {
            self.condition = condition
            self.sustained = sustained
            self.name = name
        }
    }

    public struct Repetition: Equatable, Sendable {
        public var least: Int
        /// Nil when there is no most.
        public var most: Int?
        /// As often as need be, not as often as can be.
        public var isReluctant: Bool
    }

    /// How a part follows the one before it.
    public struct Link: Equatable, Sendable {
        public enum Kind: Equatable, Sendable {
            case followed
            /// No such event comes before the next part, or before the time is over.
            case notFollowed
        }

        public var kind: Kind
        public var pattern: Pattern
        /// At least this long behind the part before it.
        public var after: Duration?
        /// At most this long behind the part before it.
        public var within: Duration?
        /// No such event stands between the two.
        public var without: Predicate?
    }
}
