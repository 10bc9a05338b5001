import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Which events a pattern can reach")
struct PatternReachTests {
    /// Single events of three letters by chance, among many others.
    private func events(seed: UInt64) -> [ReferenceEvent] {
        var random = RandomQueries(seed: seed)
        return (0..<400).map { number in
            let letter = ["a", "b", "c"][random.number(below: 3)]
            return ReferenceEvent(
                time: RandomQueries.start + Int64(number) * 10_000_000_000,
                members: [
                    ("eventId", .text("\(number)")), ("host", .text("h\(random.number(below: 2))")),
                    ("kind", .text(random.number(below: 15) == 0 ? letter : "x")),
                ])
        }
    }

    private func answer(_ text: String, _ store: Store) throws -> Answer {
        try Answer(Query(text), over: store.snapshot(), context: TimeContext(now: RandomQueries.start))
    }

    private func table(_ text: String, _ store: Store) throws -> AnswerTable {
        guard case .table(let table) = try answer(text, store) else { return AnswerTable(columns: [], rows: []) }
        return table
    }

    /// How many zones are left out for that.
    private func leftOut(_ text: String, _ store: Store) throws -> Int? {
        guard case .plan(let plan) = try answer("EXPLAIN " + text, store),
            let zones = plan.steps.first(where: { $0.name == "zones" }),
            case .integer(let count)? = zones.facts.first(where: { $0.name == "leftOutByPattern" })?.value
        else { return nil }
        return count
    }

    @Test("what no match can reach is not read, and matches are the same", arguments: 0..<6)
    func isNotRead(seed: UInt64) throws {
        let events = events(seed: seed)
        let (whole, _) = try StoreConfiguration.oneIngest.store(events)
        let (parted, _) = try StoreConfiguration.tinySegments.store(events)
        let (mixed, appender) = try StoreConfiguration.mixed.store(events)
        var (leftOutCount, rowCount) = (0, 0)
        for text in [
            "kind = 'a' FOLLOWED BY kind = 'b' WITHIN 1 minute ON host",
            "kind = 'a' FOLLOWED BY kind = 'b' FOLLOWED BY kind = 'c' TOTAL WITHIN 4 minutes",
            "kind = 'a' FOLLOWED BY kind = 'b' WITHIN 4 minutes WITHOUT kind = 'c'",
            "kind = 'a' FOLLOWED BY (kind = 'b' | kind = 'c') AFTER 70s WITHIN 2 minutes OVERLAPPING",
            "kind = 'a' + FOLLOWED BY kind = 'b' WITHIN 1 minute LIMIT 2",
            "kind = 'a' NOT FOLLOWED BY kind = 'b' FOLLOWED BY kind = 'c' WITHIN 3 minutes ON host",
        ] {
            let statement = "MATCH PATTERN " + text
            let wanted = try table(statement, whole)
            for store in [parted, mixed] { #expect(try table(statement, store) == wanted, "\(text)") }
            leftOutCount += try leftOut(statement, parted) ?? 0
            rowCount += wanted.rows.count
        }
        #expect(leftOutCount > 20 && rowCount > 4)
        withExtendedLifetime(appender) {}
    }

    @Test(
        "everything is read where time itself leads runs on",
        arguments: [
            "kind = 'a' NOT FOLLOWED BY kind = 'b' WITHIN 1 minute",
            "kind = 'a' FOR 1 minute FOLLOWED BY kind = 'b' WITHIN 1 minute",
            "kind = 'a' FOLLOWED BY kind = 'b' WITHIN 1 minute WITH PARTIAL",
        ])
    func isRead(text: String) throws {
        let (store, _) = try StoreConfiguration.tinySegments.store(events(seed: 1))
        #expect(try leftOut("MATCH PATTERN " + text, store) == 0)
    }

    @Test("spans of time are joined, cut and moved, and nothing runs over the ends of time")
    func spans() {
        let spans = TimeSpans([20...30, 1...4, 4...6, 40...41])
        #expect(spans.spans == [1...6, 20...30, 40...41])
        #expect(
            [0...0, 0...1, 6...7, 7...19, 30...50, 42...50].map(spans.overlaps) == [
                false, true, true, false, true, false,
            ])
        #expect(spans.intersection(TimeSpans([5...21, 30...40])).spans == [5...6, 20...21, 30...30, 40...40])
        #expect(spans.after(least: 10, most: 14).spans == [11...20, 30...44, 50...55])
        #expect(spans.before(least: 2, most: 3).spans == [-2...4, 17...28, 37...39])
        #expect(TimeSpans([1...2]).after(least: 5, most: 3).spans.isEmpty)
        #expect(spans.after(least: 0, most: .max).spans == [1...Int64.max])
    }
}
