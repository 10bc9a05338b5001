import Glibc
import Storage
import Testing
import TimeQL

@testable import Execution

/// How many random questions are asked, and from which seed on. `TRAVERSION_QUERIES=200000` is what runs at night; a
/// round that failed is asked again with `TRAVERSION_QUERIES=25 TRAVERSION_SEED=` and its number.
private enum Rounds {
    static let questionCount: UInt64 = 25
    static let count = max(1, setting("TRAVERSION_QUERIES", 2000) / questionCount)
    static let first = setting("TRAVERSION_SEED", 1)

    private static func setting(_ name: String, _ standard: UInt64) -> UInt64 {
        getenv(name).flatMap { UInt64(String(cString: $0)) } ?? standard
    }
}

@Suite("Random questions over random stores")
struct RandomAnswerTests {
    /// One store, and how it is asked.
    private struct Round {
        var random: RandomQueries
        let events: [ReferenceEvent]
        let pool: ReaderPool
        let options: QueryOptions

        func answer(_ text: String) throws -> Answer {
            try Answer(
                Query(text), over: pool, context: TimeContext(now: RandomQueries.start), options: options)
        }

        func table(_ text: String) throws -> AnswerTable {
            guard case .table(let table) = try answer(text) else { return AnswerTable(columns: [], rows: []) }
            return table
        }

        func lines(_ text: String) throws -> [String] {
            guard case .events(var events) = try answer(text) else { return ["a table"] }
            var output: [UInt8] = []
            try events.run { output += $0 }
            return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
        }

        mutating func ask() throws {
            let from = RandomQueries.start + Int64(random.number(below: 5 * 3600)) * 1_000_000_000
            switch random.number(below: 5) {
            case 0, 1:
                let timeline = PlainTimeline(
                    condition: random.condition(), from: from, isNewestFirst: random.number(below: 2) == 0,
                    limit: 1 + random.number(below: 60))
                try timeline.check(events, lines)
            case 2, 3:
                let numbers = PlainNumbers(
                    condition: random.condition(), from: from,
                    bucket: random.number(below: 2) == 0 ? 1 + random.number(below: 90) : nil,
                    group: [nil, "service", "severity", "x", "message"][random.number(below: 5)])
                try numbers.check(events, table)
            default: try state(at: from)
            }
        }

        /// The last value that each service has set.
        private func state(at time: Int64) throws {
            var last: [String: (time: Int64, cells: [AnswerTable.Cell])] = [:]
            for event in events where event.time <= time {
                guard case .integer(let cpu) = event.value("state.cpu") else { continue }
                let service: AnswerTable.Cell =
                    if case .text(let text) = event.value("service") { .text(text) } else { .none }
                if let known = last["\(service)"], known.time > event.time { continue }
                last["\(service)"] = (
                    event.time, [service, .none, .none, .text("cpu"), .integer(Int(cpu)), .time(event.time), .none]
                )
            }
            let expected = last.values.map(\.cells).sorted { left, right in
                guard case .text(let first) = left[0] else { return true }
                guard case .text(let second) = right[0] else { return false }
                return first < second
            }
            #expect(try table("STATE AT \(time)").rows == expected)
        }
    }

    @Test(
        "answers are those of plain code, in every configuration, on any number of threads, with a cache and without",
        arguments: Rounds.first..<Rounds.first + Rounds.count)
    func agrees(seed: UInt64) throws {
        var random = RandomQueries(seed: seed &* 0x9E37)
        let events = (0..<(20 + random.number(below: 160))).map { _ in random.event() }
        let configurations = StoreConfiguration.allCases
        let (store, appender) = try configurations[Int(seed % UInt64(configurations.count))].store(events)
        var options = QueryOptions()
        options.threadCount = [1, 2, 5][random.number(below: 3)]
        if random.number(below: 2) == 0 { options.resultCache = ResultCache(byteLimit: 1 << 20) }
        var round = Round(
            random: random, events: events, pool: ReaderPool(try store.snapshot()), options: options)
        for _ in 0..<Rounds.questionCount { try round.ask() }
        withExtendedLifetime(appender) {}
    }
}
