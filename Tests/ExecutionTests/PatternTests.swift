import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Patterns")
struct PatternTests {
    /// Events by their seconds; an odd number comes in by another ingest than an even one.
    private func store(_ events: [(second: Int, members: String)]) throws -> Store {
        let lines = events.enumerated().map { number, event in
            let (hour, minute, second) = (event.second / 3600, event.second / 60 % 60, event.second % 60)
            func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            return #"{"timestamp":"2026-03-02T\#(pad(hour)):\#(pad(minute)):\#(pad(second))Z","#
                + #""eventId":"\#(number)",\#(event.members)}"#
        }
        return try TestStore.dealt(lines, ingests: 2)
    }

    private func table(_ text: String, _ store: Store, now: Int64 = RandomQueries.start) throws -> AnswerTable {
        guard case .table(let table) = try Answer(Query(text), over: store.snapshot(), context: TimeContext(now: now))
        else { return AnswerTable(columns: [], rows: []) }
        return table
    }

    /// The ids of the events of each match.
    private func matches(_ text: String, _ store: Store, now: Int64 = RandomQueries.start) throws -> [String] {
        let table = try table(text, store, now: now)
        let columns = (0..<table.columns.count).filter { ["outcome", "event"].contains(table.columns[$0]) }
        var matches: [String] = []
        var last = 0
        for row in table.rows {
            guard case .integer(let number) = row[0] else { return ["no number"] }
            let isFirst = number != last
            let texts = columns.compactMap { column -> String? in
                guard case .text(let text) = row[column] else { return "?" }
                return text == "complete" || (text == "timed out" && !isFirst) ? nil : text
            }
            if isFirst { matches.append("") }
            matches[matches.count - 1] += (isFirst ? "" : " ") + texts.joined(separator: " ")
            last = number
        }
        return matches
    }

