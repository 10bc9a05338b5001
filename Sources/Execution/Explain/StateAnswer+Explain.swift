import Columns
import TimeQL

/// From what STATE makes its answer.
extension StateAnswer {
    func explain(_ plan: inout QueryPlan) throws {
        try checkGroups()
        var lookup = try pool.stateLookup(mapping, knownAt: knownAt, options.unrecorded)
        let services = statement.condition?.services.map { $0.map { String(decoding: $0, as: UTF8.self) }.sorted() }
        plan.add("services", services.map { "only those of \($0.joined(separator: ", "))" } ?? "all")
        switch statement.moment {
        case .at(let time):
            let time = try context.resolve(time)
            try checkNames(at: time, &lookup)
            plan.add("state", "as of \(TimestampText.utc(time))", ["time": .time(time)])
            plan.add(try lookup.plan(at: time), knownAt: knownAt)
        case .difference(let first, let second):
            for (name, time) in [("before", first), ("behind", second)] {
                let time = try context.resolve(time)
                try checkNames(at: time, &lookup)
                try add(name, time, lookup, &plan)
            }
        case .between(let first, let second):
            let times = try times(first, second)
            try checkNames(at: times.upperBound, &lookup)
            if times.lowerBound > .min { try add("before", times.lowerBound - 1, lookup, &plan) }
            try add("behind", times.upperBound, lookup, &plan)
            var changes = QueryPlan()
            changes.add(try lookup.plan(in: times), knownAt: knownAt)
            plan.add(
                "changes", "from \(TimestampText.utc(times.lowerBound)) to \(TimestampText.utc(times.upperBound))",
                steps: changes.steps)
        }
        if asksForFlights {
            plan.add("inFlight", "spans, requests and calls are looked for in segments of the times before")
        }
        if let condition = statement.condition { plan.add("where", "\(condition): asked of each entity") }
        if !statement.groupedBy.isEmpty {
            plan.add("groups", statement.groupedBy.map(\.text).joined(separator: ", "))
        }
    }

    private func add(_ name: String, _ time: Int64, _ lookup: RecordedLookup, _ plan: inout QueryPlan) throws {
        var side = QueryPlan()
        side.add(try lookup.plan(at: time), knownAt: knownAt)
        plan.add(name, "as of \(TimestampText.utc(time))", ["time": .time(time)], steps: side.steps)
    }
}
