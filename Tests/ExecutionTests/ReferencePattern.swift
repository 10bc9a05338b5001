import TimeQL

/// What a pattern means, run by run and as it is written: every run there is is made, and the one taken that comes
/// first. Slow, and without automata.
struct ReferencePattern {
    struct Event {
        var time: Int64
        /// The flags it has.
        var flags: String
    }

    /// An event of a run, the place in the pattern where it was taken, and how the run came there.
    struct Taken: Equatable {
        var event: Int
        var place: [Int]
        var name: String
        var rank = 0
        var prefersEarlier = false
        var continues = true
        /// When the run was ready to go on, and at which absence.
        var moment: Int64 = 0
        var absence: [Int] = []
    }

    struct Run: Equatable {
        var taken: [Taken] = []
        var moment = Int64.min
        /// The place of the absence that the run has gone through last.
        var absence: [Int] = []

        var event: Int { taken.last?.event ?? -1 }
        var end: (Int64, Int, Int) { (moment, absence.isEmpty ? 0 : 1, event) }
    }

    /// A way to a step.
    private struct Way {
        var name: String
        var least: Int64 = 0
        var most: Int64 = .max
        var prefersEarlier = false
        var continues = true
        var exclusions: [(Predicate, Int64)] = []
    }

    private struct Entry {
        var ways: [Way]
        var used: Int
    }

    let statement: PatternStatement
    let events: [Event]
    let horizon: Int64
    /// How many steps may be tried still.
    private let budget = Budget()

    private final class Budget {
        var left = 800
    }

    init(statement: PatternStatement, events: [Event], horizon: Int64) {
        self.statement = statement
        self.events = events
        self.horizon = horizon
    }

    // All runs.

    private func fulfils(_ event: Int, _ predicate: Predicate) -> Bool {
        switch predicate {
        case .flag(let field): events[event].flags.contains(field.text)
        case .any(let parts): parts.contains { fulfils(event, $0) }
        default: false
        }
    }

    /// Events that come when a run is ready to go on.
    private func comes(_ event: Int, behind run: Run) -> Bool {
        event > run.event && (run.absence.isEmpty || events[event].time > run.moment)
    }

    private func runs(_ pattern: Pattern, _ run: Run, _ entry: Entry, _ place: [Int]) -> [Run] {
        switch pattern {
        case .step(let step): return steps(step, run, entry, place)
        case .alternatives(let parts):
            return parts.enumerated().flatMap { runs($0.element, run, entry, place + [$0.offset]) }
        case .anyOrder(let parts): return anyOrder(parts, run, entry, place, done: 0)
        case .repeated(let part, let repetition):
            let isEmpty = repetition.least == 0 || Self.isEmpty(part)
            return (isEmpty ? [run] : []) + iterations(part, repetition, run, entry, place, number: 1)
        case .sequence(let first, let rest): return sequence(first, rest, run, entry, place)
        }
    }

    private func steps(_ step: Pattern.Step, _ run: Run, _ entry: Entry, _ place: [Int]) -> [Run] {
        budget.left -= 1
        guard budget.left > 0 else { return [] }
        let way = entry.ways[entry.used]
        return events.indices.filter { event in
            guard comes(event, behind: run), fulfils(event, step.condition) else { return false }
            guard !run.taken.isEmpty, way.name != "start" else { return true }
            let gap = events[event].time - run.moment
            guard gap >= way.least, gap <= way.most else { return false }
            return !(0..<event).contains { other in
                comes(other, behind: run)
                    && way.exclusions.contains {
                        fulfils(other, $0.0) && events[other].time - run.moment >= $0.1
                    }
            }
        }.map { event in
            let taken = Taken(
                event: event, place: place, name: step.condition.description, rank: entry.used,
                prefersEarlier: way.prefersEarlier, continues: way.continues, moment: run.moment, absence: run.absence)
            return Run(taken: run.taken + [taken], moment: events[event].time)
        }
    }