    private func letters(_ text: String) throws -> Store {
        try store(
            text.enumerated().filter { $0.element != " " }.map {
                (second: $0.offset, #""t":"\#($0.element)","m":"\#($0.element)""#)
            })
    }

    /// A letter a, b or c stands for an event that has it.
    private func pattern(_ text: String) -> String {
        let words = text.split(separator: " ").map { word in
            let letters = word.filter { "abc".contains($0) }
            let isEvent = letters.count == 1 && word.allSatisfy { !$0.isLetter || "abc".contains($0) }
            return isEvent ? String(word).replacing(letters, with: "t = '\(letters)'") : "\(word)"
        }
        return "MATCH PATTERN " + words.joined(separator: " ") + " "
    }

    @Test("the example of the product runs as it stands")
    func example() throws {
        let store = try store([
            (0, #""state":{"cpu":85.5,"memory":10}"#), (100, #""state":{"cpu":90,"memory":20}"#),
            (390, #""state":{"cpu":5,"memory":95}"#), (395, #""state":{"cpu":5,"memory":99}"#),
            (1000, #""state":{"cpu":81,"memory":99}"#), (1301, #""state":{"cpu":1,"memory":99}"#),
        ])
        let text = "MATCH PATTERN WHERE cpu > 80% FOLLOWED BY memory > 90% WITHIN 5 minutes IN LAST 30 days"
        let answer = try table(text, store, now: RandomQueries.start + 3_600_000_000_000)
        #expect(answer.columns == ["match", "step", "time", "event", "eventType", "service", "host"])
        #expect(
            answer.rows.map { Array($0.prefix(4)) } == [
                [.integer(1), .text("cpu > 80 percent"), .time(RandomQueries.start + 100_000_000_000), .text("1")],
                [.integer(1), .text("memory > 90 percent"), .time(RandomQueries.start + 390_000_000_000), .text("2")],
            ])
    }

    @Test(
        "runs are found and told as the page says",
        arguments: [
            ("aab b", "a FOLLOWED BY b", ["1 2"]), ("aabab", "a FOLLOWED BY b OVERLAPPING", ["1 2", "3 4"]),
            ("ab ab", "a FOLLOWED BY b", ["0 1", "2 3"]), ("axb", "a FOLLOWED BY b WITHOUT m = 'x'", []),
            ("axab", "a FOLLOWED BY b WITHOUT m = 'x'", ["2 3"]),
            ("aaab", "a + FOLLOWED BY b", ["0 1 2 3"]), ("aaab", "a +? FOLLOWED BY b", ["0 3"]),
            ("abbbc", "a FOLLOWED BY b * FOLLOWED BY c", ["0 1 2 3 4"]),
            ("abbbc", "a FOLLOWED BY b *? FOLLOWED BY c", ["0 4"]),
            ("abbbb", "a FOLLOWED BY b {2,3}", ["0 1 2 3"]), ("abbbb", "a FOLLOWED BY b {2,3}?", ["0 1 2"]),
            ("ab ba", "PERMUTE( a , b )", ["0 1", "2 3"]), ("cb a", "PERMUTE( a , b , c )", ["0 1 2"]),
            ("a    b", "a FOLLOWED BY b AFTER 5s", ["0 1"]), ("a   b", "a FOLLOWED BY b AFTER 5s", []),
            ("aaaaab", "a FOLLOWED BY b AFTER 3s WITHIN 4s", ["2 5"]),
            ("a b", "a NOT FOLLOWED BY c WITHIN 3s FOLLOWED BY b", []),
            ("a   b", "a NOT FOLLOWED BY c WITHIN 3s FOLLOWED BY b", ["0 1"]),
            ("a  cb", "a NOT FOLLOWED BY c WITHIN 3s FOLLOWED BY b", []),
            ("a  c", "a NOT FOLLOWED BY c WITHIN 2s", ["0"]), ("acb", "a NOT FOLLOWED BY c FOLLOWED BY b", []),
            ("ab", "c | a FOLLOWED BY b", ["0 1"]), ("cab", "( c | a ) FOLLOWED BY b", ["1 2"]),
            ("a b c", "a FOLLOWED BY b FOLLOWED BY c TOTAL WITHIN 3s", []),
            ("aab c", "a FOLLOWED BY b FOLLOWED BY c TOTAL WITHIN 3s", ["1 2 3"]),
            ("aaaaa", "a {3,}", ["0 1 2 3 4"]), ("aaaaa", "a {3,} TOTAL WITHIN 3s", ["0 1 2 3"]),
            ("ab ab", "a FOLLOWED BY b LIMIT 1", ["0 1"]),
        ])
    func cases(events: String, text: String, wanted: [String]) throws {
        #expect(try matches(pattern(text), letters(events)) == wanted, "\(pattern(text))")
    }

    @Test("an absence that is not over at the end of the period is no match, and without an end it is over by now")
    func openAbsence() throws {
        let store = try letters("ab")
        let text = pattern("a NOT FOLLOWED BY c WITHIN 5s")
        #expect(try matches(text + "TO '2026-03-02 00:00:05'", store) == [])
        #expect(try matches(text + "TO '2026-03-02 00:00:06'", store) == ["0"])
        #expect(try matches(text, store, now: RandomQueries.start) == [])
        #expect(try matches(text, store, now: RandomQueries.start + 6_000_000_000) == ["0"])
    }

    @Test("gaps of at least some hundred seconds, which need no luck")
    func longGaps() throws {
        let store = try store((0..<300).map { (second: $0 * 10, #""t":"\#(["a", "b", "c"][$0 % 3])""#) })
        #expect(
            try matches(
                "MATCH PATTERN t = 'a' FOLLOWED BY t = 'b' AFTER 500s FOLLOWED BY t = 'c' AFTER 502s LIMIT 1", store)
                == ["0 52 104"])
    }

    @Test("matches that end at one time: those that end with events come first, then by their last events")
    func order() throws {
        let store = try store([
            (0, #""t":"a","host":"1""#), (1, #""t":"b","host":"2""#), (10, #""t":"c","host":"3""#),
            (10, #""t":"c","host":"4""#), (12, #""t":"x""#),
        ])
        let text = """
            MATCH PATTERN t = 'a' NOT FOLLOWED BY t = 'x' WITHIN 10s | t = 'b' NOT FOLLOWED BY t = 'x' WITHIN 9s | t = 'c'
            ON host TO '2026-03-02 00:00:12'
            """
        #expect(try matches(text, store) == ["2", "3", "0", "1"])
    }

    @Test("ON keeps keys apart, and events without one are in no match")
    func shared() throws {
        let store = try store([
            (0, #""t":"a","service":"x","host":"1""#), (1, #""t":"b","service":"y","host":"1""#),
            (2, #""t":"b","host":"1""#), (3, #""t":"b","service":"x","host":"2""#),
            (4, #""t":"a","service":"y","host":"1""#), (5, #""t":"b","service":"y","host":"1""#),
            (6, #""t":"b","service":"x","host":null"#), (7, #""t":"b","service":"x","host":"1""#),
        ])
        #expect(try matches("MATCH PATTERN t = 'a' FOLLOWED BY t = 'b' ON service", store) == ["0 3", "4 5"])
        #expect(try matches("MATCH PATTERN t = 'a' FOLLOWED BY t = 'b' ON service, host", store) == ["4 5", "0 7"])
        let answer = try table("MATCH PATTERN t = 'a' AS first FOLLOWED BY t = 'b' ON host, service LIMIT 1", store)
        #expect(answer.columns.prefix(4) == ["match", "host", "service", "step"])
        #expect(answer.rows[0].prefix(4) == [.integer(1), .text("1"), .text("y"), .text("first")])
    }

    @Test("a condition holds for a while when every event that tells of it fulfils it")
    func sustained() throws {
        let store = try store([
            (0, #""cpu":90,"host":"x""#), (10, #""cpu":10,"host":"y""#), (20, #""note":1,"host":"x""#),
            (30, #""cpu":90,"host":"x""#), (60, #""cpu":91,"host":"x""#), (70, #""cpu":70,"host":"x""#),
            (80, #""cpu":95,"host":"x""#), (130, #""cpu":95,"host":"x""#), (140, #""cpu":95,"host":"x""#),
        ])
        #expect(try matches("MATCH PATTERN cpu > 80% FOR 1 minute ON host", store) == ["4", "8"])
        #expect(try matches("MATCH PATTERN cpu > 80% FOR 1 minute", store) == ["8"])
        #expect(try matches("MATCH PATTERN cpu > 80% FOR 30 s FOLLOWED BY note = 1", store) == [])
    }

    @Test("WITH PARTIAL tells the run that lasted longest when all are out of time")
    func partial() throws {
        #expect(
            try matches(pattern("a FOLLOWED BY b WITHIN 2s WITH PARTIAL"), letters("aa   ab  a"))
                == ["timed out 1", "2 3"])
        #expect(
            try matches(
                pattern("a FOLLOWED BY b FOLLOWED BY c TOTAL WITHIN 4s WITH PARTIAL"), letters("ab aX     c"),
                now: RandomQueries.start) == ["timed out 2"])
        #expect(
            try matches(pattern("a FOLLOWED BY b WITHIN 2s WITHOUT m = 'x' WITH PARTIAL"), letters("ax     b")) == [])
        #expect(try matches(pattern("a FOLLOWED BY b WITH PARTIAL"), letters("a         a")) == [])
    }

    @Test("equal times are ordered by the order in which events were stored")
    func equalTimes() throws {
        let store = try store([
            (0, #""t":"b""#), (0, #""t":"x""#), (0, #""t":"a""#), (0, #""t":"x""#), (0, #""t":"b""#),
        ])
        #expect(try matches("MATCH PATTERN t = 'a' FOLLOWED BY t = 'b' WITHIN 0s", store) == ["2 4"])
    }

    @Test(
        "what a pattern may not be is an error",
        arguments: [
            ("a {5000}", "more than 4096 states"), ("((( a {30} ){30} ){30} ){30}", "more than 4096 states"),
            ("PERMUTE( a , a , a , a , a , a , a , a , a , a , a , a )", "more than 4096 states"),
            ("a NOT FOLLOWED BY b", "how long"), ("( a NOT FOLLOWED BY b ) FOLLOWED BY c", "how long"),
            ("a NOT FOLLOWED BY ( b FOLLOWED BY c ) WITHIN 1s", "one event"), ("a ON u", "no event"),
        ])
    func refused(text: String, message: String) throws {
        let store = try letters("abc")
        do {
            _ = try matches(pattern(text), store)
            Issue.record("nothing is wrong")
        } catch ExecutionError.query(let error) {
            #expect(error.message.contains(message), "\(error.message)")
        }
    }

    @Test("a pattern of 64 conditions is taken, and of 65 refused")
    func conditions() throws {
        let store = try letters("abc")
        func text(_ count: Int) -> String {
            "MATCH PATTERN " + (0..<count).map { "t = '\($0)'" }.joined(separator: " | ")
        }
        #expect(try matches(text(64), store) == [])
        #expect(throws: ExecutionError.self) { try matches(text(65), store) }
    }

    @Test("matches of many keys are the same on one thread and on several")
    func threads() throws {
        var random = RandomQueries(seed: 11)
        let store = try store(
            (0..<9000).map { second in
                let (kind, key) = (["a", "b", "c"][random.number(below: 3)], random.number(below: 900))
                return (second, #""t":"\#(kind)","user":"number-\#(key)","n":\#(key % 7),"host":"h\#(key % 2)""#)
            })
        let pool = ReaderPool(try store.snapshot())
        for shared in ["user", "n, user", "host, n", "user, host, n"] {
            for more in ["", " OVERLAPPING", " LIMIT 7", " WITH PARTIAL"] {
                let text = "MATCH PATTERN t = 'a' FOLLOWED BY t = 'b' WITHIN 20 minutes ON \(shared)\(more)"
                let tables = try [1, 2, 5].map { threadCount in
                    var options = QueryOptions()
                    options.threadCount = threadCount
                    let answer = try Answer(
                        Query(text), over: pool, context: TimeContext(now: RandomQueries.start), options: options)
                    guard case .table(let table) = answer else { return AnswerTable(columns: [], rows: []) }
                    return table
                }
                #expect(tables[0].rowCount >= 14)
                #expect(tables[1] == tables[0] && tables[2] == tables[0], "\(text)")
            }
        }
    }

    @Test("runs that need more memory than they may are an error")
    func budget() throws {
        guard case .pattern(let statement) = try Query(pattern("a FOLLOWED BY b AFTER 40m")).statement else { return }
        let store = try letters(String(repeating: "a", count: 3000) + "b")
        let scan = try EventScan(store.snapshot(), times: .min ... .max, knownAt: .max)
        let binder = PredicateBinder(catalog: scan.catalog, context: TimeContext(now: 0))
        var answer = PatternAnswer(statement: statement, scan: scan, binder: binder, end: .max)
        answer.options.memoryByteLimit = 1 << 20
        #expect(try answer.table().rowCount == 2)
        answer.options.memoryByteLimit = 100_000
        #expect(throws: QueryError.self) { try answer.table() }
        answer.options.isCancelled = { true }
        #expect(throws: ExecutionError.self) { try answer.table() }
    }
}
