public import Files

/// What is done while a query runs, for `EXPLAIN ANALYZE` and for profiles. Threads share it.
public final class QueryRecorder: Sendable {
    /// Some work of one thread.
    public struct Span: Sendable {
        public var name: String
        /// 0 is the thread that asked.
        public var thread: Int
        /// Nanoseconds of the recorder's clock.
        public var start: Int64
        public var end: Int64
        public var facts: [QueryPlan.Fact]
    }

    struct State {
        var counts = ScanCounts()
        var lookups = LookupCounts()
        /// What statements tell of themselves.
        var notes: [QueryPlan.Step] = []
        /// Nanoseconds by names of spans, added up over threads; in the order in which they came up.
        var times: [(name: String, nanoseconds: Int64)] = []
        var threads: Set<Int> = []
        var spans: [Span] = []
        var lostSpanCount = 0
    }

    /// What lookups of state have read.
    struct LookupCounts {
        var count = 0
        var keyframeCount = 0
        var damagedCount = 0
        var eventCount = 0
        var byteCount = 0
    }

    private let state = Monitor(State())
    private let clock: any Clock
    private let keepsSpans: Bool

    /// More are counted, and not kept: each takes some hundred bytes.
    static let spanLimit = 200_000

    /// - Parameter keepsSpans: whether each span is wanted, for a profile, or only what all of them took.
    public init(_ clock: any Clock, keepsSpans: Bool) {
        self.clock = clock
        self.keepsSpans = keepsSpans
    }

    public var now: Int64 { clock.now }

    /// The spans in the order in which they ended, and how many were too many to be kept.
    public var spans: (kept: [Span], lostCount: Int) { state.change { ($0.spans, $0.lostSpanCount) } }

    var total: State { state.change { $0 } }

    /// Some work has ended.
    public func add(
        _ name: String, from start: Int64, thread: Int = 0, _ facts: KeyValuePairs<String, AnswerTable.Cell> = [:]
    ) {
        let end = max(start, clock.now)
        state.change { state in
            state.threads.insert(thread)
            if let place = state.times.firstIndex(where: { $0.name == name }) {
                state.times[place].nanoseconds += end - start
            } else {
                state.times.append((name, end - start))
            }
            guard keepsSpans else { return }
            guard state.spans.count < Self.spanLimit else {
                state.lostSpanCount += 1
                return
            }
            state.spans.append(
                Span(
                    name: name, thread: thread, start: start, end: end,
                    facts: facts.map { QueryPlan.Fact(name: $0, value: $1) }))
        }
    }

    /// A scan has gone through something.
    func add(_ name: String, from start: Int64, thread: Int, _ counts: ScanCounts) {
        state.change { $0.counts.add(counts) }
        add(
            name, from: start, thread: thread,
            [
                "rows": .integer(counts.rowCount), "found": .integer(counts.foundCount),
                "bytes": .integer(counts.byteCount),
            ])
    }

    func change(_ body: (inout State) -> Void) { state.change { body(&$0) } }

    func note(_ step: QueryPlan.Step) { state.change { $0.notes.append(step) } }
}
