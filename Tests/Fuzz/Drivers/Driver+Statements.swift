import Execution
import Files
import Ingest
import Storage
import TimeQL

extension Driver {
    /// Any text: what is a query is bound to the fields of two small stores of the same events, and answered or refused.
    static let statements = Driver(
        name: "statements",
        summary: "TimeQL of any bytes, asked of some events in one segment and in many; the answers are the same"
    ) { input in
        let text = String(decoding: input.rest, as: UTF8.self)
        let query = try Query(text)
        let answers = SmallStore.layouts.map { $0.answer(query, text) }
        require(
            query.explanation != nil || answers[0] == answers[1],
            "\(text)\none segment: \(answers[0])\nmany: \(answers[1])")
    }
}

/// Some events of every kind, in memory.
private struct SmallStore: Sendable {
    /// In one segment, and each event in one of its own with keyframes beside it.
    static let layouts = [SmallStore(segmentCount: 1), SmallStore(segmentCount: lines.count)]

    private static let now: Int64 = 1_772_446_200_000_000_000
    private static let lines = """
        {"timestamp":"2026-03-02T10:00:00Z","eventId":"s1","eventType":"deploy","service":"api","host":"a1","version":"1.0"}
        {"timestamp":"2026-03-02T10:00:10Z","eventId":"s2","service":"api","host":"a1","state":{"cpu":20,"memory":50}}
        {"timestamp":"2026-03-02T10:00:20Z","eventId":"s3","service":"db","host":"d1","state":{"cpu":91,"load":0.50}}
        {"timestamp":"2026-03-02T10:00:30Z","eventId":"s4","service":"api","status":200,"ms":12,"user":"u1","message":"took 12 ms"}
        {"timestamp":"2026-03-02T10:00:30Z","eventId":"s5","service":"api","status":503,"ms":900,"user":"u2","message":"took 900 ms"}
        {"timestamp":"2026-03-02T10:00:40Z","service":"db","host":"d1","state":{"entity":"pool:1","key":"size","value":10}}
        {"timestamp":"2026-03-02T10:00:50Z","eventId":"c1","eventType":"error","service":"db","traceId":"t1","spanId":"q","parentSpanId":"p"}
        {"timestamp":"2026-03-02T10:00:51Z","eventId":"c2","service":"api","traceId":"t1","spanId":"p","severity":"ERROR"}
        {"timestamp":"2026-03-02T10:00:52Z","eventId":"c3","service":"web","causedBy":"c2","tags":["x",1],"flag":true,"n":null}
        {"timestamp":"2026-03-02T10:01:00Z","kind":"a","key":"k1","v":1,"memory":95,"cpu":"high","a":{"b":1},"waitMs":1500}
        {"timestamp":"2026-03-02T10:01:10Z","kind":"b","key":"k1","v":-2.5,"cpu":85,"a.b":"x","sizeBytes":18446744073709551615}
        {"timestamp":"2026-03-02T10:01:10Z","kind":"c","key":"k2","v":3,"text":"naïve","num":0.10}
        """.split(separator: "\n").map { $0 + "\n" }

    private let store: Store

    private init(segmentCount: Int) {
        do {
            store = try Store.create(
                StorePaths(root: "store"), windowLength: .hour, storeId: 1, in: MemoryFileSystem(),
                clock: ManualClock(Self.now))
            let size = Self.lines.count / segmentCount
            for start in stride(from: 0, to: Self.lines.count, by: size) {
                let text = Self.lines[start..<start + size].joined()
                try StoreIngest(store) { MemoryStream(Array(text.utf8), path: "events-\(start)") }.run()
            }
            if segmentCount > 1 { _ = try store.checkpoint(policy: CheckpointPolicy(changeCount: 3)) }
        } catch {
            fatalError("no store to ask: \(error)")
        }
    }

    /// What is answered, or why it is refused.
    func answer(_ query: Query, _ text: String) -> String {
        var options = QueryOptions()
        options.memoryByteLimit = 16 << 20
        do throws(ExecutionError) {
            let snapshot: Snapshot
            do throws(StoreError) { snapshot = try store.snapshot() } catch { throw .store(error) }
            let context = TimeContext(now: Self.now, parameters: ["name": "api"])
            switch try Answer(query, over: snapshot, context: context, options: options) {
            case .events(var events):
                var lines: [UInt8] = []
                try events.run { lines += $0 }
                return String(decoding: lines, as: UTF8.self)
            case .table(let table): return String(decoding: table.jsonLines, as: UTF8.self)
            case .graph(let graph):
                return String(decoding: graph.nodes.jsonLines + graph.links.jsonLines, as: UTF8.self)
            case .plan(let plan): return String(decoding: plan.table.jsonLines, as: UTF8.self)
            }
        } catch {
            guard case .query(let error) = error else { fatalError("the store is damaged: \(error)") }
            require(0 <= error.range.start && error.range.start <= error.range.end, "the range is turned around")
            require(error.range.end <= text.utf8.count, "the error points behind the text")
            return error.report(in: text)
        }
    }
}