    private func anyOrder(_ parts: [Pattern], _ run: Run, _ entry: Entry, _ place: [Int], done: Int) -> [Run] {
        let left = parts.indices.filter { done & 1 << $0 == 0 }
        var found = left.allSatisfy { Self.isEmpty(parts[$0]) } ? [run] : []
        let entry = done == 0 ? entry : Entry(ways: [Way(name: "\(place) set \(done)")], used: 0)
        for number in left {
            for next in runs(parts[number], run, entry, place + [done, number]) where next != run {
                found += anyOrder(parts, next, entry, place, done: done | 1 << number)
            }
        }
        return found
    }

    private func iterations(
        _ part: Pattern, _ repetition: Pattern.Repetition, _ run: Run, _ entry: Entry, _ place: [Int], number: Int
    ) -> [Run] {
        if let most = repetition.most, number > most { return [] }
        let copyCount = repetition.most ?? max(repetition.least, 1)
        let copy = min(number, copyCount)
        var entryOfCopy = entry
        if copy > 1 {
            let way = Way(
                name: "\(place) copy \(copy)", prefersEarlier: repetition.isReluctant,
                continues: !repetition.isReluctant)
            entryOfCopy = Entry(ways: [way], used: 0)
        }
        if copy == copyCount, repetition.most == nil {
            let loop = Way(
                name: "\(place) loop", prefersEarlier: repetition.isReluctant, continues: !repetition.isReluctant)
            let place = repetition.isReluctant ? entryOfCopy.ways.count : 0
            entryOfCopy.ways.insert(loop, at: place)
            if number > copyCount { entryOfCopy.used = place } else if place == 0 { entryOfCopy.used += 1 }
        }
        var found: [Run] = []
        for next in runs(part, run, entryOfCopy, place + [copy]) where next != run {
            if number >= repetition.least || Self.isEmpty(part) { found.append(next) }
            found += iterations(part, repetition, next, entry, place, number: number + 1)
        }
        return found
    }

    private func sequence(
        _ first: Pattern, _ rest: [Pattern.Link], _ run: Run, _ entry: Entry, _ place: [Int]
    ) -> [Run] {
        var current = runs(first, run, entry, place + [0])
        var isEmpty = Self.isEmpty(first)
        var endsReluctantly = Self.endsReluctantly(first)
        var absences: [(Predicate, Int64)] = []
        for (number, link) in rest.enumerated() {
            let after = link.after?.nanoseconds ?? 0
            if link.kind == .notFollowed {
                guard case .step(let step) = link.pattern else { return [] }
                guard let within = link.within?.nanoseconds else {
                    absences.append((step.condition, after))
                    continue
                }
                current = current.compactMap { before -> Run? in
                    guard before.taken.count > run.taken.count else { return nil }
                    let isThere = events.indices.contains { event in
                        let gap = events[event].time &- before.moment
                        return comes(event, behind: before) && fulfils(event, step.condition) && gap >= after
                            && gap <= within
                    }
                    guard !isThere, before.moment + within < horizon else { return nil }
                    return Run(taken: before.taken, moment: before.moment + within, absence: place + [number + 1])
                }
                isEmpty = false
                endsReluctantly = false
                continue
            }
            let way = Way(
                name: "\(place) link \(number)", least: after, most: link.within?.nanoseconds ?? .max,
                prefersEarlier: endsReluctantly, continues: !Self.isReluctant(link.pattern),
                exclusions: absences + (link.without.map { [($0, Int64(0))] } ?? []))
            absences = []
            let ways = [way] + (isEmpty ? entry.ways : [])
            var next: [Run] = []
            for before in current {
                let hasBegun = before.taken.count > run.taken.count || before.absence != run.absence
                let used = hasBegun ? 0 : 1 + entry.used
                next += runs(link.pattern, before, Entry(ways: ways, used: used), place + [number + 1])
            }
            current = next
            isEmpty = isEmpty && Self.isEmpty(link.pattern)
            endsReluctantly = Self.endsReluctantly(link.pattern)
        }
        return current
    }

    static func isEmpty(_ pattern: Pattern) -> Bool {
        switch pattern {
        case .step: false
        case .alternatives(let parts): parts.contains(where: isEmpty)
        case .anyOrder(let parts): parts.allSatisfy(isEmpty)
        case .repeated(let part, let repetition): repetition.least == 0 || isEmpty(part)
        case .sequence(let first, let rest):
            isEmpty(first) && rest.allSatisfy { $0.kind == .followed ? isEmpty($0.pattern) : $0.within == nil }
        }
    }

