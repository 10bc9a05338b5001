import Columns

/// Whom the questions are about: an event that the store has.
struct BenchSubjects {
    var time: Int64
    var traceId: String
    var eventId: String
    var service: String

    /// Asks the store for the first event at a time or after it of which a condition holds; nil when it has none.
    init?(in store: String, from time: Int64, where condition: String) throws(CommandFailure) {
        let statement =
            "TIMELINE FROM '\(TimestampText.utc(time))' WHERE \(condition)"
            + " COUNT BY timestamp, traceId, eventId, service LIMIT 1"
        let answer = try ToolProcess.run(["query", "--store", store, "--format", "csv", statement]).output
        // Below the names of the columns.
        guard let line = answer.split(separator: "\n").dropFirst().first else { return nil }
        let cells = line.split(separator: ",").map(String.init)
        guard cells.count == 5, let (time, _) = TimestampText.parse(Array(cells[0].utf8).span) else {
            preconditionFailure("no event is told by '\(line)'")
        }
        (self.time, traceId, eventId, service) = (time, cells[1], cells[2], cells[3])
    }
}
