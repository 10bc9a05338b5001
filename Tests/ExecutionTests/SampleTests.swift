import Bytes
import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Events that stand for others")
struct SampleTests {
    private static let share = 0.25

    /// Some thousand events of some hundred traces; every twentieth is an error.
    private func makeStore() throws -> Store {
        var random = SplitMix64(seed: 12)
        let lines = (0..<6000).map { index in
            let trace = random.next() % 2000
            let milliseconds = random.next() % 1000
            return "{\"timestamp\":\(1_772_409_600 + index),\"traceId\":\"t\(trace)\",\"service\":\"s\(trace % 3)\","
                + "\"ms\":\(milliseconds),\"severity\":\"\(index % 20 == 0 ? "ERROR" : "INFO")\","
                + "\"message\":\"took \(milliseconds) ms\"}"
        }
        return try TestStore.dealt(lines)
    }

    private func sample(_ store: Store) throws {
        let policy = SamplingPolicy(share: Self.share)
        _ = try #require(try store.moveTiers(policy: TierPolicy(warmAfter: .min, coldAfter: .min), sampling: policy))
    }

    private func table(_ text: String, _ store: Store) throws -> AnswerTable {
        let answer = try Answer(Query(text), over: store.snapshot(), context: TimeContext(now: RandomQueries.start))
        switch answer {
        case .table(let table): return table
        case .plan(let plan): return plan.table
        default: return AnswerTable(columns: [], rows: [])
        }
    }

    private func number(_ cell: AnswerTable.Cell) -> Double {
        switch cell {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: .nan
        }
    }

    // The sample follows from the ids of the traces, so the bounds hold always or never.
    @Test("numbers are near those of all events")
    func estimates() throws {
        let (store, sampled) = (try makeStore(), try makeStore())
        try sample(sampled)
        let bounds: [(function: String, bound: Double)] = [
            ("COUNT", 0.1), ("RATE", 0.1), ("COUNT(ms)", 0.1), ("SUM(ms)", 0.1), ("AVG(ms)", 0.05), ("P50(ms)", 0.1),
            ("P99(ms)", 0.02),
        ]
        for (function, bound) in bounds {
            for text in ["\(function)", "\(function) BY service", "BUCKET 30 minutes \(function)"] {
                let (all, estimates) = (try table("TIMELINE " + text, store), try table("TIMELINE " + text, sampled))
                #expect(all.notes.isEmpty)
                #expect(estimates.rows.map { $0.dropLast() } == all.rows.map { $0.dropLast() })
                for (estimate, row) in zip(estimates.rows, all.rows) {
                    let (found, wanted) = (number(estimate[estimate.count - 1]), number(row[row.count - 1]))
                    // Of a third of the events the sample is a third as large.
                    #expect(
                        abs(found - wanted) <= wanted * bound * (row.count == 1 ? 1 : 2), "\(text): \(found), \(wanted)"
                    )
                }
            }
        }
    }

    @Test("events that are always kept count once, and exactly")
    func certain() throws {
        let store = try makeStore()
        let text = "TIMELINE WHERE error_occurred COUNT, SUM(ms), P50(ms), DISTINCT(message), MAX(ms)"
        let all = try table(text, store)
        try sample(store)
        #expect(try table(text, store).rows == all.rows)
        #expect(try table(text, store).notes == [])
    }

    @Test("an answer that is an estimate says so, and so does EXPLAIN")
    func notes() throws {
        let store = try makeStore()
        try sample(store)
        let notes = try table("TIMELINE COUNT", store).notes
        #expect(notes.count == 1)
        #expect(notes.first?.contains("of the events are a sample that stands for about") == true)
        #expect(try table("TIMELINE PATTERNS", store).notes == notes)
        #expect(try table("EXPLAIN TIMELINE COUNT", store).rows.contains { $0[0] == .text("sample") })
        #expect(try !table("EXPLAIN TIMELINE COUNT", makeStore()).rows.contains { $0[0] == .text("sample") })
    }

    @Test("kinds of messages, TOP and what is different are told of a sample, too")
    func others() throws {
        let store = try makeStore()
        let all = try table("TIMELINE PATTERNS", store)
        let different = try table("TIMELINE DISTINCT(traceId), MIN(ms)", store)
        try sample(store)
        let patterns = try table("TIMELINE PATTERNS", store)
        #expect(patterns.rows.map { $0[0] } == all.rows.map { $0[0] })
        #expect(abs(number(patterns.rows[0][1]) - 6000) < 600)
        #expect(try table("TIMELINE COUNT BY service TOP 2 BY COUNT", store).rows.count == 2)
        // Only what was kept can be told.
        #expect(try number(table("TIMELINE DISTINCT(traceId)", store).rows[0][0]) < number(different.rows[0][0]))
    }

    @Test("a number that counts three times gives what three of it give", arguments: 0..<20)
    func weights(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let functions: [Aggregate.Function] = [
            .sum, .average, .quantile(thousandths: 50_000), .quantile(thousandths: 99_000),
        ]
        for function in functions {
            var weighed = WeighedNumber(function)
            var plain = GroupedNumber(function)
            weighed.grow(to: 1)
            plain.grow(to: 1)
            for _ in 0..<(1 + random.next() % 40) {
                let value = Double(random.next() % 2000) - 500
                let weight = Int(random.next() % 3) + 1
                weighed.add(Double(weight)) { $0.add([value], [0]) }
                plain.add([Double](repeating: value, count: weight), [UInt32](repeating: 0, count: weight))
            }
            #expect(number(weighed.result(0, seconds: 1)).isNear(number(plain.result(0, seconds: 1))), "\(function)")
            // In parts, too.
            var joined = WeighedNumber(function)
            joined.grow(to: 2)
            joined.merge(weighed, [1])
            #expect(joined.result(1, seconds: 1) == weighed.result(0, seconds: 1))
        }
    }
}

extension Double {
    fileprivate func isNear(_ other: Double) -> Bool { abs(self - other) <= 1e-9 * Swift.max(1, abs(other)) }
}
