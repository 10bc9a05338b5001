import TimeQL

/// Parts that hold other parts.
extension PatternCompiler {
    mutating func compile(
        _ first: Pattern, _ rest: [Pattern.Link], _ entry: [Int32]
    ) throws(QueryError) -> Fragment {
        var result = try compile(first, entry: entry)
        var endsReluctantly = first.endsReluctantly
        var absences: [(condition: Int, least: Int64)] = []
        for (number, link) in rest.enumerated() {
            guard link.kind == .followed else {
                let condition = try absent(link)
                let next = number + 1 < rest.count ? rest[number + 1].kind : .notFollowed
                if link.within == nil, next == .followed {
                    absences.append((condition, link.after?.nanoseconds ?? 0))
                    continue
                }
                guard let within = link.within else {
                    throw QueryError(
                        .meaning, "nothing says how long it must not come", at: link.range,
                        hint: "write WITHIN and a length of time behind it")
                }
                let gate = add(.init(most: within.nanoseconds, continues: true, gate: .init()), behind: result.exits)
                exclude(condition, at: gate, least: link.after?.nanoseconds ?? 0)
                result = Fragment(exits: [~gate])
                endsReluctantly = false
                continue
            }
            let node = add(
                .init(
                    least: link.after?.nanoseconds ?? 0, most: link.within?.nanoseconds ?? .max,
                    prefersEarlier: endsReluctantly, continues: !link.pattern.isReluctant), behind: result.exits)
            if let without = link.without {
                exclude(try conditions.bit(.init(condition: without)), at: node, least: 0)
            }
            for absence in absences { exclude(absence.condition, at: node, least: absence.least) }
            absences = []
            // When nothing was taken so far, one comes here as one came to what is before.
            let next = try compile(link.pattern, entry: [node] + (result.isEmpty ? entry : []))
            result = Fragment(
                exits: next.exits + (next.isEmpty ? result.exits : []), isEmpty: next.isEmpty && result.isEmpty)
            endsReluctantly = link.pattern.endsReluctantly
        }
        return result
    }

    /// The condition of what must not follow.
    private mutating func absent(_ link: Pattern.Link) throws(QueryError) -> Int {
        guard let step = link.pattern.singleStep else {
            throw QueryError(
                .meaning, "what must not follow is one event", at: link.range, hint: "join events by OR or |")
        }
        guard link.without == nil else {
            throw QueryError(.meaning, "WITHOUT has no meaning behind NOT FOLLOWED BY", at: link.range)
        }
        return try conditions.bit(step)
    }

    mutating func compile(
        _ part: Pattern, _ repetition: Pattern.Repetition, _ entry: [Int32]
    ) throws(QueryError) -> Fragment {
        let isReluctant = repetition.isReluctant
        let node = PatternAutomaton.Node(prefersEarlier: isReluctant, continues: !isReluctant)
        let copyCount = repetition.copyCount
        var result = Fragment()
        var last = Fragment()
        for copy in 1...copyCount {
            var entry = copy == 1 ? entry : [add(node, behind: last.exits)]
            var loop: Int32?
            if copy == copyCount, repetition.most == nil {
                let node = add(node, behind: [])
                entry = isReluctant ? entry + [node] : [node] + entry
                loop = node
            }
            last = try compile(part, entry: entry)
            if let loop { feed(last.exits, to: loop) }
            // What may be empty needs no more copies.
            if copy >= repetition.least || last.isEmpty { result.exits += last.exits }
        }
        result.isEmpty = repetition.least == 0 || last.isEmpty
        return result
    }

    /// A copy of each part for each set of others that may have come before it.
    mutating func compileAnyOrder(_ parts: [Pattern], _ entry: [Int32]) throws(QueryError) -> Fragment {
        let all = 1 << parts.count - 1
        // What ends when just the parts of a set have come.
        var exits = [[Int32]](repeating: [], count: all + 1)
        var emptyParts = 0
        for set in 0..<all {
            guard set == 0 || !exits[set].isEmpty else { continue }
            let entry = set == 0 ? entry : [add(.init(continues: true), behind: exits[set])]
            for (number, part) in parts.enumerated() where set & 1 << number == 0 {
                let fragment = try compile(part, entry: entry)
                exits[set | 1 << number] += fragment.exits
                if fragment.isEmpty { emptyParts |= 1 << number }
            }
        }
        let whole = (1...all).filter { ~$0 & all & ~emptyParts == 0 }
        return Fragment(exits: whole.flatMap { exits[$0] }, isEmpty: emptyParts == all)
    }
}

extension Pattern.Repetition {
    /// How many copies of the part there are; the last one is repeated when there is no most.
    var copyCount: Int { most ?? max(least, 1) }
}

extension Pattern {
    /// How many states it takes at most, as far as they are to be counted.
    var stateCount: Int {
        let beyond = PatternAutomaton.stateLimit + 1
        func product(_ count: Int, _ factor: Int) -> Int {
            count >= beyond || factor >= beyond ? beyond : count * factor
        }
        let count =
            switch self {
            case .step: 1
            case .sequence(let first, let rest):
                rest.reduce(first.stateCount) {
                    $0 + 1 + ($1.kind == .followed ? $1.pattern.stateCount : 0)
                }
            case .alternatives(let parts): parts.reduce(0) { $0 + $1.stateCount }
            case .anyOrder(let parts):
                parts.count > 12
                    ? beyond
                    : parts.reduce(1 << parts.count) { $0 + product($1.stateCount, 1 << (parts.count - 1)) }
            case .repeated(let part, let repetition): product(part.stateCount + 1, repetition.copyCount)
            }
        return min(count, beyond)
    }

    /// Whether it is repeated as few times as need be.
    var isReluctant: Bool {
        if case .repeated(_, let repetition) = self { repetition.isReluctant } else { false }
    }

    /// Whether what it ends with is.
    var endsReluctantly: Bool {
        switch self {
        case .step, .alternatives, .anyOrder: false
        case .sequence(_, let rest): rest.last.map { $0.kind == .followed && $0.pattern.endsReluctantly } ?? false
        case .repeated(let part, let repetition): repetition.isReluctant || part.endsReluctantly
        }
    }

    /// The one event that this is; of alternatives, that which is any of them.
    fileprivate var singleStep: Step? {
        switch self {
        case .step(let step): return step
        case .alternatives(let parts):
            let steps = parts.compactMap(\.singleStep)
            guard steps.count == parts.count, steps.allSatisfy({ $0.sustained == nil }) else { return nil }
            return Step(condition: .any(steps.map(\.condition)))
        case .sequence, .anyOrder, .repeated: return nil
        }
    }
}

extension Pattern.Link {
    fileprivate var range: SourceRange { within?.range ?? after?.range ?? SourceRange(0, 0) }
}
