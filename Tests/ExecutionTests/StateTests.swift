import Bytes
import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("State")
struct StateTests {
    private static let second: Int64 = 1_000_000_000

    private func rows(_ text: String, _ store: Store) throws -> [[AnswerTable.Cell]] {
        let context = TimeContext(now: RandomQueries.start)
        guard case .table(let table) = try Answer(Query(text), over: store.snapshot(), context: context) else {
            return []
        }
        return table.rows
    }

    private func event(_ second: Int, _ members: String) -> String {
        let (hour, minute) = (second / 3600, second / 60 % 60)
        func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return #"{"timestamp":"2026-03-02T\#(pad(hour)):\#(pad(minute)):\#(pad(second % 60))Z",\#(members)}"#
    }

    @Test("the state at any time is that of plain code, however the events came in", arguments: 0..<10)
    func agrees(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func number(_ limit: UInt64) -> Int { Int(random.next() % limit) }
        var lines: [String] = []
        var changes: [(second: Int, key: String, value: Int)] = []
        for index in 0..<150 {
            let (second, service, value) = (number(6 * 3600), "s\(number(3))", number(50))
            if index % 3 == 0 {
                lines.append(event(second, #""service":"\#(service)","message":"nothing changes""#))
            } else if index % 3 == 1 {
                lines.append(
                    event(second, #""service":"\#(service)","host":"h","state":{"cpu":\#(value),"p":{"n":1}}"#))
                changes.append((second, "\(service) h  cpu", value))
                changes.append((second, "\(service) h  p.n", 1))
            } else {
                let state = #"{"entity":"e\#(value % 3)","key":"size","value":\#(value)}"#
                lines.append(event(second, #""service":"\#(service)","state":\#(state)"#))
                changes.append((second, "\(service)  e\(value % 3) size", value))
            }
        }
        let store = try TestStore.dealt(lines, ingests: 1)
        for second in [0, 1000, 7200, 10_000, 6 * 3600] {
            var expected: [String: (second: Int, value: Int)] = [:]
            for change in changes where change.second <= second {
                if let known = expected[change.key], known.second > change.second { continue }
                expected[change.key] = (change.second, change.value)
            }
            let time = RandomQueries.start + Int64(second) * Self.second
            let found = try rows("STATE AT \(time)", store)
            #expect(found.count == expected.count)
            for row in found {
                let key = row[..<4].map { if case .text(let text) = $0 { text } else { "" } }.joined(separator: " ")
                let wanted = expected[key]
                #expect(row[4] == .integer(wanted?.value ?? -1), "\(key) at \(second)")
                #expect(row[5] == .time(RandomQueries.start + Int64(wanted?.second ?? 0) * Self.second))
            }
        }
    }

    @Test("an entity that has ended has no fields but those that were set later")
    func ends() throws {
        let store = try TestStore.dealt([
            event(0, #""service":"api","host":"a","state":{"cpu":40,"up":true}"#),
            event(0, #""service":"api","host":"b","state":{"cpu":50,"ended":false}"#),
            event(10, #""service":"api","host":"a","state":{"ended":true,"exit":1}"#),
            event(20, #""service":"api","host":"a","state":{"cpu":1}"#),
            event(20, #""service":"api","host":"b","state":{"ended":null}"#),
            event(30, #""service":"api","state":{"entity":"x","key":"size","value":3}"#),
            event(40, #""service":"api","state":{"entity":"x","key":"ended","value":"moved away"}"#),
        ])
        func fields(_ second: Int) throws -> [String] {
            try rows("STATE AT '2026-03-02 00:00:\(second)'", store).map { row in
                row[1..<4].map { if case .text(let text) = $0 { text } else { "-" } }.joined(separator: " ")
            }
        }
        #expect(try fields(5) == ["a - cpu", "a - up", "b - cpu"])
        #expect(try fields(15) == ["b - cpu"])
        #expect(try fields(35) == ["- x size", "a - cpu", "b - cpu"])
        #expect(try fields(45) == ["a - cpu", "b - cpu"])
        let changes = try rows("STATE BETWEEN '2026-03-02 00:00:01' AND '2026-03-02 00:00:45'", store)
        // The second cpu is that of a new life.
        #expect(changes.map { $0[5] } == [.none, .none, .none, .none, .none])
        #expect(changes.map { $0[4] } == [.text("ended"), .text("exit"), .text("cpu"), .text("size"), .text("ended")])
    }

    private func sample() throws -> Store {
        try TestStore.dealt([
            event(0, #""service":"api","host":"a","state":{"cpu":40,"up":true},"eventId":"e1""#),
            event(10, #""service":"api","host":"b","state":{"cpu":90.5},"eventId":"e2""#),
            event(20, #""service":"db","eventType":"config.change","attributes":{"key":"pool","newValue":"8"}"#),
            event(30, #""service":"api","host":"a","state":{"cpu":95,"up":null},"eventId":"e3""#),
        ])
    }

    @Test("WHERE keeps entities whose names or fields fulfil it, FOR the fields that are asked for")
    func conditions() throws {
        let store = try sample()
        let t0 = RandomQueries.start
        #expect(
            try rows("STATE AT '2026-03-02 00:00:15' WHERE service = 'api' AND cpu > 80", store)
                == [
                    [
                        .text("api"), .text("b"), .none, .text("cpu"), .number(90.5), .time(t0 + 10 * Self.second),
                        .text("e2"),
                    ]
                ])
        #expect(
            try rows("STATE AT '2026-03-02 00:00:15' WHERE up FOR up", store)
                == [[.text("api"), .text("a"), .none, .text("up"), .literal("true"), .time(t0), .text("e1")]])
        #expect(
            try rows("STATE AT '2026-03-02 00:01:00' WHERE service = 'db'", store).map { $0[3] } == [
                .text("config.pool")
            ])
        #expect(
            try rows("STATE AT '2026-03-02 00:01:00' WHERE up IS NULL AND host = 'a' FOR up", store).map { $0[4] } == [
                .none
            ])
        #expect(try rows("STATE AT '2026-03-02 00:00:10' LIMIT 1", store).count == 1)
        #expect(try rows("STATE AT '2026-03-01'", store) == [])
    }

    @Test("BETWEEN tells each change in its order, with what was before")
    func history() throws {
        let store = try sample()
        let t0 = RandomQueries.start
        let rows = try rows(
            "STATE BETWEEN '2026-03-02 00:00:10' AND '2026-03-02 00:00:30' WHERE service = 'api' FOR cpu", store)
        #expect(
            rows == [
                [
                    .time(t0 + 10 * Self.second), .text("api"), .text("b"), .none, .text("cpu"), .none, .number(90.5),
                    .text("e2"),
                ],
                [
                    .time(t0 + 30 * Self.second), .text("api"), .text("a"), .none, .text("cpu"), .integer(40),
                    .integer(95), .text("e3"),
                ],
            ])
        #expect(throws: ExecutionError.self) { try self.rows("STATE BETWEEN 2 AND 1", store) }
    }

    @Test("GROUP BY sums the fields of entities up, and by nothing but what they are called")
    func groups() throws {
        let store = try sample()
        let t0 = RandomQueries.start
        let since = AnswerTable.Cell.time(t0 + 30 * Self.second)
        #expect(
            try rows("STATE AT '2026-03-02 00:01:00' WHERE service = 'api' GROUP BY service", store) == [
                [
                    .text("api"), .text("cpu"), .integer(2), .integer(2), .number(90.5), .number(92.75), .number(95),
                    since,
                ],
                [.text("api"), .text("up"), .integer(1), .integer(1), .none, .none, .none, since],
            ])
        #expect(
            try rows("STATE AT '2026-03-02 00:01:00' FOR cpu GROUP BY host", store).map { $0[0] } == [
                .text("a"), .text("b"),
            ])
        #expect(throws: ExecutionError.self) { try rows("STATE AT '2026-03-02' GROUP BY cpu", store) }
        #expect(throws: ExecutionError.self) { try rows("STATE DIFF '2026-03-02', '2026-03-03' GROUP BY host", store) }
    }

    @Test("a field that none of the services has may be one of others")
    func otherServices() throws {
        let store = try sample()
        #expect(try rows("STATE AT '2026-03-02 00:01:00' WHERE service = 'db' AND cpu > 1", store) == [])
        #expect(throws: ExecutionError.self) {
            try rows("STATE AT '2026-03-02 00:01:00' WHERE service = 'db' AND nothing > 1", store)
        }
    }

    @Test("what has begun and not ended is in flight, for as long as its duration or until its end is told")
    func inFlight() throws {
        let store = try TestStore.dealt([
            event(0, #""service":"api","host":"a","state":{"cpu":40}"#),
            event(
                1, #""service":"api","host":"a","eventType":"http.request","traceId":"t1","spanId":"s1","eventId":"e1""#
            ),
            event(2, #""service":"db","eventType":"function.call","traceId":"t1","spanId":"s2","eventId":"e2""#),
            event(3, #""service":"db","eventType":"function.return","traceId":"t1","spanId":"s2""#),
            event(4, #""service":"api","eventType":"span","spanId":"s3","duration":2000000000,"eventId":"e3""#),
            event(5, #""service":"api","host":"a","eventType":"http.response","traceId":"t1","spanId":"s1""#),
            event(6, #""service":"api","eventType":"http.request","traceId":"t2","spanId":"s1","eventId":"e4""#),
        ])
        func spans(_ time: String, _ rest: String = "") throws -> [String] {
            try rows("STATE AT '2026-03-02 \(time)' \(rest) FOR inFlight", store).map { row in
                guard case .text(let key) = row[2], case .text(let type) = row[4] else { return "\(row)" }
                return "\(key) \(type)"
            }
        }
        #expect(try spans("00:00:01") == ["s1 http.request"])
        #expect(try spans("00:00:02") == ["s1 http.request", "s2 function.call"])
        #expect(try spans("00:00:03") == ["s1 http.request"])
        #expect(try spans("00:00:04.5") == ["s3 span", "s1 http.request"])
        #expect(try spans("00:00:05.999999999") == ["s3 span"])
        #expect(try spans("00:00:06") == ["s1 http.request"])
        #expect(try spans("00:00:06", "WHERE service = 'api' AND inFlight CONTAINS 'request'") == ["s1 http.request"])
        #expect(try rows("STATE AT '2026-03-02 01:00:05' FOR inFlight", store).map { $0[6] } == [.text("e4")])
        #expect(try spans("01:00:06") == [])
        #expect(try rows("STATE AT '2026-03-02 00:00:02'", store).count == 1)
    }

    @Test("DIFF tells what is not the same at two times")
    func difference() throws {
        let store = try sample()
        let t30 = RandomQueries.start + 30 * Self.second
        #expect(
            try rows("STATE DIFF '2026-03-02 00:00:20', '2026-03-02 00:00:30'", store) == [
                [.text("api"), .text("a"), .none, .text("cpu"), .integer(40), .integer(95), .time(t30), .text("e3")],
                [.text("api"), .text("a"), .none, .text("up"), .literal("true"), .none, .time(t30), .text("e3")],
            ])
        #expect(try rows("STATE DIFF '2026-03-02 00:00:30', '2026-03-02 00:00:30'", store) == [])
    }
}
