import Bytes
import Columns

/// The conditions of a pattern, bound to fields, and what is known of those that must hold for a while.
struct PatternTests {
    private let predicates: [BoundPredicate?]
    private let sustained: [PatternConditions.Sustained]
    /// Since when conditions have held, for each key those of each that must.
    private var heldSince: [Int64] = []
    /// Only what is told of conditions, and leads nowhere by itself.
    private let rawBits: UInt64

    private static let notHeld = Int64.min

    init(_ conditions: PatternConditions, _ binder: PredicateBinder) throws(ExecutionError) {
        var predicates: [BoundPredicate?] = []
        for condition in conditions.conditions {
            switch condition {
            case .fulfils(let predicate): predicates.append(try binder.bind(predicate))
            case .tells(let predicate):
                let bound = try binder.bind(predicate)
                let fields = bound.fields.sorted { $0.name < $1.name }
                predicates.append(.any([bound, .all(fields.map { .test($0, .exists) })]))
            case .held: predicates.append(nil)
            }
        }
        self.predicates = predicates
        sustained = conditions.sustained
        rawBits = conditions.sustained.reduce(0) { $0 | 1 << UInt64($1.told) }
    }

    /// Whether an event may be of any use.
    var anyOf: BoundPredicate { .any(predicates.compactMap(\.self)) }

    /// The conditions that each row fulfils.
    func bits(of batch: RowBatch) -> [UInt64] {
        var bits = [UInt64](repeating: 0, count: batch.rowCount)
        for (number, predicate) in predicates.enumerated() {
            predicate?.rows(of: batch).forEachSet { bits[$0] |= 1 << UInt64(number) }
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
