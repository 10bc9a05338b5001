import Files
import Ingest
import Storage
import Testing

@testable import Traversion

@Suite("An engine")
struct EngineTests {
    private func makeStore() throws -> Store {
        try Store.create(
            StorePaths(root: "store"), windowLength: .hour, storeId: 1, in: MemoryFileSystem(), clock: ManualClock(77))
    }

    private func lines(_ range: Range<Int>) -> [UInt8] {
        Array(
            range.map { "{\"n\":\($0),\"service\":\"s\($0 % 3)\",\"timestamp\":\(1_772_409_600 + $0)}\n" }.joined().utf8
        )
    }

    private func rows(_ result: QueryResult) throws -> [[QueryResult.Value]] {
        var result = result
        var rows: [[QueryResult.Value]] = []
        while let row = try result.next() { rows.append(row) }
        return rows
    }

    @Test("a question finds what was acknowledged before it was asked, and an older view does not")
    func freshness() throws {
        let engine = try Engine(makeStore(), for: .appending())
        #expect(try engine.append(lines(0..<5)).eventCount == 5)
        let view = try engine.view()
        #expect(try rows(view.query("TIMELINE COUNT")) == [[.integer(5)]])
        #expect(try engine.view() === view)
        _ = try engine.append(lines(5..<7))
        #expect(try rows(engine.query("TIMELINE COUNT")) == [[.integer(7)]])
        #expect(try rows(view.query("TIMELINE COUNT")) == [[.integer(5)]])
        try engine.close()
        #expect(
            try rows(engine.query("TIMELINE COUNT BY service")) == [
                [.text("s0"), .integer(3)], [.text("s1"), .integer(2)], [.text("s2"), .integer(2)],
            ])
        #expect(throws: EngineError.self) { try engine.append(lines(7..<8)) }
    }

    @Test("events come as rows of one value, as lines, or as rows of their fields")
    func events() throws {
        let engine = try Engine(makeStore(), for: .appending())
        _ = try engine.append(lines(0..<3))
        let result = try engine.query("TIMELINE WHERE n > $least", parameters: ["least": "0"])
        #expect(result.columns == ["event"])
        #expect(result.links == nil)
        #expect(
            try rows(result) == [
                [.literal(#"{"n":1,"service":"s1","timestamp":1772409601}"#)],
                [.literal(#"{"n":2,"service":"s2","timestamp":1772409602}"#)],
            ])
        var events = try engine.query("TIMELINE LIMIT 1")
        #expect(try events.nextLines() == lines(0..<1))
        #expect(try events.nextLines() == nil)
        var rows = try engine.query("TIMELINE FOR n, service, timestamp NEWEST FIRST LIMIT 2")
        let table = try #require(try rows.nextTable())
        #expect(table.columns == ["n", "service", "timestamp"])
        #expect(
            table.rows == [
                [.literal("2"), .text("s2"), .time(1_772_409_602_000_000_000)],
                [.literal("1"), .text("s1"), .time(1_772_409_601_000_000_000)],
            ])
        #expect(try rows.nextTable() == nil)
        try engine.close()
    }

    @Test("'now' is the clock's, a time, or the newest event")
    func now() throws {
        let engine = try Engine(makeStore(), for: .appending())
        _ = try engine.append(lines(0..<10))
        func count(_ now: QuerySettings.Now) throws -> [[QueryResult.Value]] {
            var settings = QuerySettings()
            settings.now = now
            return try rows(engine.query("TIMELINE LAST 3s COUNT", options: settings))
        }
        #expect(try count(.clock) == [[.integer(0)]])
        #expect(try count(.newestEvent) == [[.integer(3)]])
        #expect(try count(.time(1_772_409_602_000_000_000)) == [[.integer(2)]])
        try engine.close()
    }

    @Test("times without a zone are in the zone of the settings, or of the statement")
    func zones() throws {
        let engine = try Engine(makeStore(), for: .appending())
        _ = try engine.append(lines(0..<10))
        var settings = QuerySettings()
        settings.timeZone = "+02:00"
        let text = "TIMELINE FROM '2026-03-02 02:00:05' COUNT"
        #expect(try rows(engine.query(text, options: settings)) == [[.integer(5)]])
        #expect(try rows(engine.query(text + " AT TIME ZONE '+01:00'", options: settings)) == [[.integer(0)]])
        settings.timeZone = "Nowhere/Land"
        let failure = failure { _ = try engine.query(text, options: settings) }
        #expect(failure.map { "\($0)" } == "'Nowhere/Land' is no time zone")
        try engine.close()
    }

    @Test("a question that was cancelled gives nothing, and neither do events that are still to come")
    func cancellation() throws {
        let engine = try Engine(makeStore(), for: .appending())
        _ = try engine.append(lines(0..<10))
        var settings = QuerySettings()
        let cancellation = Cancellation()
        settings.cancellation = cancellation
        var events = try engine.query("TIMELINE", options: settings)
        cancellation.cancel()
        for failure in [
            failure { _ = try events.next() }, failure { _ = try engine.query("TIMELINE COUNT", options: settings) },
        ] {
            #expect(failure.map { "\($0)" } == "cancelled")
        }
        try engine.close()
    }

    private func failure(_ body: () throws -> Void) -> EngineError? {
        do { try body() } catch { return error as? EngineError }
        return nil
    }

    @Test("errors say whose fault it is, and where")
    func errors() throws {
        let engine = try Engine(makeStore())
        let mistake = failure { _ = try engine.query("TIMELINE WHERE service = api") }.map { "\($0)" } ?? ""
        #expect(mistake.hasPrefix("line 1, column 26: "))
        #expect(mistake.contains("^~~"))
        let refusal = failure { _ = try engine.append(lines(0..<1)) }
        #expect(refusal.map { "\($0)" } == "the store was opened to be read")
        let masked = failure { _ = try Engine(makeStore(), for: .appending(AppendSettings(mask: "nothing"))) }
        #expect(masked.map { "\($0)".hasPrefix("mask: ") } == true)
        let missing = failure { _ = try Engine(opening: "/nowhere/at/all") }
        #expect(missing.map { "\($0)" } == "there is no store in /nowhere/at/all")
    }

    @Test("what is masked and where fields are can be said for an engine")
    func settings() throws {
        let settings = AppendSettings(mask: "email=redact", fields: "service=app")
        let engine = try Engine(makeStore(), for: .appending(settings))
        let line = #"{"timestamp":1772409600,"app":"x","message":"to a@example.org"}"#
        #expect(try engine.append(Array(line.utf8)).maskedCounts.count == 1)
        #expect(try rows(engine.query("TIMELINE COUNT BY service")) == [[.text("x"), .integer(1)]])
        try engine.close()
    }

    @Test("a checkpoint and statistics tell of what there is")
    func statistics() throws {
        let engine = try Engine(makeStore(), for: .appending())
        #expect(try engine.statistics().times == nil)
        _ = try engine.append(lines(0..<10))
        #expect(try engine.statistics().eventCount == 0)
        #expect(try engine.statistics().logByteCount > 0)
        try engine.close()
        let statistics = try engine.statistics()
        #expect(statistics.eventCount == 10)
        #expect(statistics.segmentCount == 1)
        #expect(statistics.logByteCount == 0)
        #expect(statistics.times == 1_772_409_600_000_000_000...1_772_409_609_000_000_000)
        #expect(try engine.checkpoint() != nil)
    }

    @Test("EXPLAIN and a graph are answers like others")
    func forms() throws {
        let engine = try Engine(makeStore(), for: .appending())
        _ = try engine.append(Array(#"{"timestamp":1772409600,"eventId":"a","traceId":"t","spanId":"s"}"#.utf8))
        #expect(try engine.explain("TIMELINE COUNT").columns == ["step", "detail"])
        #expect(try rows(engine.explain("TIMELINE COUNT", isAnalysis: true)).contains { $0[0] == .text("time") })
        let graph = try engine.query("TRAVERSE FROM a AS GRAPH")
        #expect(graph.links?.columns.first == "cause")
        #expect(try rows(graph).count == 1)
        try engine.close()
    }
}
