import Columns
import TimeQL

/// What a model would be given.
extension PredictQuestion {
    func explain(_ plan: inout QueryPlan) throws {
        let historyCount = Self.count(history, step)
        plan.add(
            "future",
            "from \(TimestampText.utc(future.lowerBound)) to \(TimestampText.utc(future.upperBound)),"
                + " \(Self.count(future, step)) values of each field",
            [
                "from": .time(future.lowerBound), "to": .time(future.upperBound),
                "values": .integer(Self.count(future, step)),
            ])
        plan.add(
            "history",
            "from \(TimestampText.utc(history.lowerBound)) to \(TimestampText.utc(history.upperBound)),"
                + " at most \(historyCount) values of each field",
            [
                "from": .time(history.lowerBound), "to": .time(history.upperBound), "values": .integer(historyCount),
            ])
        let width = Duration(nanoseconds: step, range: SourceRange(0, 0))
        plan.add("step", "\(width), the mean of each", ["nanoseconds": .integer(Int(step))])
        plan.add("fields", QueryPlan.list(fields), ["fields": .integer(fields.count)])
        if !groups.isEmpty { plan.add("groups", QueryPlan.list(groups)) }
        try plan.add(scan, notes: notes)
        plan.addFragments(of: scan, options)
        try plan.addCost(of: scan, Set((fields + groups).flatMap(\.paths)).union(BoundField.timestamp.paths))
        plan.add("model", "none: predicting models are not part of this version")
    }

    private static func count(_ times: Range<Int64>, _ step: Int64) -> Int {
        let length = times.upperBound &- times.lowerBound
        return Int(length / step + (length % step == 0 ? 0 : 1))
    }
}
