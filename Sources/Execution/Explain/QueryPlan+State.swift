import Columns
import Storage

extension QueryPlan {
    /// From which keyframes and from which events a lookup of state makes its answer.
    mutating func add(_ plan: StatePlan, knownAt: Int64) {
        let folded = plan.keyframes.filter(\.isFolded)
        if let last = folded.last {
            add("keyframe", "\(Self.name(last)): \(Self.reason(plan, last))", Self.facts(last))
            for keyframe in folded.dropLast() {
                add("base", "\(Self.name(keyframe)): what it is the difference to", Self.facts(keyframe))
            }
        } else {
            let isReplay = plan.keyframes.isEmpty
            add(
                "keyframe",
                "none: \(Self.missing(plan, knownAt)), so all "
                    + (isReplay
                        ? "events that can hold changes are gone through" : "changes since the first are gone through"),
                ["replay": .literal("\(isReplay)")])
        }
        let deltas = plan.keyframes.filter { !$0.isFolded }
        add(
            "deltas",
            "\(deltas.count) with all changes\(deltas.last.map { " up to \(TimestampText.utc($0.until))" } ?? "")",
            ["deltas": .integer(deltas.count), "changes": .integer(deltas.reduce(0) { $0 + $1.segment.rowCount })],
            steps: deltas.map { Step("delta", Self.name($0), Self.facts($0)) })
        add(
            "events",
            "at most \(plan.rowCount) rows in \(plan.zoneCount) zones to apply on top;"
                + " \(plan.leftOutCount) of \(plan.segmentCount) segments left out by keyframes and times",
            [
                "rows": .integer(plan.rowCount), "zones": .integer(plan.zoneCount),
                "segments": .integer(plan.segmentCount), "leftOut": .integer(plan.leftOutCount),
            ])
    }

    private static func name(_ keyframe: KeyframeEntry) -> String {
        let kind = keyframe.isFolded ? (keyframe.since == nil ? "whole" : "difference") : "changes"
        return "\(keyframe.id.writer)-\(keyframe.id.number), \(kind) of \(TimestampText.utc(keyframe.until)),"
            + " \(keyframe.segment.rowCount) rows, \(keyframe.segment.byteCount) bytes,"
            + " from manifest \(keyframe.manifest)"
    }

    private static func facts(_ keyframe: KeyframeEntry) -> KeyValuePairs<String, AnswerTable.Cell> {
        [
            "id": .text("\(keyframe.id.writer)-\(keyframe.id.number)"), "until": .time(keyframe.until),
            "manifest": .integer(Int(clamping: keyframe.manifest)), "rows": .integer(keyframe.segment.rowCount),
            "bytes": .integer(keyframe.segment.byteCount),
        ]
    }

    /// Why this keyframe, and not a later one.
    private static func reason(_ plan: StatePlan, _ keyframe: KeyframeEntry) -> String {
        var reasons: [String] = []
        if plan.laterCount > 0 { reasons.append("\(plan.laterCount) tell of later times") }
        if plan.unknownCount > 0 { reasons.append("\(plan.unknownCount) hold what was stored later than may be known") }
        if plan.otherMappingCount > 0 { reasons.append("\(plan.otherMappingCount) were made by other rules of state") }
        return "the newest that may be used of \(plan.keyframeCount)"
            + (reasons.isEmpty ? "" : "; " + reasons.joined(separator: ", "))
    }

    private static func missing(_ plan: StatePlan, _ knownAt: Int64) -> String {
        if plan.keyframeCount == 0 { return "the store has no keyframes" }
        if plan.otherMappingCount == plan.keyframeCount { return "all were made by other rules of state" }
        if plan.unknownCount > 0, knownAt < .max { return "AS KNOWN AT is before what they hold was stored" }
        if plan.keyframes.isEmpty { return "all tell of later times" }
        return "none that may be used has the last change of each field"
    }
}
