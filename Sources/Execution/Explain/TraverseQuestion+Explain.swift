import TimeQL

/// How TRAVERSE finds its start, and what it asks for then.
extension TraverseQuestion {
    func explain(_ plan: inout QueryPlan) throws {
        var start = scan
        try start.restrict(to: Condition(TraverseWalk.startCondition(statement)))
        var first = QueryPlan()
        try first.add(start)
        try first.addCost(of: start, walk.events.paths)
        plan.add(
            "start", "the event, span or trace '\(statement.start.text)', looked for by its id", steps: first.steps)
        let kinds = walk.kinds.map(\.rawValue).sorted().joined(separator: ", ")
        plan.add(
            "walk", "\(statement.direction.rawValue) along links of \(kinds)",
            ["direction": .text(statement.direction.rawValue), "links": .text(kinds)])
        if !asked.isEmpty {
            plan.add(
                "level",
                "for each, one look into the \(scan.pruning.sourceCount) segments for"
                    + " \(asked.joined(separator: ", ")) of what was reached, pruned by ids")
        }
        if walk.kinds.contains(.entity) {
            plan.add(
                "changes", "for each level, the nearest changes of its entities are looked up as STATE BETWEEN does")
        }
        let bounds =
            [
                statement.depth.map { "\($0.value) links" },
                statement.leastConfidence.map { "a confidence of \($0)" },
                statement.until.map { "events of which \($0)" }, "\(EventNodes.limit) events in all",
            ].compactMap { $0 }
        plan.add("bounds", bounds.joined(separator: ", "))
        if let condition = statement.condition { plan.add("shown", "\(condition)") }
    }

    /// What events are looked for by.
    private var asked: [String] {
        var names: [String] = []
        if walk.kinds.contains(.trace) { names.append("traceId") }
        if walk.kinds.contains(.cause) {
            if statement.direction != .forward { names.append("eventId") }
            if statement.direction != .backward { names.append("causedBy") }
        }
        return names
    }
}

extension TraverseWalk {
    /// What the walk has come to, for people.
    var used: QueryPlan.Step {
        let (levelCount, metCount) = ((steps.last?.depth ?? 0) + 1, events.nodes.count)
        return QueryPlan.Step(
            "walked", "\(steps.count) events reached in \(levelCount) levels, of \(metCount) that were read",
            ["reached": .integer(steps.count), "levels": .integer(levelCount), "events": .integer(metCount)])
    }
}
