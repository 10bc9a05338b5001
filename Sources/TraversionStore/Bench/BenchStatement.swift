import Columns

/// A question that is measured.
struct BenchStatement {
    var name: String
    var text: String

    /// Every kind of statement that has an answer.
    static func all(_ subjects: BenchSubjects) -> [BenchStatement] {
        let service = "service = '\(subjects.service)'"
        let minutes = { (count: Int64) in TimestampText.utc(subjects.time + count * 60_000_000_000) }
        return [
            .init(name: "event by id", text: "TIMELINE WHERE eventId = '\(subjects.eventId)'"),
            .init(name: "trace by id", text: "TIMELINE WHERE traceId = '\(subjects.traceId)'"),
            .init(name: "last 100 errors", text: "TIMELINE WHERE eventType = 'error' NEWEST FIRST LIMIT 100"),
            .init(
                name: "counts by minute and type",
                text: "TIMELINE FROM '\(minutes(-30))' TO '\(minutes(30))' WHERE \(service) BUCKET 1 minute COUNT"
                    + " BY eventType"),
            .init(
                name: "count and p99 by route",
                text: "TIMELINE WHERE eventType = 'http.response' COUNT, P99(duration) BY attributes.route"),
            .init(
                name: "text in messages",
                text: "TIMELINE WHERE message CONTAINS 'connection pool exhausted' COUNT, MAX(timestamp)"),
            .init(name: "patterns of errors", text: "TIMELINE WHERE severity = 'ERROR' PATTERNS"),
            .init(name: "state of everything", text: "STATE AT '\(minutes(0))'"),
            .init(name: "state of one service", text: "STATE AT '\(minutes(0))' WHERE \(service)"),
            .init(
                name: "traverse back from an error",
                text: "TRAVERSE FROM \(subjects.eventId) FOLLOWING backward ALONG TRACE"),
            .init(
                name: "match pattern",
                text: "MATCH PATTERN WHERE cpu > 60% FOLLOWED BY memory > 60% WITHIN 5 minutes ON host"
                    + " FROM '\(minutes(-30))' TO '\(minutes(30))' LIMIT 1000"),
            .init(
                name: "compare two periods",
                text: "COMPARE FROM '\(minutes(-5))' TO '\(minutes(0))' WITH FROM '\(minutes(0))' TO '\(minutes(5))'"
                    + " FOR cpu, memory, latencyP95, errorRate BY service"),
        ]
    }
}
