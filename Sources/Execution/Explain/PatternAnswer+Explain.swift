import Storage
import TimeQL

/// What MATCH PATTERN reads, and what it leads events through.
extension PatternAnswer {
    func explain(_ plan: inout QueryPlan) throws {
        let compiler = try PatternCompiler(statement.pattern, totalLimit: statement.totalLimit?.nanoseconds)
        let shared = try statement.sharedFields.map { try scan.catalog.resolve($0) }
        let tests = try PatternTests(compiler.conditions, binder)
        var restricted = scan
        try restricted.restrict(to: tests, of: compiler.automaton, tellsPartial: statement.includesPartial)
        plan.add("period", QueryPlan.period(scan.times))
        try plan.add(restricted, notes: notes(compiler))
        try add(compiler.conditions, tests, &plan)
        let automaton = compiler.automaton
        plan.add(
            "states",
            "\(automaton.positions.count + automaton.nodes.count) of at most \(PatternAutomaton.stateLimit):"
                + " \(automaton.positions.count) where events are taken, \(automaton.nodes.count) where runs wait,"
                + " \(automaton.gates.count) of these for an absence",
            [
                "positions": .integer(automaton.positions.count), "nodes": .integer(automaton.nodes.count),
                "gates": .integer(automaton.gates.count),
            ])
        plan.add(
            "keys", shared.isEmpty ? "one: all events are of one sequence" : "each value of \(QueryPlan.list(shared))")
        plan.add(
            "memory",
            "at most \(options.memoryByteLimit >> 20) MiB for runs and keys; \(Self.growth(automaton))",
            ["bytes": .integer(options.memoryByteLimit)])
        let paths = Set(shared.flatMap(\.paths)).union(BoundField.timestamp.paths)
        try plan.addCost(of: restricted, paths)
    }

    /// How units were understood, and tests that nothing passes.
    private func notes(_ compiler: PatternCompiler) throws -> [String] {
        var notes: [String] = []
        for case .fulfils(let predicate) in compiler.conditions.conditions {
            for note in try binder.notes(predicate) where !notes.contains(note) { notes.append(note) }
        }
        return notes
    }

    /// In how many zones events can fulfil each condition alone.
    private func add(_ conditions: PatternConditions, _ tests: PatternTests, _ plan: inout QueryPlan) throws {
        var rest = tests.predicates[...]
        for condition in conditions.conditions {
            let text: String
            switch condition {
            case .fulfils(let predicate): text = "\(predicate)"
            case .tells(let predicate): text = "\(predicate), or an event that has its fields"
            case .held: continue
            }
            guard let predicate = rest.popFirst() else { break }
            var alone = scan
            try alone.restrict(to: Condition(predicate))
            let (left, all) = (alone.pruning.leftZoneCount, scan.pruning.leftZoneCount)
            plan.add(
                "condition", "\(text): possible in \(left) of \(all) zones",
                ["condition": .text(text), "zones": .integer(left), "of": .integer(all)])
        }
    }

    private static func growth(_ automaton: PatternAutomaton) -> String {
        let isBounded = automaton.totalLimit != nil || automaton.nodes.allSatisfy { $0.most < .max }
        return isBounded ? "runs are forgotten when their time is over" : "some runs wait for ever"
    }
}
