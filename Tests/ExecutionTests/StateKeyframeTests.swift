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

    @Test("an answer reads one keyframe and what has changed since, however long the history is")
    func bounded() throws {
        let store = try TestStore.empty()
        // Each second one of ten fields changes, for twelve hours; another field is set once.
        var lines = #"{"timestamp":"2026-03-02T00:00:00Z","service":"old","state":{"since":"ever"}}"# + "\n"
        for second in 0..<12 * 3600 where second % 10 == 0 {
            func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            let time = "2026-03-02T\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60))Z"
            lines += #"{"timestamp":"\#(time)","service":"s\#(second / 10 % 10)","state":{"n":\#(second)}}"# + "\n"
        }
        let ingest = try StoreIngest(store) { MemoryStream(Array(lines.utf8), path: "dump") }
        try ingest.run()
        let report = try #require(try store.checkpoint(policy: CheckpointPolicy(changeCount: 200)))
        #expect(report.keyframeCount > 40)
        #expect(try store.checkpoint(policy: CheckpointPolicy(changeCount: 200))?.didNothing == true)
        let snapshot = try store.snapshot()
        for hour in 1..<13 {
            var lookup = StateLookup(snapshot, .standard, logs: [], knownAt: .max)
            let table = try lookup.state(at: RandomQueries.start + Int64(hour) * 3600 * 1_000_000_000 - 1)
            #expect(table.fields.count == 11)
            #expect(lookup.cost.eventCount == 0)
            #expect(lookup.cost.keyframes.filter { !$0.isFolded }.count <= 1)
            #expect(lookup.cost.keyframes.reduce(0) { $0 + $1.segment.rowCount } <= 200 + 2 * 11)
        }
        // Nothing is known before it was stored.
        var lookup = StateLookup(snapshot, .standard, logs: [], knownAt: 76)
        #expect(try lookup.state(at: .max).fields.isEmpty)
        // Other rules find other changes, and old keyframes do not know them.
        let mapping = StateMapping(objects: [], rules: [])
        lookup = StateLookup(snapshot, mapping, logs: [], knownAt: .max)
        #expect(try lookup.state(at: .max).fields.isEmpty)
        #expect(lookup.cost.isReplay)
    }

    @Test("an event that sets a field, and fields within it, stands in keyframes with all of them")
    func within() throws {
        let store = try TestStore.empty()
        let lines = (0..<40).map { number in
            #"{"timestamp":\#(1_700_000_000 + number),"service":"s","eventType":"config.change","#
                + #""attributes":{"key":"k","newValue":{"x":{"y":\#(number)}}},"#
                + #""state":{"config":{"k":\#(number)},"config.k":1}}"# + "\n"
        }
        try StoreIngest(store) { MemoryStream(Array(lines.joined().utf8), path: "dump") }.run()
        let before = try rows("STATE AT 1700000030", store)
        #expect(before.count == 3)
        let report = try #require(try store.checkpoint(policy: CheckpointPolicy(changeCount: 10)))
        #expect(report.keyframeCount > 4)
        #expect(try rows("STATE AT 1700000030", store) == before)
    }

    @Test("entities that ended leave the keyframes, but for the note that they did")
    func ended() throws {
        let store = try TestStore.empty()
        let lines = (0..<100).map { number in
            let entity = number < 60 ? "old \(number % 6)" : "new"
            let (key, value) = (54..<60).contains(number) ? ("ended", "true") : ("k\(number / 6 % 9)", "\(number)")
            return #"{"timestamp":\#(1_700_000_000 + number),"service":"s","#
                + #""state":{"entity":"\#(entity)","key":"\#(key)","value":\#(value)}}"# + "\n"
        }
        try StoreIngest(store) { MemoryStream(Array(lines.joined().utf8), path: "dump") }.run()
        let before = try rows("STATE AT 1700000090", store)
        #expect(before.count > 3)
        _ = try #require(try store.checkpoint(policy: CheckpointPolicy(changeCount: 10, wholeShare: 100)))
        #expect(try rows("STATE AT 1700000090", store) == before)
        #expect(try rows("STATE AT 1700000053", store).count == 54)
        let last = try #require(try store.snapshot().state.orderedKeyframes.last { $0.isFolded && $0.since == nil })
        // Of each of the six one row, and those of the one that lives on.
        #expect(last.segment.rowCount <= 6 + before.count)
    }

    @Test("rows of one entity that fill several batches of a keyframe are those of one entity")
    func manyRows() throws {
        let store = try TestStore.empty()
        let count = 20_000
        let lines = (0..<count).map { number in
            #"{"timestamp":\#(1_700_000_000 + number),"service":"\#(number % 10 == 0 ? "a" : "b")","#
                + #""host":"h\#(number % 100 / 99)","state":{"n\#(number % 3)":\#(number)}}"#
        }
        try TestStore.ingest(lines, into: store, "many")
        let texts = [
            "STATE AT 1700019000", "STATE AT 1700019000 WHERE service = 'b'", "STATE AT 1700019000 FOR n1",
            "STATE BETWEEN 1700000500 AND 1700018500 LIMIT 9000",
        ]
        let before = try texts.map { try rows($0, store) }
        #expect(before[0].count == 9)
        #expect(before[3].count == 9000)
        _ = try #require(try store.checkpoint(policy: CheckpointPolicy(changeCount: count)))
        #expect(try store.snapshot().state.orderedKeyframes.map(\.segment.rowCount) == [count])
        #expect(try texts.map { try rows($0, store) } == before)
    }

    @Test("nobody waits for state that nobody wants any more: keyframes and events are left at each look")
    func cancelled() throws {
        var lines: [String] = []
        for number in 0..<400 {
            lines.append(
                #"{"timestamp":\#(1_700_000_000 + number * 60),"service":"s\#(number % 7)","spanId":"p\#(number)","#
                    + #""eventType":"a.start","state":{"n":\#(number)}}"#)
        }
        let store = try TestStore.dealt(Array(lines[..<200]))
        _ = try #require(try store.checkpoint(policy: CheckpointPolicy(changeCount: 20)))
        try TestStore.ingest(Array(lines[200...]), into: store, "more")
        let context = TimeContext(now: RandomQueries.start)
        for text in [
            "STATE AT 1700020000", "STATE AT 1700020000 FOR inFlight", "STATE AT 1700020000 WHERE n > 3",
            "STATE BETWEEN 1700001000 AND 1700020000", "STATE DIFF 1700001000, 1700020000",
            "COMPARE 1700001000 WITH 1700020000",
        ] {
            // How often it looks when nobody stops it, and then it is stopped at each of these times.
            var lookCount = Int.max
            var stopAt = Int.max
            while stopAt > 0 {
                let looks = Monitor(0)
                var options = QueryOptions()
                options.isCancelled = { [stopAt] in
                    looks.change { count in
                        count += 1
                        return count >= stopAt
                    }
                }
                do {
                    _ = try Answer(Query(text), over: store.snapshot(), context: context, options: options)
                    try #require(stopAt == .max, "\(text) went on behind look \(stopAt) of \(lookCount)")
                    lookCount = looks.change { $0 }
                    #expect(lookCount > 8)
                    stopAt = lookCount
                } catch ExecutionError.cancelled {
                    #expect(looks.change { $0 } == stopAt)
                    stopAt -= 1
                }
            }
        }
    }

    @Test("whatever happens to a store, state at any time is that of a plain replay", arguments: 0..<historyCount)
    func agrees(seed: UInt64) throws {
        var history = try StateHistory(seed: seed)
        for step in 0..<20 {
            try history.step()
            let (time, known) = (history.time(), history.time())
            let found = try rows("STATE AT \(time)", history.store)
            try #require(found == history.state(at: time), "at \(time) after \(history.steps) of seed \(seed)")
            if step % 3 == 1 {
                let times = min(time, known)...max(time, known)
                let found = try rows("STATE BETWEEN \(times.lowerBound) AND \(times.upperBound)", history.store)
                try #require(
                    found.map { $0[..<5] + $0[6...] } == history.changes(in: times).map { $0[...] },
                    "in \(times) after \(history.steps) of seed \(seed)")
                let part = try rows("STATE AT \(time) WHERE service IN ('s1', 's7')", history.store)
                try #require(part == history.state(at: time).filter { $0[0] == .text("s1") })
            }
            if step % 3 == 0 {
                let found = try rows("STATE AT \(time) AS KNOWN AT \(known)", history.store)
                try #require(
                    found == history.state(at: time, knownAt: known),
                    "at \(time) as known at \(known) after \(history.steps) of seed \(seed)")
            }
        }
    }
}
