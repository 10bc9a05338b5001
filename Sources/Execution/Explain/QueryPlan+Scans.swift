import Columns
import Storage
import TimeQL

extension QueryPlan {
    /// What a scan leaves out and why, and the tests that it asks.
    mutating func add(_ scan: EventScan, notes: [String] = []) throws(StoreError) {
        let (pruning, logCount) = (scan.pruning, scan.sources.count { $0.entry == nil })
        add(
            "segments",
            "\(pruning.sourceCount) in all, \(pruning.sourceCountByTime) left out by their times"
                + (pruning.sourceCountByKnowledge > 0
                    ? ", \(pruning.sourceCountByKnowledge) since they were stored later" : "")
                + (logCount > 0 ? "; and \(logCount) parts of logs" : ""),
            [
                "segments": .integer(pruning.sourceCount), "leftOutByTime": .integer(pruning.sourceCountByTime),
                "leftOutByKnowledge": .integer(pruning.sourceCountByKnowledge), "logParts": .integer(logCount),
            ])
        add(
            "zones",
            "\(pruning.zoneCount) in these: left out \(pruning.zoneCountByTime) by their times,"
                + " \(pruning.zoneCountById) by ids, \(pruning.zoneCountByStatistics) by statistics"
                + (pruning.zoneCountByPattern > 0
                    ? ", \(pruning.zoneCountByPattern) out of reach of every match;" : ";")
                + " \(pruning.leftZoneCount) to read",
            [
                "zones": .integer(pruning.zoneCount), "leftOutByTime": .integer(pruning.zoneCountByTime),
                "leftOutById": .integer(pruning.zoneCountById),
                "leftOutByStatistics": .integer(pruning.zoneCountByStatistics),
                "leftOutByPattern": .integer(pruning.zoneCountByPattern),
                "left": .integer(pruning.leftZoneCount),
            ])
        if let condition = scan.condition {
            var scan = scan
            for number in condition.root.order {
                let (field, test) = condition.tests[number]
                try steps.append(Self.step(field, test, in: &scan))
            }
        }
        for note in notes { add("note", note) }
    }

    /// A test, and how the values are encoded that it is asked of.
    private static func step(
        _ field: BoundField, _ test: ValueTest, in scan: inout EventScan
    ) throws(StoreError) -> Step {
        let encodings = try scan.encodings(of: field).map { encoding in
            Step(
                "encoding", "\(encoding.text) (\(encoding.count) of the pages looked at)",
                ["encoding": .text(encoding.text), "pages": .integer(encoding.count)])
        }
        return Step(
            "test", "\(field.name): \(test.name), \(test.isEncoded ? "of encoded values" : "once for each text")",
            ["field": .text(field.name), "test": .text(test.name), "encoded": .literal("\(test.isEncoded)")],
            steps: encodings)
    }

    /// What there is to read for the condition of a scan and some columns, all when nil.
    mutating func addCost(of scan: EventScan, _ paths: Set<ColumnPath>?) throws(StoreError) {
        var scan = scan
        let cost = try scan.cost(of: paths)
        add(
            "cost", "at most \(cost.rowCount) rows in \(cost.partCount) parts, \(cost.byteCount) bytes",
            ["rows": .integer(cost.rowCount), "parts": .integer(cost.partCount), "bytes": .integer(cost.byteCount)])
    }
}

extension Condition.Node {
    /// The tests in the order in which they are asked.
    fileprivate var order: [Int] {
        switch self {
        case .test(let number): [number]
        case .not(let part): part.order
        case .all(let parts), .any(let parts): parts.flatMap(\.order)
        case .constant: []
        }
    }
}

extension ValueTest {
    fileprivate var name: String {
        switch self {
        case .exists: "is there"
        case .isNull: "is null"
        case .boolean: "a truth"
        case .number(let comparison, _): "\(comparison.rawValue) a number"
        case .text(let comparison, _): "\(comparison.rawValue) a text"
        case .contains: "contains a text"
        case .like: "like a pattern"
        case .matches: "matches an expression"
        case .time(let comparison, _): "\(comparison.rawValue) a time"
        case .severity(let comparison, _): "\(comparison.rawValue) a severity"
        case .failure: "tells of a failure"
        case .anyOf(let tests): "one of \(tests.count)"
        case .allOf(let tests): "all of \(tests.count)"
        case .anyElement(let test): "an element: \(test.name)"
        }
    }

    /// Whether values are mostly asked as they are encoded.
    fileprivate var isEncoded: Bool {
        switch self {
        case .like, .matches, .anyElement: false
        case .anyOf(let tests), .allOf(let tests): tests.allSatisfy(\.isEncoded)
        default: true
        }
    }
}
