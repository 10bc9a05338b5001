import Testing
import TimeQL

@testable import Execution

/// A timeline with numbers, and what plain code makes of it.
struct PlainNumbers {
    var condition: String
    var from: Int64
    /// Minutes.
    var bucket: Int?
    var group: String?

    var text: String {
        "TIMELINE FROM \(from) WHERE \(condition)" + (bucket.map { " BUCKET \($0) minutes" } ?? "")
            + " COUNT, COUNT(x), SUM(x), AVG(cpu), MIN(x), MAX(cpu), DISTINCT(message), P90(cpu)"
            + (group.map { " BY \($0)" } ?? "")
    }

    private struct Key: Hashable {
        var time: Int64?
        var group: String?
    }

    func check(_ events: [ReferenceEvent], _ table: (String) throws -> AnswerTable) throws {
        guard case .timeline(let statement) = try Query(text).statement, let predicate = statement.condition else {
            return
        }
        let wanted = events.filter { $0.time >= from && $0.fulfils(predicate) }
        var groups: [Key: [ReferenceEvent]] = [:]
        if bucket == nil, group == nil { groups[Key()] = [] }
        for event in wanted {
            let width = bucket.map { Int64($0) * 60_000_000_000 }
            let key = Key(
                time: width.map { event.time / $0 * $0 }, group: group.flatMap { event.value($0)?.shown })
            groups[key, default: []].append(event)
        }
        let ordered = groups.sorted { left, right in
            if left.key.time != right.key.time { return left.key.time ?? 0 < right.key.time ?? 0 }
            guard let first = left.key.group else { return right.key.group != nil }
            guard let second = right.key.group else { return false }
            return first.utf8.lexicographicallyPrecedes(second.utf8)
        }
        let found: AnswerTable
        do { found = try table(text) } catch ExecutionError.query(let error) where error.kind == .name {
            // No event has such a field at all.
            #expect(!events.contains { $0.time >= from && $0.members.contains { error.message.contains($0.key) } })
            return
        }
        try #require(found.rows.count == ordered.count, "\(text)")
        for (row, (key, events)) in zip(found.rows, ordered) {
            let names =
                (bucket == nil ? [] : [key.time.map { .time($0) } ?? .none])
                + (group == nil ? [] : [key.group.map { .text($0) } ?? AnswerTable.Cell.none])
            let numbers = Self.numbers(events)
            #expect(Array(row.dropLast()) == names + numbers, "\(text)")
            Self.check(row[row.count - 1], events, text)
        }
    }

    private static func values(_ key: String, _ events: [ReferenceEvent]) -> [Double] {
        events.compactMap { event in
            switch event.value(key) {
            case .integer(let value): Double(value)
            case .number(let value): value
            default: nil
            }
        }
    }

    private static func numbers(_ events: [ReferenceEvent]) -> [AnswerTable.Cell] {
        let (x, cpu) = (values("x", events), values("cpu", events))
        let texts = Set(events.compactMap { $0.value("message")?.shown })
        return [
            .integer(events.count), .integer(events.count { $0.value("x")?.shown != nil }),
            x.isEmpty ? .none : .number(x.reduce(0, +)),
            cpu.isEmpty ? .none : .number(cpu.reduce(0, +) / Double(cpu.count)),
            x.min().map { .number($0) } ?? .none, cpu.max().map { .number($0) } ?? .none, .integer(texts.count),
        ]
    }

    /// The least number that is not below nine tenths of all, off by at most 0.5%.
    private static func check(_ cell: AnswerTable.Cell, _ events: [ReferenceEvent], _ text: String) {
        let cpu = values("cpu", events).sorted()
        guard case .number(let found) = cell else {
            #expect(cell == .none && cpu.isEmpty, "\(text)")
            return
        }
        let exact = cpu.isEmpty ? .nan : cpu[(cpu.count * 9 + 9) / 10 - 1]
        #expect(abs(found - exact) <= exact * 0.005, "\(text): P90 \(found), \(exact)")
    }
}
