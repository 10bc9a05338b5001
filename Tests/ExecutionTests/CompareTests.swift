import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Comparisons of two times")
struct CompareTests {
    /// At a second of 2026-03-02.
    private func event(_ second: Int, _ members: String) -> String {
        func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = [second / 3600, second / 60 % 60, second % 60].map(pad).joined(separator: ":")
        return #"{"timestamp":"2026-03-02T\#(time)Z",\#(members)}"#
    }

    private func table(_ text: String, _ store: Store) throws -> AnswerTable {
        let context = TimeContext(now: RandomQueries.start + 86_400_000_000_000)
        guard case .table(let table) = try Answer(Query(text), over: store.snapshot(), context: context) else {
            return AnswerTable(columns: [], rows: [])
        }
        return table
    }

    private func sketch(_ numbers: [Double]) -> QuantileSketch {
        var sketch = QuantileSketch()
        for number in numbers { sketch.add(number) }
        return sketch
    }

    @Test("a deploy is that of what is compared, when it was deployed there, else the last of that version")
    func deployOfService() throws {
        var lines = (0..<100).map { event($0, #""service":"a","n":\#($0 < 50 ? 1 : 2)"#) }
        for (second, service) in [(50, "a"), (90, "b")] {
            lines.append(event(second, #""service":"\#(service)","eventType":"deploy","version":"1""#))
        }
        let store = try TestStore.dealt(lines)
        func means(_ condition: String) throws -> [AnswerTable.Cell] {
            let text = "COMPARE 10 s BEFORE DEPLOY 'v1' WITH AFTER DEPLOY 'v1' FOR n WHERE \(condition)"
            return Array(try table(text, store).rows[0][2...3])
        }
        #expect(try means("service = 'a'") == [.number(1), .number(2)])
        #expect(try means("n > 0") == [.number(2), .number(2)])
    }

    @Test("the test of ranks gives what other implementations give")
    func ranks() throws {
        let test = try #require(RankTest(sketch([1, 2, 3, 4, 5, 5, 7]), sketch([4, 6, 8, 9, 10, 10, 12])))
        #expect(abs(test.likelihood - 0.012423763398468488) < 1e-12)
        #expect(abs(test.effect - 0.8163265306122449) < 1e-12)
        let same = try #require(RankTest(sketch([0, 0, 0]), sketch([0, 0])))
        #expect(same.effect == 0 && same.likelihood == 1)
        #expect(RankTest(sketch([1]), sketch([])) == nil)
    }

    @Test("the test of shares gives what the formula gives")
    func shares() throws {
        let test = try #require(ShareTest(30, of: 200, 60, of: 220))
        #expect(abs(test.likelihood - 0.002203369155473156) < 1e-12)
        #expect(abs(test.effect - 0.09661840117440781) < 1e-12)
        #expect(ShareTest(0, of: 0, 1, of: 2) == nil)
    }

    /// In the first minute everything is as ever; in the second one service is slow and fails.
    private func incident() throws -> Store {
        var lines: [String] = []
        for second in 0..<120 {
            let service = ["api", "cart", "db"][second % 3]
            let isBad = second >= 60 && service == "db"
            let numbers = #""ms":\#((isBad ? 100 : 10) + second % 7),"size":\#(second * 37 % 11)"#
            let outcome = isBad ? "timeout" : "fine"
            lines.append(
                event(
                    second,
                    #""service":"\#(service)",\#(numbers),"outcome":"\#(outcome)","request":"r\#(second)""#))
        }
        return try TestStore.dealt(lines)
    }

    @Test("a field that is asked for is told with both means, by groups, with a test that says its name")
    func periods() throws {
        let table = try table(
            "COMPARE FROM '2026-03-02 00:00' TO '2026-03-02 00:01' WITH FROM '2026-03-02 00:01' TO '2026-03-02 00:02' FOR ms BY service",
            incident())
        #expect(table.columns == ["service"] + Difference.columns)
        #expect(table.rows.count == 3)
        let row = table.rows[0]
        #expect(row[0] == .text("db") && row[1] == .text("ms") && row[9] == .text("Mann-Whitney"))
        #expect(row[6] == .integer(20) && row[7] == .integer(20))
        func mean(_ seconds: Range<Int>, _ base: Int) -> Double {
            let values: [Int] = seconds.filter { $0 % 3 == 2 }.map { base + $0 % 7 }
            return Double(values.reduce(0, +)) / 20
        }
        let (before, after): (Double, Double) = (mean(0..<60, 10), mean(60..<120, 100))
        #expect(row[3] == .number(before))
        #expect(row[4] == .number(after))
        #expect(row[5] == .number(after - before))
        #expect(row[8] == .number(1) && row[11] == .literal("true"))
        #expect(table.rows[1...].allSatisfy { $0[11] == .literal("false") })
    }

    @Test("without fields what differs most is found, and what chance makes is left out")
    func findsByItself() throws {
        let rows = try table(
            "COMPARE FROM '2026-03-02 00:00' TO '2026-03-02 00:01' WITH FROM '2026-03-02 00:01' TO '2026-03-02 00:02'",
            incident()
        ).rows
        let found: [String] = rows.map { row in
            guard case .text(let field) = row[0], case .text(let value) = row[1] else { return "a number" }
            return "\(field)=\(value)"
        }
        #expect(Set(found) == ["outcome=fine", "outcome=timeout"])
    }

    @Test("moments are compared by the state of all entities")
    func moments() throws {
        var lines: [String] = []
        for host in 0..<20 {
            lines.append(event(10, #""service":"s","host":"h\#(host)","state":{"cpu":\#(20 + host)}"#))
            lines.append(event(90, #""service":"s","host":"h\#(host)","state":{"cpu":\#(60 + host)}"#))
        }
        let store = try TestStore.dealt(lines)
        let row = try #require(
            table("COMPARE '2026-03-02 00:01' WITH '2026-03-02 00:02' FOR cpu WHERE service = 's'", store).rows.first)
        #expect(row[2] == .number(29.5) && row[3] == .number(69.5) && row[7] == .number(1))
        #expect(row[10] == .literal("true"))
    }

    @Test("periods are told by a deploy, or by the same time of another day")
    func otherSides() throws {
        let store = try TestStore.dealt([
            event(100, #""service":"s","x":1"#), event(130, #""service":"s","x":2"#),
            event(120, #""eventType":"deploy","service":"s","attributes":{"version":"2.3.1"}"#),
        ])
        let byDeploy = try table(
            "COMPARE 30 seconds BEFORE DEPLOY 'v2.3.1' WITH AFTER DEPLOY 'v2.3.1' FOR x", store)
        #expect(byDeploy.rows[0][2] == .number(1) && byDeploy.rows[0][3] == .number(2))
        let byDay = try table(
            "COMPARE FROM '2026-03-03 00:01:30' TO '2026-03-03 00:02' WITH SAME TIME '2026-03-02' FOR x", store)
        #expect(byDay.rows[0][2] == .none && byDay.rows[0][3] == .number(1))
        for (text, message) in [
            ("COMPARE BEFORE DEPLOY '2.3.1' WITH AFTER DEPLOY '2.3.1' FOR x", "is not said"),
            ("COMPARE LAST 1 hour WITH AFTER DEPLOY 'v9'", "no deploy of a version 'v9'"),
            ("COMPARE 'now' WITH FROM 'today' TO 'now'", "a moment cannot be compared with a period"),
            ("COMPARE SAME TIME yesterday WITH SAME TIME today", "no time that this could be the same as"),
        ] {
            do {
                _ = try table(text, store)
                Issue.record("\(text) was answered")
            } catch ExecutionError.query(let error) {
                #expect(error.message.contains(message), "\(error.message)")
            }
        }
    }

    @Test("messages are counted by what they have in common")
    func patterns() throws {
        let store = try TestStore.dealt([
            event(1, #""message":"user u-17 paid 20 EUR""#), event(2, #""message":"user u-3 paid 7 EUR""#),
            event(3, #""message":"retry 4 of 5""#), event(4, #""service":"s""#),
        ])
        #expect(
            try table("TIMELINE PATTERNS", store).rows == [
                [.text("user <*> paid <*> EUR"), .integer(2), .number(2.0 / 3)],
                [.text("retry <*> of <*>"), .integer(1), .number(1.0 / 3)],
            ])
        #expect(try table("TIMELINE PATTERNS LIMIT 1", store).rows.count == 1)
    }
}
