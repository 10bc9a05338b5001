/// The conditions of a pattern, bound to fields, and what is known of those that must hold for a while.
struct PatternTests {
    /// One of these an event has to fulfil to be of any use.
    let predicates: [BoundPredicate]
    /// The bits of their conditions.
    private let bitOfPredicate: [UInt64]
    private let sustained: [PatternConditions.Sustained]
    /// Since when conditions have held, for each key those of each that must.
    private var heldSince: [Int64] = []
    /// Only what is told of conditions, and leads nowhere by itself.
    private let rawBits: UInt64

    private static let notHeld = Int64.min

    init(_ conditions: PatternConditions, _ binder: PredicateBinder) throws(ExecutionError) {
        var predicates: [BoundPredicate] = []
        var bitOfPredicate: [UInt64] = []
        for (number, condition) in conditions.conditions.enumerated() {
            switch condition {
            case .fulfils(let predicate): predicates.append(try binder.bind(predicate))
            case .tells(let predicate):
                let bound = try binder.bind(predicate)
                let fields = bound.fields.sorted { $0.name < $1.name }
                predicates.append(.any([bound, .all(fields.map { .test($0, .exists) })]))
            // Others tell of it.
            case .held: continue
            }
            bitOfPredicate.append(1 << UInt64(number))
        }
        self.predicates = predicates
        self.bitOfPredicate = bitOfPredicate
        sustained = conditions.sustained
        rawBits = conditions.sustained.reduce(0) { $0 | 1 << UInt64($1.told) }
    }

    var condition: BoundPredicate { .any(predicates) }

    /// Whether some condition must hold for a while.
    var areSustained: Bool { !sustained.isEmpty }

    /// The conditions that an event fulfils, from which of the predicates it does.
    func bits(of fulfilled: UInt64) -> UInt64 {
        guard bitOfPredicate.count > 1 else { return fulfilled }
        var (rest, bits) = (fulfilled, UInt64(0))
        while rest != 0 {
            bits |= bitOfPredicate[rest.trailingZeroBitCount]
            rest &= rest &- 1
        }
        return bits
    }

    /// Adds the conditions that have held for long enough to those that an event fulfils. Events come in order.
    mutating func hold(_ event: inout PatternEvent) {
        guard !sustained.isEmpty else { return }
        let first = Int(event.key) * sustained.count
        while heldSince.count < first + sustained.count { heldSince.append(Self.notHeld) }
        for (number, condition) in sustained.enumerated() {
            let place = first + number
            if event.bits >> UInt64(condition.fulfilled) & 1 == 1 {
                if heldSince[place] == Self.notHeld { heldSince[place] = event.time }
                if heldSince[place] <= WaitingRuns.earlier(event.time, by: condition.length) {
                    event.bits |= 1 << UInt64(condition.held)
                }
            } else if event.bits >> UInt64(condition.told) & 1 == 1 {
                heldSince[place] = Self.notHeld
            }
        }
        event.bits &= ~rawBits
    }

    var byteCount: Int { heldSince.count * 8 }
}
