import Bytes
import Storage
import Testing
import TimeQL

@testable import Execution

/// Events that are more than a few: their times are not all decoded.
@Suite("Timelines of many events")
struct TimelinePeriodTests {
    private static let start = RandomQueries.start

    /// Milliseconds within an hour, in no regular way: some a little and a few much too late.
    private let times: [Int64] = {
        var random = SplitMix64(seed: 3)
        var now: Int64 = 0
        return (0..<6000).map { number in
            now += Int64(random.next() % 1000)
            let late = number % 97 == 0 ? random.next() % 400_000 : number % 5 == 0 ? random.next() % 5000 : 0
            return max(0, now - Int64(late))
        }
    }()

    /// A second of the first day.
    private static func text(_ second: Int64) -> String {
        func pad(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "2026-03-02T\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60))"
    }

    private func store(isWhole: Bool) throws -> Store {
        let store = try TestStore.empty()
        let lines = times.enumerated().map { number, time in
            // Three digits of milliseconds, and six behind them.
            let fraction = String(
                String(1_000_000_000 + time % 1000 * 1_000_000 + (isWhole ? 0 : Int64(number))).dropFirst())
            let shown = isWhole ? fraction.prefix(3) : fraction[...]
            return #"{"timestamp":"\#(Self.text(time / 1000)).\#(shown)Z","service":"s\#(number % 3)"}"#
        }
        try TestStore.ingest(lines, into: store, "many")
        return store
    }

    @Test(
        "counts by buckets of some time are those of plain code, also when the same is asked again",
        arguments: [true, false], [(unit: "7 ms", width: Int64(7)), ("1 second", 1000), ("1 minute", 60_000)])
    func counts(isWhole: Bool, bucket: (unit: String, width: Int64)) throws {
        let store = try store(isWhole: isWhole)
        let pool = try ReaderPool(store.snapshot())
        for (from, to) in [(0, 3600), (100, 101), (299, 1801), (1000, 1000 + 60)] as [(Int64, Int64)] {
            var counts: [Int64: Int] = [:]
            for (number, time) in times.enumerated()
            where number % 3 == 1 && time >= from * 1000 && time < to * 1000 {
                let nanoseconds = Self.start / 1_000_000 + time
                counts[nanoseconds / bucket.width * bucket.width * 1_000_000, default: 0] += 1
            }
            let expected = counts.sorted { $0.key < $1.key }.map {
                [AnswerTable.Cell.time($0.key), .integer($0.value)]
            }
            let query =
                "TIMELINE FROM '\(Self.text(from))Z' TO '\(Self.text(to))Z' WHERE service = 's1' BUCKET \(bucket.unit) COUNT"
            for _ in 0..<2 {
                let answer = try Answer(Query(query), over: pool, context: TimeContext(now: Self.start))
                guard case .table(let table) = answer else {
                    Issue.record("events in place of numbers")
                    return
                }
                #expect(table.rows == expected, "\(query)")
            }
        }
    }
}
