import Bytes
import Files
import Storage
import Testing

@testable import Ingest

@Suite("Sampling of the cold tier")
struct SamplingTests {
    private static let day: Int64 = 24 * 3_600_000_000_000
    private let policy = SamplingPolicy(share: 0.25)

    /// Traces of five events that reach over two windows and two services; some events have no trace.
    private static func events(_ traces: Range<Int>) -> [String] {
        traces.flatMap { trace in
            (0..<5).map { part in
                let time = #""time":"2024-01-15T0\#(part / 3 + trace % 3):\#(trace % 50 + 10):0\#(part)Z""#
                let service = #""service":"s\#(part % 2)""#
                let id = trace % 4 == 0 ? "" : #","traceId":"trace-\#(trace)""#
                return #"{"n":\#(trace * 5 + part),\#(service),\#(time)\#(id)}"#
            }
        }
    }

    private func cold(
        _ events: [String], _ policy: SamplingPolicy? = nil, _ files: any FileSystem = MemoryFileSystem()
    ) throws -> Store {
        let clock = ManualClock(1_705_312_800_000_000_000 + 30 * Self.day)
        let store = try Store.create(Rig.paths, windowLength: .hour, storeId: 1, in: files, clock: clock)
        _ = try Rig.ingest(Rig.lines(events), into: store)
        _ = try store.moveTiers(sampling: policy ?? self.policy)
        return store
    }

    private func represented(_ store: Store) throws -> Double {
        let snapshot = try store.snapshot()
        return try snapshot.state.orderedSegments.reduce(0) { try $0 + snapshot.representedCount($1) }
    }

    @Test("whole traces stay, across windows and services, and each event of them is as it was")
    func wholeTraces() throws {
        let events = Self.events(0..<400)
        let store = try cold(events)
        #expect(try store.snapshot().state.orderedSegments.allSatisfy { $0.tier == .cold })
        let left = Set(try Rig.export(store).map { $0 })
        #expect(left.isSubset(of: events) && left.count > 300 && left.count < 700)
        for trace in 0..<400 where trace % 4 != 0 {
            let count = events[trace * 5..<trace * 5 + 5].count { left.contains($0) }
            #expect(count == 0 || count == 5)
        }
        // Another store keeps the same traces.
        let other = try cold(Array(events[1000...]))
        #expect(Set(try Rig.export(other)) == left.intersection(events[1000...]))
    }

    @Test("the sum of weights estimates how many events there were")
    func estimates() throws {
        let events = Self.events(0..<2000)
        for share in [0.5, 0.25, 0.1] {
            let store = try cold(events, SamplingPolicy(share: share))
            let count = Double(try Rig.export(store).count)
            let sum = try represented(store)
            #expect(abs(sum - count / share) < 0.01)
            // Four standard deviations of 1,500 traces of five and 2,500 single events.
            let deviation = ((25 * 1500 + 2500) * (1 - share) / share).squareRoot()
            #expect(abs(sum - 10_000) < 4 * deviation, "\(share): \(sum)")
        }
    }

