import Bytes
import Files
import Ingest
import Storage
import Testing
import TimeQL

@testable import Execution

/// Optimised builds try more histories.
private let historyCount: UInt64 = {
    #if DEBUG
        return 16
    #else
        return 160
    #endif
}()

@Suite("State keyframes")
struct StateKeyframeTests {
    private func rows(_ text: String, _ store: Store) throws -> [[AnswerTable.Cell]] {
        let context = TimeContext(now: RandomQueries.start)
        guard case .table(let table) = try Answer(Query(text), over: store.snapshot(), context: context) else {
            return []
        }
        return table.rows
    }

    @Test("whatever happens to a store, state at any time is that of a plain replay", arguments: 0..<historyCount)
    func agrees(seed: UInt64) throws {
        var history = try StateHistory(seed: seed)
        for step in 0..<20 {
            try history.step()
            let (time, known) = (history.time(), history.time())
            let found = try rows("STATE AT \(time)", history.store)
            try #require(found == history.state(at: time), "at \(time) after \(history.steps) of seed \(seed)")
            if step % 3 == 0 {
                let found = try rows("STATE AT \(time) AS KNOWN AT \(known)", history.store)
                try #require(
                    found == history.state(at: time, knownAt: known),
                    "at \(time) as known at \(known) after \(history.steps) of seed \(seed)")
            }
        }
    }
}
