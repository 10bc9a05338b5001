import TimeQL

/// The conditions of a pattern, each with a bit.
struct PatternConditions {
    /// More different conditions are refused.
    static let limit = 64

    /// What an event is asked.
    enum Condition: Equatable {
        case fulfils(Predicate)
        /// It fulfils the condition, or has all its fields, so that it tells that the condition does not hold.
        case tells(Predicate)
        /// The condition has held for so long; answered by events before, too.
        case held(Predicate, Int64)
    }

    private(set) var conditions: [Condition] = []

    /// Conditions that must hold for a while, by their bits.
    struct Sustained {
        var fulfilled: Int
        var told: Int
        var held: Int
        var length: Int64
    }
    private(set) var sustained: [Sustained] = []

    var bitCount: Int { conditions.count }

    mutating func bit(_ step: Pattern.Step) throws(QueryError) -> Int {
        guard let sustained = step.sustained else { return try bit(.fulfils(step.condition), step) }
        let held = Condition.held(step.condition, sustained.nanoseconds)
        if let known = conditions.firstIndex(of: held) { return known }
        let fulfilled = try bit(.fulfils(step.condition), step)
        let told = try bit(.tells(step.condition), step)
        let bit = try bit(held, step)
        self.sustained.append(.init(fulfilled: fulfilled, told: told, held: bit, length: sustained.nanoseconds))
        return bit
    }

    private mutating func bit(_ condition: Condition, _ step: Pattern.Step) throws(QueryError) -> Int {
        if let known = conditions.firstIndex(of: condition) { return known }
        guard conditions.count < Self.limit else {
            throw QueryError(
                .limit, "this pattern has more than \(Self.limit) different conditions",
                at: step.condition.fieldRange ?? SourceRange(0, 0))
        }
        conditions.append(condition)
        return conditions.count - 1
    }
}