    @Test(
        "what matters is always kept, and stands for itself",
        arguments: [
            #""severity":"ERROR""#, #""level":"fatal""#, #""severity":"crit""#, #""eventType":"db.error""#,
            #""eventType":"NullPointerException""#, #""status":500"#, #""status":404"#, #""status":"failed""#,
            #""error":{"type":"timeout"}"#, #""state":{"cpu":1}"#, #""anomaly":true"#, #""anomaly":0.7"#,
            #""eventType":"deploy","attributes":{"version":"2"}"#,
        ])
    func important(_ member: String) throws {
        let events = (0..<40).map { #"{"n":\#($0),"time":\#($0),\#(member)}"# + "\n" }
        let store = try cold([])
        _ = try Rig.ingest(events.joined(), into: store, named: "b")
        _ = try store.moveTiers(sampling: policy)
        #expect(try Rig.export(store).count == 40)
        #expect(try represented(store) == 40)
    }

    @Test(
        "what does not is sampled",
        arguments: [
            #""severity":"INFO""#, #""severity":9"#, #""status":200"#, #""status":0"#, #""status":"ok""#,
            #""anomaly":false"#, #""anomaly":null"#, #""attributes":{"version":"2"}"#, #""state":"up""#,
        ])
    func others(_ member: String) throws {
        let store = try cold([])
        let events = (0..<80).map { #"{"n":\#($0),"time":\#($0),\#(member)}"# + "\n" }
        _ = try Rig.ingest(events.joined(), into: store, named: "b")
        _ = try store.moveTiers(sampling: policy)
        #expect(try Rig.export(store).count < 60)
    }

    @Test("all events of a marked trace stay, also in the window beside that of the mark")
    func markedTraces() throws {
        var events = Self.events(0..<100).filter { $0.contains("traceId") }
        // The mark is in the first window of the trace, its last events are in the next.
        let marked = (1..<10).filter { $0 % 4 != 0 }
        events += marked.map {
            #"{"anomaly":1,"n":-1,"time":"2024-01-15T0\#($0 % 3):30:00Z","traceId":"trace-\#($0)"}"#
        }
        let left = Set(try Rig.export(cold(events)))
        for trace in marked {
            #expect(events.filter { $0.hasSuffix(#""trace-\#(trace)"}"#) }.allSatisfy(left.contains))
        }
        #expect(left.count < events.count)
    }

    @Test("a further run, a late event and a compaction leave nothing more out of what was sampled")
    func onlyOnce() throws {
        let events = Self.events(0..<200)
        let store = try cold(events)
        let left = try Rig.export(store)
        let sum = try represented(store)
        #expect(try store.moveTiers(sampling: SamplingPolicy(share: 0.01))?.didNothing == true)
        _ = try Rig.ingest(#"{"severity":"ERROR","time":"2024-01-15T01:00:00Z"}"# + "\n", into: store, named: "late")
        let clock = try #require(store.clock as? ManualClock)
        clock.advance(by: 2 * Self.day)
        _ = try store.moveTiers(sampling: SamplingPolicy(share: 0.01))
        _ = try store.compact()
        #expect(Set(left).isSubset(of: Set(try Rig.export(store))))
        #expect(try Rig.export(store).count == left.count + 1)
        #expect(try abs(represented(store) - sum - 1) < 0.01)
        var verifier = StoreVerifier(store)
        try verifier.run()
        #expect(verifier.result.faults == [])
    }

    @Test("an export gives weights only when it is asked to, under the key that it is told")
    func exports() throws {
        let events = Self.events(0..<40) + [#"{"severity":"ERROR","time":"2024-01-15T01:00:00Z"}"#]
        let store = try cold(events)
        var text: [UInt8] = []
        var export = StoreExport(try store.snapshot(), weightKey: "weight")
        try export.run { text += $0 }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines.count { $0.hasSuffix(#","weight":4.0}"#) } == lines.count - 1)
        #expect(try Rig.export(store).allSatisfy { !$0.contains("weight") })
    }

    @Test("without the setting everything stays, and the settings are read")
    func settings() throws {
        #expect(try StoreConfig(Array("{}".utf8)).sampling == nil)
        #expect(try StoreConfig(Array(#"{"sampling":{"cold":null}}"#.utf8)).sampling == nil)
        let read = try StoreConfig(Array(#"{"sampling":{"cold":0.1,"anomalyFields":["a.b"]}}"#.utf8)).sampling
        #expect(read == SamplingPolicy(share: 0.1, markFields: ["a.b"]))
        for text in [#"{"sampling":{"cold":0}}"#, #"{"sampling":{"cold":2}}"#, #"{"sampling":{"warm":1}}"#] {
            #expect(throws: ConfigError.self) { try StoreConfig(Array(text.utf8)) }
        }
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let clock = try #require(store.clock as? ManualClock)
        clock.set(1_705_312_800_000_000_000 + 30 * Self.day)
        _ = try Rig.ingest(Rig.lines(Self.events(0..<20)), into: store)
        _ = try store.moveTiers()
        #expect(try Rig.export(store).count == 100)
    }
}
