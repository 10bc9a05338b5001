/// What EXPLAIN says: steps and what is told of them.
struct Explanation {
    private var rows: [[AnswerTable.Cell]] = []

    mutating func add(_ step: String, _ detail: String) { rows.append([.text(step), .text(detail)]) }

    var table: AnswerTable { AnswerTable(columns: ["step", "detail"], rows: rows) }

    mutating func add(_ pruning: PruningReport, logCount: Int) {
        add(
            "segments",
            "\(pruning.sourceCount) in all, \(pruning.sourceCountByTime) left out by their times"
                + (logCount > 0 ? "; and \(logCount) parts of logs" : ""))
        add(
            "zones",
            "\(pruning.zoneCount) in these: left out \(pruning.zoneCountByTime) by their times,"
                + " \(pruning.zoneCountById) by ids, \(pruning.zoneCountByStatistics) by statistics;"
                + " \(pruning.leftZoneCount) to read")
    }

    mutating func add(_ condition: Condition) {
        for number in condition.root.order {
            let (field, test) = condition.tests[number]
            add("test", "\(field.name): \(test.name), \(test.isEncoded ? "of encoded values" : "once for each text")")
        }
    }

    mutating func add(_ analysis: (counts: ScanCounts, nanoseconds: Int64)) {
        let counts = analysis.counts
        add(
            "read",
            "\(counts.rowCount) rows in \(counts.zoneCount) zones, \(counts.partCount) parts; \(counts.byteCount) bytes"
        )
        add("found", "\(counts.foundCount) rows")
        add("time", "\(Double(analysis.nanoseconds / 1000) / 1000) ms")
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
        case .number(let comparison, _): "\(comparison) a number"
        case .text(let comparison, _): "\(comparison) a text"
        case .contains: "contains a text"
        case .like: "like a pattern"
        case .matches: "matches an expression"
        case .time(let comparison, _): "\(comparison) a time"
        case .severity(let comparison, _): "\(comparison) a severity"
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
