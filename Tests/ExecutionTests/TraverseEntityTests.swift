import Bytes
import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Walks along entities")
struct TraverseEntityTests {
    /// An event as plain code sees it; its number is its place in the order of events.
    private struct Event {
        enum Change: CaseIterable { case none, host, thing, deploy }

        var number: Int
        var service: Int
        var host: Int?
        var change: Change
        var isFailing: Bool

        var line: String {
            var members = [
                "\"timestamp\":\(1_772_409_600 + number / 2 * 3000)", "\"eventId\":\"e\(number)\"",
                "\"service\":\"s\(service)\"",
            ]
            if let host { members.append("\"host\":\"h\(host)\"") }
            switch change {
            case .none: break
            case .host: members.append("\"state\":{\"cpu\":\(number),\"free\":1}")
            case .thing: members.append("\"state\":{\"entity\":\"x\",\"key\":\"k\",\"value\":\(number)}")
            case .deploy: members += ["\"eventType\":\"deploy\"", "\"attributes\":{\"version\":\"\(number)\"}"]
            }
            if isFailing { members.append("\"severity\":\"ERROR\"") }
            return "{" + members.joined(separator: ",") + "}"
        }

        private var place: String { "s\(service) \(host.map { "h\($0)" } ?? "-")" }

        var changed: Set<String> {
            switch change {
            case .none: []
            case .host: [place]
            case .thing: [place + " x"]
            case .deploy: ["s\(service) -"]
            }
        }

        var entities: Set<String> { isFailing ? changed.union(["s\(service) -", place]) : changed }
    }

    private func events(_ random: inout SplitMix64, count: Int) -> [Event] {
        (0..<count).map { number in
            Event(
                number: number, service: Int(random.next() % 2),
                host: random.next() % 3 == 0 ? nil : Int(random.next() % 2),
                change: Event.Change.allCases[Int(random.next() % 6) % 4], isFailing: random.next() % 4 == 0)
        }
    }

    /// Every pair of events is looked at.
    private func links(_ events: [Event]) -> [(cause: Int, effect: Int)] {
        var links: [(Int, Int)] = []
        for cause in events {
            for effect in events where effect.number > cause.number {
                let isLink = cause.changed.contains { entity in
                    effect.entities.contains(entity)
                        && !events[(cause.number + 1)..<effect.number].contains { $0.changed.contains(entity) }
                }
                if isLink { links.append((cause.number, effect.number)) }
            }
        }
        return links
    }

    private func answer(_ text: String, _ store: Store) throws -> Answer {
        try Answer(Query(text), over: store.snapshot(), context: TimeContext(now: RandomQueries.start))
    }

    private func found(_ text: String, _ store: Store) throws -> [String] {
        guard case .table(let table) = try answer(text, store) else { return [] }
        return table.rows.map { row in
            if case .integer(let depth) = row[0], case .text(let id) = row[5] { "\(depth) \(id)" } else { "?" }
        }
    }

    private func walk(_ links: [(cause: Int, effect: Int)], from start: Int, _ direction: String, depth: Int)
        -> [String]
    {
        var depths = [start: 0]
        for level in 0..<depth {
            for (node, known) in depths where known == level {
                for link in links {
                    if link.effect == node, direction != "forward", depths[link.cause] == nil {
                        depths[link.cause] = level + 1
                    }
                    if link.cause == node, direction != "backward", depths[link.effect] == nil {
                        depths[link.effect] = level + 1
                    }
                }
            }
        }
        return depths.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { "\($0.value) e\($0.key)" }
    }

    @Test("a walk finds what plain code finds that looks at every pair of events", arguments: 0..<12)
    func agrees(seed: UInt64) throws {
        var random = SplitMix64(seed: seed &+ 900)
        let events = events(&random, count: 60)
        let store = try TestStore.dealt(events.map(\.line))
        if seed % 3 == 1 { _ = try store.checkpoint() }
        if seed % 3 == 2 { _ = try store.compact() }
        let links = links(events)
        for direction in ["backward", "forward", "both"] {
            for _ in 0..<3 {
                let (start, depth) = (Int(random.next() % 60), Int(random.next() % 4))
                let text = "TRAVERSE FROM e\(start) FOLLOWING \(direction) ALONG ENTITY DEPTH \(depth)"
                #expect(try found(text, store) == walk(links, from: start, direction, depth: depth), "\(text)")
            }
        }
    }

    @Test("as a graph there is every link between the events that were found", arguments: 0..<4)
    func graph(seed: UInt64) throws {
        var random = SplitMix64(seed: seed &+ 1900)
        let events = events(&random, count: 40)
        let store = try TestStore.dealt(events.map(\.line))
        guard
            case .graph(let graph) = try answer("TRAVERSE FROM e20 FOLLOWING both ALONG ENTITY DEPTH 2 AS GRAPH", store)
        else { return #expect(Bool(false), "no graph") }
        let ids = graph.nodes.rows.map { row in if case .text(let id) = row[4] { id } else { "?" } }
        let shown = graph.links.rows.map { row in
            guard case .integer(let cause) = row[0], case .integer(let effect) = row[1] else { return "?" }
            return "\(ids[cause])-\(ids[effect])"
        }
        let expected = links(events).map { "e\($0.cause)-e\($0.effect)" }
            .filter { link in link.split(separator: "-").allSatisfy { ids.contains(String($0)) } }
        #expect(shown.sorted() == expected.sorted())
    }

    @Test("a failure is followed back to the deploy before it, and a deploy to the failures up to the next")
    func deploy() throws {
        func event(_ number: Int, _ change: Event.Change, isFailing: Bool = false, host: Int? = nil) -> Event {
            Event(number: number, service: 1, host: host, change: change, isFailing: isFailing)
        }
        let events = [
            event(0, .deploy), event(1, .none, isFailing: true, host: 1), event(2, .none, host: 1),
            event(3, .deploy), event(4, .none, isFailing: true),
        ]
        let store = try TestStore.dealt(events.map(\.line))
        #expect(try found("TRAVERSE FROM e4 ALONG ENTITY", store) == ["0 e4", "1 e3", "2 e0"])
        #expect(
            try found("TRAVERSE FROM e0 FOLLOWING forward ALONG ENTITY DEPTH 1", store) == ["0 e0", "1 e1", "1 e3"])
        #expect(try found("TRAVERSE FROM e4", store) == ["0 e4"])
        guard case .table(let table) = try answer("TRAVERSE FROM e4 ALONG ENTITY DEPTH 1", store) else { return }
        #expect(Array(table.rows[1][..<4]) == [.integer(1), .text("entity"), .number(0.5), .text("e4")])
    }

    @Test("links that are inferred come with the causality engine")
    func inferred() throws {
        let store = try TestStore.dealt([#"{"timestamp":1772409600,"eventId":"a"}"#])
        do {
            _ = try answer("TRAVERSE FROM a ALONG TRACE, INFERRED", store)
            Issue.record("links were inferred")
        } catch ExecutionError.query(let error) {
            #expect(error.kind == .meaning)
            #expect(error.message == "links that are INFERRED come with the causality engine")
        }
    }
}
