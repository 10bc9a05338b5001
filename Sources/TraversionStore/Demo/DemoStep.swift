import Columns
import Traversion
import Workload

/// One question of the demo, why it is asked, and what its answer must show.
struct DemoStep {
    var title: String
    var story: String
    var statement: String
    /// Columns of the answer that are shown; none: all.
    var columns: [String] = []
    /// What the workload's truth says of the answer.
    var claim: String
    var isTrue: (_ answer: AnswerTable) -> Bool

    /// The way from an error back to its cause.
    static func all(_ incident: WorkloadTruth.Incident, _ error: WorkloadTruth.Sample) -> [DemoStep] {
        let root = incident.rootService
        let day = "2026-03-02"
        let trigger = incident.trigger
        return [
            DemoStep(
                title: "03:47  The pager",
                story: "Requests fail. When did it begin?",
                statement: """
                    TIMELINE FROM '\(day) 03:42' TO '\(day) 03:50' WHERE eventType = 'error' BUCKET 1 minute COUNT
                    """,
                claim: "errors were few, and many from 03:47 on",
                isTrue: { answer in
                    // A minute without errors has no row: five minutes before, three after.
                    let count = { (isBefore: Bool) in
                        answer.rows.filter { $0[0].isBefore(NightStory.time(minute: 47)) == isBefore }
                            .compactMap { $0.last?.count }.reduce(0, +)
                    }
                    return count(false) * 5 > 4 * count(true) * 3
                }),
            DemoStep(
                title: "What led to it",
                story:
                    "The pager names an error of \(error.service). Back along the links of its trace and its causes:",
                statement: "TRAVERSE FROM \(error.eventId) FOLLOWING backward ALONG CAUSE",
                columns: ["depth", "time", "eventId", "eventType", "service", "message"],
                claim: "it began in \(root), as the truth says",
                isTrue: { $0.has(error.rootEventId) && $0.has(root) }),
            DemoStep(
                title: "03:46  Go there",
                story: "One minute before anybody noticed, what was true of \(root)?",
                statement: "STATE AT '\(day) 03:46:00' FOR version, cpu, memory, errorRate WHERE service = '\(root)'",
                claim: "it runs \(trigger?.detail ?? "?"), its processors are busy, and nothing fails yet",
                isTrue: { answer in
                    answer.has(trigger?.detail ?? "?") && answer.values(of: "cpu").max() ?? 0 > 80
                        && answer.values(of: "errorRate").max() ?? 1 < 0.05
                }),
            DemoStep(
                title: "What changed",
                story: "The same service three minutes earlier, field by field:",
                statement: """
                    COMPARE '\(day) 03:43:00' WITH '\(day) 03:46:00' FOR cpu, memory, errorRate WHERE service = '\(root)'
                    """,
                columns: ["field", "first", "second", "change", "test", "p", "significant"],
                claim: "cpu differs most",
                isTrue: { $0.rows.first?.contains { $0.words.contains("cpu") } == true }),
            DemoStep(
                title: "Who changed it",
                story: "Deploys and settings before that, in the whole fleet:",
                statement: """
                    TIMELINE FROM '\(day) 03:40' TO '\(day) 03:46' WHERE eventType IN ('deploy', 'config.change')
                      COUNT BY timestamp, service, eventType, eventId, message
                    """,
                claim: "the \(trigger?.eventType ?? "change") \(trigger?.detail ?? "") of \(root), as the truth says",
                isTrue: { $0.has(trigger?.eventId ?? "?") }),
            DemoStep(
                title: "Would we see it coming?",
                story: "Where do processors get busy and memory full after it, on one host, within five minutes?",
                statement: """
                    MATCH PATTERN WHERE cpu > 80% FOLLOWED BY memory > 90% WITHIN 5 minutes ON host
                      FROM '\(day) 03:00' TO '\(day) 03:47'
                    """,
                columns: ["match", "host", "step", "time", "event"],
                claim: "hosts of \(root) showed it before the first request failed",
                isTrue: { answer in
                    !answer.rows.isEmpty && answer.rows.allSatisfy { $0.contains { $0.words == root } }
                }),
        ]
    }
}

extension DemoStep {
    /// An answer with the columns that are shown.
    func shown(of answer: AnswerTable) -> AnswerTable {
        guard !columns.isEmpty else { return answer }
        let places = columns.compactMap { answer.columns.firstIndex(of: $0) }
        return AnswerTable(
            columns: places.map { answer.columns[$0] }, rows: answer.rows.map { row in places.map { row[$0] } })
    }
}

extension AnswerTable {
    /// Whether some cell says this.
    fileprivate func has(_ text: String) -> Bool { rows.contains { $0.contains { $0.words.contains(text) } } }

    /// The numbers of a field of state.
    fileprivate func values(of field: String) -> [Double] {
        rows.filter { $0.contains(.text(field)) }.compactMap { row in row.compactMap(\.number).first }
    }
}

extension AnswerTable.Cell {
    /// What the cell says, as text.
    fileprivate var words: String {
        switch self {
        case .text(let text), .literal(let text): text
        default: ""
        }
    }

    fileprivate var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .literal(let text): Double(text)
        default: nil
        }
    }

    fileprivate func isBefore(_ time: Int64) -> Bool { if case .time(let value) = self { value < time } else { false } }

    fileprivate var count: Int? { if case .integer(let value) = self { value } else { nil } }
}