    private static func isReluctant(_ pattern: Pattern) -> Bool {
        if case .repeated(_, let repetition) = pattern { repetition.isReluctant } else { false }
    }

    private static func endsReluctantly(_ pattern: Pattern) -> Bool {
        switch pattern {
        case .repeated(let part, let repetition): repetition.isReluctant || endsReluctantly(part)
        case .sequence(_, let rest): rest.last.map { $0.kind == .followed && endsReluctantly($0.pattern) } ?? false
        default: false
        }
    }

    // The order of runs.

    private var total: Int64? { statement.totalLimit?.nanoseconds }

    private func start(_ run: Run) -> Int64 { events[run.taken[0].event].time }

    /// Whether of two runs with the same end the first comes first.
    private func comesFirst(_ left: Run, _ right: Run) -> Bool {
        if left.absence.isEmpty {
            if total != nil, start(left) != start(right) { return start(left) > start(right) }
            if let one = left.taken.last?.place, let other = right.taken.last?.place, one != other {
                return one.lexicographicallyPrecedes(other)
            }
        } else {
            if left.event != right.event { return left.event < right.event }
            if left.absence != right.absence { return left.absence.lexicographicallyPrecedes(right.absence) }
            if total != nil, start(left) != start(right) { return start(left) > start(right) }
            if let one = left.taken.last?.place, let other = right.taken.last?.place, one != other {
                return one.lexicographicallyPrecedes(other)
            }
        }
        var places = (left.taken.count - 1, right.taken.count - 1)
        while places.0 >= 0, places.1 >= 0 {
            let (one, other) = (left.taken[places.0], right.taken[places.1])
            if one.rank != other.rank { return one.rank < other.rank }
            guard places.0 > 0, places.1 > 0 else { return false }
            let (before, otherBefore) = (left.taken[places.0 - 1], right.taken[places.1 - 1])
            let key = (one.moment, one.absence.isEmpty ? 0 : 1, before.event)
            let otherKey = (other.moment, other.absence.isEmpty ? 0 : 1, otherBefore.event)
            if key != otherKey { return one.prefersEarlier ? key < otherKey : key > otherKey }
            if one.absence != other.absence { return one.absence.lexicographicallyPrecedes(other.absence) }
            if before.place != otherBefore.place { return before.place.lexicographicallyPrecedes(otherBefore.place) }
            places = (places.0 - 1, places.1 - 1)
        }
        return false
    }

    private func first(of runs: [Run]) -> Run? {
        guard let end = runs.map(\.end).min(by: <) else { return nil }
        // An absence ends with a moment, whichever event it is behind.
        let ending = runs.filter { end.1 == 1 ? ($0.end.0, $0.end.1) == (end.0, end.1) : $0.end == end }
        return ending.min { comesFirst($0, $1) }
    }

    // Matches.

    /// Nil when there are too many runs to try.
    func matches() -> [Run]? {
        let start = Entry(ways: [Way(name: "start")], used: 0)
        let all = runs(statement.pattern, Run(), start, []).filter { run in
            guard let first = run.taken.first else { return false }
            return total.map { run.moment - events[first.event].time <= $0 } ?? true
        }
        guard budget.left > 0 else { return nil }
        if statement.isOverlapping {
            let ends = Dictionary(grouping: all) { [Int($0.moment), $0.event] + $0.absence + [$0.absence.count] }
            return ends.values.compactMap { first(of: $0) }.sorted { $0.end < $1.end }
        }
        var found: [Run] = []
        var open: Run?
        while true {
            let fresh = first(
                of: all.filter { run in open.map { comes(run.taken[0].event, behind: $0) } ?? true })
            let longer = open.flatMap { open in
                first(
                    of: all.filter { run in
                        run.taken.count > open.taken.count && run.taken.starts(with: open.taken)
                            && run.taken[open.taken.count].absence == open.absence
                            && run.taken[open.taken.count].continues
                    })
            }
            if let longer, fresh.map({ longer.end <= $0.end }) ?? true {
                open = longer
                continue
            }
            if let open { found.append(open) }
            guard let fresh else { return found.sorted { $0.end < $1.end } }
            open = fresh
        }
    }
}
