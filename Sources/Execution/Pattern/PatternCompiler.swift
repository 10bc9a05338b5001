import TimeQL

/// Turns the tree of a pattern into states.
struct PatternCompiler {
    private(set) var automaton = PatternAutomaton()
    var conditions = PatternConditions()
    private(set) var steps: [Pattern.Step] = []

    /// What a part of the pattern has become.
    struct Fragment {
        /// Where it may end; a negative number is the complement of a gate's.
        var exits: [Int32] = []
        /// Whether it may take no event at all.
        var isEmpty = false
    }

    init(_ pattern: Pattern, totalLimit: Int64?) throws(QueryError) {
        guard pattern.stateCount <= PatternAutomaton.stateLimit else {
            throw QueryError(
                .limit, "this pattern has more than \(PatternAutomaton.stateLimit) states", at: pattern.range,
                hint: "ask for fewer repetitions, or fewer parts in any order")
        }
        automaton.totalLimit = totalLimit
        let whole = try compile(pattern, entry: [PatternAutomaton.start])
        for exit in whole.exits {
            if exit < 0 {
                automaton.nodes[Int(~exit)].gate?.isAccepting = true
            } else {
                automaton.positions[Int(exit)].source.isAccepting = true
            }
        }
        automaton.positionsOfCondition = Array(repeating: [], count: conditions.bitCount)
        for (place, position) in automaton.positions.enumerated() {
            automaton.positionsOfCondition[position.condition].append(Int32(place))
        }
        let missing = conditions.bitCount - automaton.exclusionsOfCondition.count
        automaton.exclusionsOfCondition += Array(repeating: [], count: max(0, missing))
    }

    mutating func compile(_ pattern: Pattern, entry: [Int32]) throws(QueryError) -> Fragment {
        switch pattern {
        case .step(let step):
            let condition = try conditions.bit(step)
            let number = steps.firstIndex(of: step) ?? steps.count
            if number == steps.count { steps.append(step) }
            automaton.positions.append(.init(condition: condition, step: number, ways: entry))
            return Fragment(exits: [Int32(automaton.positions.count - 1)])
        case .alternatives(let parts):
            var result = Fragment()
            for part in parts {
                let fragment = try compile(part, entry: entry)
                result.exits += fragment.exits
                result.isEmpty = result.isEmpty || fragment.isEmpty
            }
            return result
        case .sequence(let first, let rest): return try compile(first, rest, entry)
        case .anyOrder(let parts): return try compileAnyOrder(parts, entry)
        case .repeated(let part, let repetition): return try compile(part, repetition, entry)
        }
    }

    mutating func add(_ node: PatternAutomaton.Node, behind exits: [Int32]) -> Int32 {
        automaton.nodes.append(node)
        let number = Int32(automaton.nodes.count - 1)
        if node.gate != nil { automaton.gates.append(number) }
        feed(exits, to: number)
        return number
    }

    mutating func feed(_ exits: [Int32], to node: Int32) {
        for exit in exits {
            if exit < 0 {
                automaton.nodes[Int(~exit)].gate?.followers.append(node)
            } else {
                automaton.positions[Int(exit)].source.followers.append(node)
            }
        }
    }

    mutating func exclude(_ condition: Int, at node: Int32, least: Int64) {
        while automaton.exclusionsOfCondition.count <= condition { automaton.exclusionsOfCondition.append([]) }
        automaton.exclusionsOfCondition[condition].append(.init(node: node, least: least))
    }
}

extension Pattern {
    /// Where it stands in the text: that of the first field of its first condition is near enough.
    fileprivate var range: SourceRange { firstCondition?.fieldRange ?? SourceRange(0, 0) }

    fileprivate var firstCondition: Predicate? {
        switch self {
        case .step(let step): step.condition
        case .sequence(let first, _): first.firstCondition
        case .alternatives(let parts), .anyOrder(let parts): parts.first?.firstCondition
        case .repeated(let part, _): part.firstCondition
        }
    }
}

extension Predicate {
    var fieldRange: SourceRange? {
        switch self {
        case .all(let parts), .any(let parts): parts.lazy.compactMap(\.fieldRange).first
        case .not(let part): part.fieldRange
        case .constant: nil
        case .flag(let field), .exists(let field), .isNull(let field): field.range
        case .comparison(let operand, _, _), .oneOf(let operand, _), .between(let operand, _, _),
            .text(let operand, _, _):
            operand.field.range
        }
    }
}
