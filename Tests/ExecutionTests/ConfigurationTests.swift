import Files
import Ingest
import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Answers do not depend on how events are kept")
struct ConfigurationTests {
    private func options(_ threads: Int) -> QueryOptions {
        var options = QueryOptions()
        options.threadCount = threads
        return options
    }

    private func answer(_ text: String, _ pool: ReaderPool, threads: Int = 2) throws -> Answer {
        try Answer(
            Query(text), over: pool, context: TimeContext(now: RandomQueries.start), options: options(threads))
    }

    private func table(_ text: String, _ pool: ReaderPool, threads: Int = 2) throws -> AnswerTable {
        guard case .table(let table) = try answer(text, pool, threads: threads) else {
            return AnswerTable(columns: [], rows: [])
        }
        return table
    }

    private func lines(_ text: String, _ pool: ReaderPool) throws -> [String] {
        guard case .events(var events) = try answer(text, pool) else { return ["a table"] }
        var output: [UInt8] = []
        try events.run { output += $0 }
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test(
        "events are those of plain code in every tier, compacted, and while they are live",
        arguments: StoreConfiguration.allCases, 0..<4)
    func eventsAgree(configuration: StoreConfiguration, seed: UInt64) throws {
        var random = RandomQueries(seed: seed &+ 77)
        let events = (0..<150).map { _ in random.event() }
        let (store, appender) = try configuration.store(events)
        let pool = ReaderPool(try store.snapshot())
        for _ in 0..<12 {
            let condition = random.condition()
            let isNewestFirst = random.number(below: 2) == 0
            let limit = 1 + random.number(below: 60)
            let from = RandomQueries.start + Int64(random.number(below: 5 * 3600)) * 1_000_000_000
            let timeline = PlainTimeline(
                condition: condition, from: from, isNewestFirst: isNewestFirst, limit: limit)
            try timeline.check(events) { try lines($0, pool) }
        }
        withExtendedLifetime(appender) {}
    }

    @Test("numbers are the same in every configuration, on one thread and on several", arguments: 0..<4)
    func numbersAgree(seed: UInt64) throws {
        var random = RandomQueries(seed: seed &+ 4000)
        let events = (0..<200).map { _ in random.event() }
        let stores = try StoreConfiguration.allCases.map { try $0.store(events) }
        let pools = try stores.map { ReaderPool(try $0.store.snapshot()) }
        for _ in 0..<10 {
            let condition = random.condition()
            let groups = ["", " BY service", " BY x", " BY severity, message", " BY service, cpu"][
                random.number(below: 5)]
            let bucket = random.number(below: 2) == 0 ? " BUCKET 40 minutes" : ""
            let text =
                "TIMELINE WHERE \(condition)\(bucket) COUNT, COUNT(x), AVG(x), SUM(cpu), MIN(x), MAX(cpu),"
                + " P50(cpu), P99(x), DISTINCT(message), DISTINCT(x)\(groups)"
            let fields = ["x", "cpu", "message", "service", "severity", "tags", "waitMs"]
            guard fields.allSatisfy({ name in events.contains { $0.value(name) != nil } }) else { continue }
            let expected = try table(text, pools[0], threads: 1)
            for pool in pools {
                for threads in [1, 2, 5] { #expect(try table(text, pool, threads: threads) == expected, "\(text)") }
            }
        }
        withExtendedLifetime(stores) {}
    }

    @Test("an id is found wherever it is, and nothing else is", arguments: StoreConfiguration.allCases)
    func ids(configuration: StoreConfiguration) throws {
        var random = RandomQueries(seed: 9)
        func id(_ number: Int, _ digits: Int) -> String {
            let text = String(number &* 7_919_423, radix: 16)
            return String(repeating: "a", count: digits - text.utf8.count) + text
        }
        let events = (0..<120).map { index in
            var event = random.event()
            event.members.append(("eventId", .text(id(index, 16))))
            if index % 3 > 0 { event.members.append(("traceId", .text(id(index % 11, 32)))) }
            if index % 5 == 0 { event.members.append(("spanId", .text("span \(index % 10)"))) }
            return event
        }
        let (store, appender) = try configuration.store(events)
        let pool = ReaderPool(try store.snapshot())
        for text in [
            "eventId = '\(id(17, 16))'", "traceId = '\(id(4, 32))'", "traceId = '\(id(4, 32))' AND service = 'api'",
            "spanId = 'span 5'", "eventId = '\(id(500, 16))'", "NOT eventId = '\(id(17, 16))'",
            "eventId = '\(id(17, 16))' OR eventId = '\(id(90, 16))'",
            "eventId = '\(id(17, 16))' AND eventId = '\(id(90, 16))'",
        ] {
            guard case .timeline(let statement) = try Query("TIMELINE WHERE \(text)").statement,
                let predicate = statement.condition
            else { continue }
            let expected = events.enumerated().filter { $0.element.fulfils(predicate) }
                .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            #expect(
                try lines("TIMELINE WHERE \(text)", pool).map(PlainTimeline.members)
                    == expected.map { PlainTimeline.members($0.element.line) },
                "\(text)")
            #expect(try table("TIMELINE WHERE \(text) COUNT", pool).rows == [[.integer(expected.count)]], "\(text)")
        }
        withExtendedLifetime(appender) {}
    }

    @Test("many zones: conditions, limits and sums are those of plain code, on any number of threads")
    func manyZones() throws {
        let count = 20_000
        let events = (0..<count).map { index in
            ReferenceEvent(
                time: RandomQueries.start + Int64(index) * 100_000_000,
                members: [
                    ("service", .text(index < 9000 ? "first" : "second")), ("n", .integer(Int64(index))),
                    ("part", .number(Double(index % 7) + 0.1)),
                ])
        }
        let (store, _) = try StoreConfiguration.oneIngest.store(events)
        let pool = ReaderPool(try store.snapshot())
        let sums = try [1, 2, 3].map { try table("TIMELINE SUM(part), COUNT BY service", pool, threads: $0) }
        #expect(sums[0] == sums[1] && sums[1] == sums[2])
        #expect(sums[0].rows.map { $0[2] } == [.integer(9000), .integer(11_000)])
        #expect(try table("TIMELINE WHERE n >= 100 AND n < 300 COUNT", pool).rows == [[.integer(200)]])
        #expect(
            try lines("TIMELINE WHERE service = 'first' NEWEST FIRST LIMIT 3 FOR n", pool)
                == (0..<3).map { #"{"n":\#(8999 - $0)}"# })
        #expect(try lines("TIMELINE LIMIT 2 FOR n", pool) == [#"{"n":0}"#, #"{"n":1}"#])
    }

    /// What EXPLAIN tells of a step.
    private func detail(_ step: String, _ text: String, _ pool: ReaderPool) throws -> String? {
        let answer = try Answer(Query(text), over: pool, context: TimeContext(now: RandomQueries.start))
        guard case .plan(let plan) = answer else { return nil }
        return plan.steps.first { $0.name == step }?.detail
    }

    @Test("what is proven to hold nothing that is wanted is left out, and EXPLAIN tells why")
    func pruning() throws {
        func id(_ number: Int) -> String {
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }
        // Little more than an hour: a segment of two zones, which share pages and are read together, and one of a single
        // zone.
        let events = (0..<10_000).map { index in
            ReferenceEvent(
                time: RandomQueries.start + Int64(index) * 400_000_000,
                members: [("n", .integer(Int64(index))), ("eventId", .text(id(index)))])
        }
        let (store, _) = try StoreConfiguration.oneIngest.store(events)
        let pool = ReaderPool(try store.snapshot())
        let none = "left out 0 by their times, 0 by ids, 0 by statistics"
        #expect(try detail("zones", "EXPLAIN TIMELINE COUNT", pool) == "3 in these: \(none); 3 to read")
        #expect(
            try detail("zones", "EXPLAIN TIMELINE WHERE n > 9500", pool)
                == "3 in these: left out 0 by their times, 0 by ids, 2 by statistics; 1 to read")
        #expect(
            try detail("zones", "EXPLAIN TIMELINE WHERE eventId = '\(id(8500))'", pool)
                == "3 in these: left out 0 by their times, 1 by ids, 0 by statistics; 2 to read")
        #expect(
            try detail("zones", "EXPLAIN TIMELINE WHERE eventId = '\(id(9500))'", pool)
                == "3 in these: left out 0 by their times, 2 by ids, 0 by statistics; 1 to read")
        #expect(
            try detail("segments", "EXPLAIN TIMELINE TO '2026-03-02 00:30' COUNT", pool)
                == "2 in all, 1 left out by their times")
        let analysis = "EXPLAIN ANALYZE TIMELINE WHERE n < 100 OR n = -5"
        #expect(try detail("found", analysis, pool) == "100 rows")
        #expect(try detail("zones", analysis, pool)?.hasSuffix("1 by statistics; 2 to read") == true)
    }

    @Test("a query that needs more memory than it may take is refused")
    func memory() throws {
        var random = RandomQueries(seed: 3)
        let (store, _) = try StoreConfiguration.oneIngest.store((0..<300).map { _ in random.event() })
        var options = QueryOptions()
        options.memoryByteLimit = 1000
        do {
            _ = try Answer(
                Query("TIMELINE P99(cpu) BY message, cpu"), over: store.snapshot(), context: TimeContext(now: 0),
                options: options)
            Issue.record("it was answered")
        } catch ExecutionError.query(let error) {
            #expect(error.kind == .limit)
        }
    }

    @Test("a query that nobody wants any more stops", arguments: ["TIMELINE COUNT", "TIMELINE"])
    func cancelled(text: String) throws {
        var random = RandomQueries(seed: 3)
        let (store, _) = try StoreConfiguration.manyIngests.store((0..<100).map { _ in random.event() })
        var options = QueryOptions()
        options.isCancelled = { true }
        #expect {
            let answer = try Answer(
                Query(text), over: store.snapshot(), context: TimeContext(now: 0), options: options)
            if case .events(var events) = answer { try events.run { _ in } }
        } throws: {
            if case ExecutionError.cancelled = $0 { true } else { false }
        }
    }
}
