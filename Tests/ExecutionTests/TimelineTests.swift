import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Timelines")
struct TimelineTests {
    /// A store in memory with small windows, whose events come in by several ingests.
    private func store(_ events: [ReferenceEvent], ingests: Int) throws -> Store {
        let store = try TestStore.empty()
        try TestStore.ingest(events, parts: ingests, into: store)
        return store
    }

    private func answer(_ text: String, _ store: Store, now: Int64 = RandomQueries.start) throws -> Answer {
        try Answer(Query(text), over: store.snapshot(), context: TimeContext(now: now))
    }

    private func lines(_ text: String, _ store: Store) throws -> [String] {
        guard case .events(var events) = try answer(text, store) else { return ["a table"] }
        var output: [UInt8] = []
        try events.run { output += $0 }
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func table(_ text: String, _ store: Store) throws -> AnswerTable {
        guard case .table(let table) = try answer(text, store) else { return AnswerTable(columns: [], rows: []) }
        return table
    }

    @Test("events that fulfil a condition come in order, like in plain code", arguments: 0..<20)
    func eventsAgree(seed: UInt64) throws {
        var random = RandomQueries(seed: seed)
        let events = (0..<120).map { _ in random.event() }
        let store = try store(events, ingests: 1 + random.number(below: 4))
        for _ in 0..<20 {
            let condition = random.condition()
            let isNewestFirst = random.number(below: 2) == 0
            let limit = 1 + random.number(below: 150)
            let hour = random.number(below: 6)
            let from = RandomQueries.start + Int64(hour) * 3_600_000_000_000
            let timeline = PlainTimeline(
                condition: condition, from: from, isNewestFirst: isNewestFirst, limit: limit)
            try timeline.check(events) { try lines($0, store) }
        }
    }

    @Test("numbers by buckets and groups are those of plain code", arguments: 0..<20)
    func measuresAgree(seed: UInt64) throws {
        var random = RandomQueries(seed: seed &+ 1000)
        let events = (0..<200).map { _ in random.event() }
        let store = try store(events, ingests: 1 + random.number(below: 3))
        let width: Int64 = 1_800_000_000_000
        let text =
            "TIMELINE BUCKET 30 minutes COUNT, COUNT(x), SUM(cpu), MIN(cpu), MAX(cpu), DISTINCT(message) BY service"
        var groups: [String: [ReferenceEvent]] = [:]
        for event in events {
            let key = "\(event.time / width * width) \(event.value("service")?.shown ?? "")"
            groups[key, default: []].append(event)
        }
        let answer = try table(text, store)
        #expect(
            answer.columns == [
                "time", "service", "count", "count(x)", "sum(cpu)", "min(cpu)", "max(cpu)", "distinct(message)",
            ])
        #expect(answer.rows.count == groups.count)
        var last = ""
        for row in answer.rows {
            guard case .time(let bucket) = row[0] else { return }
            let service = if case .text(let text) = row[1] { text } else { "" }
            let key = "\(bucket) \(service)"
            #expect(last < key)
            last = key
            let members = groups[key] ?? []
            let cpus = members.compactMap {
                if case .integer(let value)? = $0.value("state.cpu") { Double(value) } else { nil }
            }
            let messages = Set(members.compactMap { $0.value("message")?.shown })
            // Null is no value to count.
            let xs = members.count { $0.value("x").map { $0 != .null } ?? false }
            #expect(row[2] == .integer(members.count))
            #expect(row[3] == .integer(xs))
            #expect(row[4] == (cpus.isEmpty ? .none : .number(cpus.reduce(0, +))))
            #expect(row[5] == (cpus.min().map { .number($0) } ?? .none))
            #expect(row[6] == (cpus.max().map { .number($0) } ?? .none))
            #expect(row[7] == .integer(messages.count))
        }
    }

    private func sample() throws -> Store {
        func event(_ second: Int64, _ members: (String, ReferenceEvent.Value)...) -> ReferenceEvent {
            ReferenceEvent(time: RandomQueries.start + second * 1_000_000_000, members: members)
        }
        return try store(
            [
                event(0, ("service", .text("api")), ("status", .integer(200)), ("ms", .integer(10))),
                event(10, ("service", .text("api")), ("status", .integer(503)), ("ms", .integer(900))),
                event(20, ("service", .text("cart")), ("severity", .text("fatal")), ("ms", .integer(30))),
                event(30, ("service", .text("cart")), ("eventType", .text("error")), ("a.ms", .integer(1))),
                event(40, ("service", .text("db")), ("message", .text("done")), ("b.cpu", .integer(5))),
            ], ingests: 2)
    }

