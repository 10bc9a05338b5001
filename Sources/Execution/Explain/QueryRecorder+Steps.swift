extension QueryRecorder {
    /// What all that was recorded comes to.
    func steps(rowCount: Int, since start: Int64) -> [QueryPlan.Step] {
        let (total, nanoseconds) = (total, max(0, now - start))
        var plan = QueryPlan()
        let (counts, lookups) = (total.counts, total.lookups)
        if lookups.count > 0 {
            plan.add(
                "looked up",
                "\(lookups.keyframeCount) keyframes, \(lookups.byteCount) bytes;"
                    + " \(lookups.eventCount) changes of events applied on top"
                    + (lookups.damagedCount > 0 ? "; \(lookups.damagedCount) keyframes cannot be read" : ""),
                [
                    "lookups": .integer(lookups.count), "keyframes": .integer(lookups.keyframeCount),
                    "damaged": .integer(lookups.damagedCount), "changes": .integer(lookups.eventCount),
                    "bytes": .integer(lookups.byteCount),
                ])
        }
        if counts.partCount > 0 || lookups.count == 0 {
            plan.add(
                "read",
                "\(counts.rowCount) rows in \(counts.zoneCount) zones, \(counts.partCount) parts;"
                    + " \(counts.byteCount) bytes",
                [
                    "rows": .integer(counts.rowCount), "zones": .integer(counts.zoneCount),
                    "parts": .integer(counts.partCount), "bytes": .integer(counts.byteCount),
                ])
            plan.add("found", "\(counts.foundCount) rows", ["rows": .integer(counts.foundCount)])
        }
        plan.steps += total.notes
        plan.add("result", "\(rowCount) rows", ["rows": .integer(rowCount)])
        let parts = total.times.map { part in
            QueryPlan.Step(
                part.name, Self.milliseconds(part.nanoseconds), ["nanoseconds": .integer(Int(part.nanoseconds))])
        }
        plan.add(
            "time",
            Self.milliseconds(nanoseconds) + (total.threads.count > 1 ? " in \(total.threads.count) threads" : ""),
            ["nanoseconds": .integer(Int(nanoseconds)), "threads": .integer(max(1, total.threads.count))], steps: parts)
        return plan.steps
    }

    private static func milliseconds(_ nanoseconds: Int64) -> String { "\(Double(nanoseconds / 1000) / 1000) ms" }
}
