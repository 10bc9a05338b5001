import Bytes
import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Walks along links")
struct TraverseTests {
    /// An event as plain code sees it; its number is its place in the order of events.
    private struct Event {
        var number: Int
        var trace: Int
        var span: Int
        var parent: Int?
        var cause: Int?
        var isFailing: Bool

        var line: String {
            var members = [
                #""timestamp":"2026-03-02T00:\#(number / 60 < 10 ? "0" : "")\#(number / 60):\#(number % 60 < 10 ? "0" : "")\#(number % 60)Z""#,
                #""eventId":"e\#(number)""#, #""traceId":"t\#(trace)""#, #""spanId":"s\#(span)""#,
                #""eventType":"\#(isFailing ? "error" : "log")""#,
            ]
            if let parent { members.append(#""parentSpanId":"s\#(parent)""#) }
            if let cause { members.append(#""causedBy":"e\#(cause)""#) }
            return "{" + members.joined(separator: ",") + "}"
        }
    }

    private func answer(_ text: String, _ store: Store) throws -> Answer {
        try Answer(Query(text), over: store.snapshot(), context: TimeContext(now: RandomQueries.start))
    }

    private func rows(_ text: String, _ store: Store) throws -> [[AnswerTable.Cell]] {
        guard case .table(let table) = try answer(text, store) else { return [] }
        return table.rows
    }

    /// Depth and id of each row.
    private func found(_ text: String, _ store: Store) throws -> [String] {
        try rows(text, store).map { row in
            if case .integer(let depth) = row[0], case .text(let id) = row[5] { "\(depth) \(id)" } else { "?" }
        }
    }

    // Plain code: every pair of events is looked at.

    private func links(_ events: [Event]) -> [(cause: Int, effect: Int, confidence: Double)] {
        var links: [(Int, Int, Double)] = []
        func opening(_ trace: Int, _ span: Int) -> Event? { events.first { $0.trace == trace && $0.span == span } }
        func parent(_ trace: Int, _ span: Int) -> Int? {
            events.first { $0.trace == trace && $0.span == span && $0.parent != nil && $0.parent != span }?.parent
        }
        for cause in events {
            for effect in events where effect.number != cause.number {
                if effect.cause == cause.number { links.append((cause.number, effect.number, 1)) }
                guard cause.trace == effect.trace else { continue }
                let isOpening = opening(cause.trace, cause.span)?.number == cause.number
                if cause.span == effect.span {
                    if isOpening { links.append((cause.number, effect.number, 0.9)) }
                } else if isOpening, opening(effect.trace, effect.span)?.number == effect.number,
                    parent(effect.trace, effect.span) == cause.span
                {
                    links.append((cause.number, effect.number, 0.95))
                }
                if cause.isFailing, effect.isFailing, parent(cause.trace, cause.span) == effect.span,
                    events.last(where: {
                        $0.trace == cause.trace && $0.span == cause.span && $0.isFailing && $0.number <= effect.number
                    })?.number == cause.number
                {
                    links.append((cause.number, effect.number, 0.9))
                }
            }
        }
        return links
    }

    private func walk(
        _ events: [Event], from start: Int, _ direction: TraverseStatement.Direction, depth: Int, least: Double,
        until: (Event) -> Bool
    ) -> [String] {
        let links = links(events)
        var best: [Int: (depth: Int, confidence: Double)] = [start: (0, 1)]
        for level in 0..<depth {
            var next: [Int: Double] = [:]
            for (node, place) in best where place.depth == level && (node == start || !until(events[node])) {
                for link in links {
                    let isBackward = link.effect == node && direction != .forward
                    let isForward = link.cause == node && direction != .backward
                    let confidence = place.confidence * link.confidence
                    for other in (isBackward ? [link.cause] : []) + (isForward ? [link.effect] : [])
                    where best[other] == nil && confidence >= least {
                        next[other] = max(next[other] ?? 0, confidence)
                    }
                }
            }
            for (node, confidence) in next { best[node] = (level + 1, confidence) }
        }
        return best.sorted { ($0.value.depth, $0.key) < ($1.value.depth, $1.key) }
            .map { "\($0.value.depth) e\($0.key)" }
    }

    @Test("a walk finds what plain code finds that looks at every pair of events", arguments: 0..<12)
    func agrees(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func number(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
        let events = (0..<60).map { place in
            Event(
                number: place, trace: number(3), span: number(8), parent: number(4) > 0 ? number(8) : nil,
                cause: number(6) == 0 ? number(60) : nil, isFailing: number(3) == 0)
        }
        let store = try TestStore.dealt(events.map(\.line), ingests: 1 + number(3))
        for _ in 0..<8 {
            let (start, depth) = (number(60), number(6))
            let direction = TraverseStatement.Direction.allCases[number(3)]
            let least = number(2) == 0 ? 0 : 0.8
            let isUntil = number(2) == 0
            let text =
                "TRAVERSE FROM e\(start) FOLLOWING \(direction) DEPTH \(depth) MIN CONFIDENCE \(least)"
                + (isUntil ? " UNTIL error_occurred = true" : "")
            let expected = walk(events, from: start, direction, depth: depth, least: least) { isUntil && $0.isFailing }
            #expect(try found(text, store) == expected, "\(text)")
        }
    }

    private static let story = [
        // A gateway calls a shop, which calls a bank, whose failure comes back up.
        Event(number: 0, trace: 1, span: 1, parent: nil, cause: nil, isFailing: false),
        Event(number: 1, trace: 1, span: 2, parent: 1, cause: nil, isFailing: false),
        Event(number: 2, trace: 1, span: 3, parent: 2, cause: nil, isFailing: false),
        Event(number: 3, trace: 1, span: 3, parent: 2, cause: nil, isFailing: true),
        Event(number: 4, trace: 1, span: 2, parent: 1, cause: nil, isFailing: true),
        Event(number: 5, trace: 1, span: 1, parent: nil, cause: nil, isFailing: true),
        // Somebody is told, in a trace of their own.
        Event(number: 6, trace: 2, span: 9, parent: nil, cause: 5, isFailing: false),
    ]

    @Test("a failure is followed back to the span that failed first")
    func failure() throws {
        let store = try TestStore.dealt(Self.story.map(\.line))
        #expect(
            try found("TRAVERSE FROM e6 FOLLOWING backward", store)
                == ["0 e6", "1 e5", "2 e0", "2 e4", "3 e1", "3 e3", "4 e2"])
        #expect(
            try found("TRAVERSE FROM e6 FOLLOWING backward UNTIL error_occurred = true", store) == ["0 e6", "1 e5"])
        #expect(
            try found("TRAVERSE FROM e5 FOLLOWING backward WHERE eventType = 'error' LIMIT 2", store)
                == ["0 e5", "1 e4"])
    }

    @Test("only links of the kinds that are asked for are followed")
    func kinds() throws {
        let store = try TestStore.dealt(Self.story.map(\.line))
        #expect(try found("TRAVERSE FROM e6 FOLLOWING backward ALONG CAUSE", store) == ["0 e6", "1 e5"])
        #expect(try found("TRAVERSE FROM e5 FOLLOWING forward ALONG CAUSE", store) == ["0 e5", "1 e6"])
        #expect(try found("TRAVERSE FROM e6 ALONG TRACE", store) == ["0 e6"])
    }

    @Test("a walk begins at an event, else at the first of a span, else at the first of a trace")
    func starts() throws {
        let store = try TestStore.dealt(Self.story.map(\.line))
        #expect(try found("TRAVERSE FROM s3 DEPTH 0", store) == ["0 e2"])
        #expect(try found("TRAVERSE FROM 't2' DEPTH 0", store) == ["0 e6"])
        do {
            _ = try answer("TRAVERSE FROM nothing", store)
            Issue.record("an id that nothing has was found")
        } catch ExecutionError.query(let error) {
            #expect(error.message == "no event, span or trace has the id 'nothing'")
        }
    }

    @Test("a row tells by which link an event was reached, from which, and how sure that is")
    func rowsOfEvents() throws {
        let store = try TestStore.dealt(Self.story.map(\.line))
        let rows = try rows("TRAVERSE FROM e6 DEPTH 2", store)
        #expect(rows.count == 4)
        #expect(Array(rows[0][..<4]) == [.integer(0), .none, .number(1), .none])
        #expect(Array(rows[1][..<4]) == [.integer(1), .text("cause"), .number(1), .text("e6")])
        #expect(Array(rows[3][..<4]) == [.integer(2), .text("trace"), .number(0.9), .text("e5")])
    }

    @Test("as a graph there is every link between the events that were found")
    func graph() throws {
        let store = try TestStore.dealt(Self.story.map(\.line))
        guard case .graph(let graph) = try answer("TRAVERSE FROM e6 AS GRAPH", store) else {
            Issue.record("no graph")
            return
        }
        let ids = graph.nodes.rows.map { $0[4] }
        #expect(ids == ["e6", "e5", "e0", "e4", "e1", "e3", "e2"].map { .text($0) })
        let links = graph.links.rows.compactMap { row -> String? in
            guard case .integer(let cause) = row[0], case .integer(let effect) = row[1],
                case .text(let first) = ids[cause], case .text(let second) = ids[effect]
            else { return nil }
            return "\(first)-\(second)"
        }
        #expect(
            Set(links) == ["e5-e6", "e0-e5", "e4-e5", "e0-e1", "e1-e4", "e3-e4", "e1-e2", "e2-e3"])
        #expect(links.count == 8)
    }
}