    @Test("TOP takes the groups in which a number is greatest, over all buckets")
    func top() throws {
        let store = try sample()
        #expect(
            try table("TIMELINE COUNT, MAX(ms) AS slowest BY service TOP 2 BY MAX(ms)", store)
                == AnswerTable(
                    columns: ["service", "count", "slowest"],
                    rows: [[.text("api"), .integer(2), .number(900)], [.text("cart"), .integer(2), .number(30)]]))
        #expect(
            try table("TIMELINE BUCKET 20s COUNT BY service TOP 1 BY COUNT", store).rows
                == [[.time(RandomQueries.start), .text("api"), .integer(2)]])
    }

    @Test("numbers of no events are told, too, when nothing divides them")
    func nothing() throws {
        let store = try sample()
        #expect(
            try table("TIMELINE WHERE service = 'none' COUNT, AVG(ms), P50(ms)", store).rows
                == [[.integer(0), .none, .none]])
        #expect(try table("TIMELINE WHERE service = 'none' COUNT BY service", store).rows == [])
        #expect(try lines("TIMELINE LIMIT 0", store) == [])
        #expect(try lines("TIMELINE FROM '2026-03-02' TO '2026-03-02'", store) == [])
    }

    @Test("the rate is that of the time asked for")
    func rate() throws {
        let text = "TIMELINE FROM '2026-03-02 00:00:00' TO '2026-03-02 00:00:20' RATE, COUNT"
        #expect(try table(text, sample()).rows == [[.number(0.1), .integer(2)]])
    }

    @Test("error_occurred is true for events of type error, of severity ERROR or worse, or with a failing status")
    func errors() throws {
        let store = try sample()
        #expect(try table("TIMELINE WHERE error_occurred COUNT", store).rows == [[.integer(3)]])
        #expect(try table("TIMELINE WHERE error_occurred = false COUNT", store).rows == [[.integer(2)]])
    }

    @Test("FOR gives some fields only")
    func someFields() throws {
        let lines = try lines("TIMELINE WHERE message = 'done' FOR cpu, message", sample())
        #expect(lines.map(PlainTimeline.members) == [PlainTimeline.members(#"{"message":"done","b":{"cpu":5}}"#)])
    }

    @Test("FOR shows a canonical field under its own name, whatever the event calls it")
    func canonicalNames() throws {
        let events = [
            ReferenceEvent(time: RandomQueries.start, members: [("msg", .text("one")), ("level", .text("WARN"))]),
            ReferenceEvent(time: RandomQueries.start, members: [("message", .text("two")), ("n", .integer(1))]),
        ]
        #expect(
            try lines("TIMELINE FOR message", store(events, ingests: 1)) == [
                #"{"message":"one"}"#, #"{"message":"two"}"#,
            ])
    }

    @Test(
        "names are found by their ends, and what is unknown or not told apart is an error",
        arguments: [
            ("TIMELINE WHERE cpu = 5 COUNT", nil), ("TIMELINE WHERE b.cpu = 5 COUNT", nil),
            ("TIMELINE WHERE \"cpu\" = 5 COUNT", nil), ("TIMELINE WHERE \"b.cpu\" = 5 COUNT", "no event"),
            ("TIMELINE WHERE ms = 10 COUNT", nil), ("TIMELINE WHERE servce = 'a' COUNT", "no event"),
            ("TIMELINE WHERE cpu > 80% COUNT", nil), ("TIMELINE WHERE cpu > 5 ms COUNT", "nothing says what"),
            ("TIMELINE WHERE message MATCHES '(' COUNT", "no regular expression"),
            ("PREDICT NEXT 1 hour", "predicting models are not part of this version"),
            ("TIMELINE COUNT TOP 1 BY MAX(ms)", "TOP is BY a number"),
            ("TIMELINE WHERE severity > 'loud' COUNT", "is no severity"),
            ("TIMELINE WHERE service = NULL COUNT", "IS NULL"), ("TIMELINE WHERE service = $s COUNT", "no value"),
        ])
    func names(text: String, error: String?) throws {
        do {
            _ = try answer(text, sample())
            #expect(error == nil)
        } catch ExecutionError.query(let found) {
            #expect("\(found.message) \(found.hint ?? "")".contains(error ?? "no error"))
        }
    }

    @Test("what was stored later is not known yet")
    func knownAt() throws {
        let store = try sample()
        #expect(try table("TIMELINE COUNT AS KNOWN AT '2026-01-01'", store).rows == [[.integer(5)]])
        #expect(try table("TIMELINE COUNT AS KNOWN AT '1960-01-01'", store).rows == [[.integer(0)]])
    }
}
