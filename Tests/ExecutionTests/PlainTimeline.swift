import Testing
import TimeQL

@testable import Execution

/// A timeline of events with a condition, and what plain code makes of it.
struct PlainTimeline {
    var condition: String
    var from: Int64
    var isNewestFirst: Bool
    var limit: Int

    var text: String {
        "TIMELINE FROM \(from) WHERE \(condition) LIMIT \(limit)" + (isNewestFirst ? " NEWEST FIRST" : "")
    }

    /// The members of a line, whatever their order.
    static func members(_ line: String) -> String { String(line.sorted()) }

    /// Compares the lines that are found with those that plain code finds.
    func check(_ events: [ReferenceEvent], _ lines: (String) throws -> [String]) throws {
        guard case .timeline(let statement) = try Query(text).statement, let predicate = statement.condition else {
            return
        }
        let wanted = events.enumerated().filter { $0.element.time >= from && $0.element.fulfils(predicate) }
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map { Self.members($0.element.line) }
        let expected = Array((isNewestFirst ? wanted.reversed() : wanted).prefix(limit))
        do {
            #expect(try lines(text).map(Self.members) == expected, "\(text)")
        } catch ExecutionError.query(let error) where error.kind == .name {
            // No event has such a field at all.
            #expect(!events.contains { $0.time >= from && $0.members.contains { error.message.contains($0.key) } })
        }
    }
}
