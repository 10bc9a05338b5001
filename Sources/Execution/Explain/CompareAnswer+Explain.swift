import Columns
import TimeQL

/// What COMPARE reads of each side, and how it compares.
extension CompareAnswer {
    func explain(_ plan: inout QueryPlan) throws {
        let times = try ComparedTimes(statement, context) { try deploy($0) }
        switch (times.first, times.second) {
        case (.moment(let first), .moment(let second)):
            // Mistaken names are told as without EXPLAIN.
            if !statement.fields.isEmpty || !statement.groupedBy.isEmpty || statement.condition != nil {
                _ = try states(first, second, options.unrecorded)
            }
            let lookup = try pool.stateLookup(mapping, knownAt: knownAt, options.unrecorded)
            for (name, time) in [("first", first), ("second", second)] {
                var side = QueryPlan()
                side.add(try lookup.plan(at: time), knownAt: knownAt)
                plan.add(name, "the state as of \(TimestampText.utc(time))", ["time": .time(time)], steps: side.steps)
            }
            plan.add(
                "fields",
                statement.fields.isEmpty ? "all of state" : statement.fields.map(\.text).joined(separator: ", "))
        case (.period(let first), .period(let second)):
            let (fields, scans, condition, notes) = try scans(first, second)
            let paths = Set((fields.fields + fields.groups).flatMap(\.paths))
            for (name, scan) in zip(["first", "second"], scans) {
                var side = QueryPlan()
                let scan = try scan.restricted(to: condition.map { [$0] } ?? [])
                try side.add(scan)
                side.addFragments(of: scan, optionsOfSide)
                try side.addCost(of: scan, paths)
                plan.add(name, "the events \(QueryPlan.period(scan.times))", steps: side.steps)
            }
            for note in notes { plan.add("note", note) }
            add(fields, &plan)
        default: preconditionFailure("a moment beside a period")
        }
        if let condition = statement.condition { plan.add("where", "\(condition)") }
        if !statement.groupedBy.isEmpty {
            plan.add("groups", statement.groupedBy.map(\.text).joined(separator: ", "))
        }
        plan.add(
            "significance",
            "numbers by Mann and Whitney, shares of texts by two proportions; corrected by Benjamini and Hochberg")
    }

    private func add(_ fields: Fields, _ plan: inout QueryPlan) {
        let (numbers, texts) = (fields.numbers.count, fields.texts.count)
        plan.add(
            "fields",
            QueryPlan.list(fields.fields)
                + (fields.areFound ? "; without those of more than \(Self.valueLimit) different texts" : ""),
            ["numbers": .integer(numbers), "texts": .integer(texts)])
        plan.add(
            "passes",
            "\((numbers > 0 ? 1 : 0) + texts + (fields.areFound ? 1 : 0)) over each side:"
                + " one for all numbers, one for each field of texts"
                + (fields.areFound ? ", one before to count different texts" : ""))
    }
}
