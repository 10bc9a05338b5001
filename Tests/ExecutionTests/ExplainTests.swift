import Files
import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Plans of queries")
struct ExplainTests {
    private let clock = ManualClock(1000)

    /// Ten services on two hosts in five minutes, calls among them, and a failure; all were stored at 1000.
    private func store() throws -> Store {
        let store = try Store.create(
            StorePaths(root: "store"), windowLength: .hour, storeId: 1, in: MemoryFileSystem(), clock: clock)
        var lines: [String] = []
        for second in 0..<300 {
            let time = "2026-03-02T00:0\(second / 60):\(second % 60 < 10 ? "0" : "")\(second % 60)Z"
            let names = "\"service\":\"s\(second % 10)\",\"host\":\"h\(second % 2)\""
            lines.append(
                "{\"timestamp\":\"\(time)\",\"eventId\":\"e\(second)\",\(names),\"state\":{\"cpu\":\(second % 100)},"
                    + "\"text\":\"t\"" + (second > 0 ? ",\"causedBy\":\"e\(second - 1)\"}" : "}"))
        }
        try TestStore.ingest(lines, into: store, "one")
        return store
    }

    private func plan(_ text: String, _ store: Store) throws -> QueryPlan {
        let context = TimeContext(now: RandomQueries.start + 300_000_000_000)
        let answer = try Answer(Query(text), over: store.snapshot(), context: context)
        guard case .plan(let plan) = answer else {
            Issue.record("no plan")
            return QueryPlan()
        }
        return plan
    }

    private func detail(_ name: String, _ plan: QueryPlan) -> String? {
        plan.flat.first { $0.step.name == name }?.step.detail
    }

    private func fact(_ name: String, of step: String, _ plan: QueryPlan) -> AnswerTable.Cell? {
        plan.flat.first { $0.step.name == step }?.step.facts.first { $0.name == name }?.value
    }

    @Test("EXPLAIN of state tells the same faults in names as the statement itself")
    func stateNames() throws {
        let store = try store()
        for text in [
            "STATE AT now FOR cpuu", "STATE AT now WHERE cpuu > 3", "STATE DIFF '2026-03-02 00:01', now FOR cpuu",
            "STATE BETWEEN '2026-03-02 00:01' AND now WHERE cpuu > 3", "STATE AT now WHERE service = 'x' FOR cpuu",
        ] {
            let context = TimeContext(now: RandomQueries.start + 300_000_000_000)
            let errors = try [text, "EXPLAIN " + text].map { text -> QueryError? in
                do {
                    _ = try Answer(Query(text), over: store.snapshot(), context: context)
                    return nil
                } catch ExecutionError.query(let error) {
                    return error
                }
            }
            let (first, second) = (try #require(errors[0]), try #require(errors[1]))
            #expect(first.message == second.message && first.hint == second.hint)
            #expect(first.hint == "did you mean cpu?")
        }
    }

    @Test("every statement has a plan that begins with how it was understood, and an analysis that ends with its time")
    func everyStatement() throws {
        let store = try store()
        for text in [
            "STATE AT 'now'", "STATE DIFF '2026-03-02 00:01', now", "STATE BETWEEN '2026-03-02 00:01' AND now",
            "TIMELINE LIMIT 3", "TIMELINE COUNT BY service", "TIMELINE PATTERNS", "TRAVERSE FROM e10",
            "TRAVERSE FROM e10 FOLLOWING both AS GRAPH", "MATCH PATTERN cpu > 90 FOLLOWED BY cpu < 5 ON host",
            "COMPARE '2026-03-02 00:01' WITH now", "COMPARE LAST 1 minute WITH LAST 2 minutes",
        ] {
            let explained = try plan("EXPLAIN " + text, store)
            #expect(detail("query", explained) == "\(try Query(text))")
            #expect(explained.steps.count > 2)
            let analysed = try plan("EXPLAIN ANALYZE " + text, store)
            #expect(analysed.steps.prefix(explained.steps.count) == explained.steps[...])
            #expect(analysed.steps.last?.name == "time")
            #expect(detail("result", analysed)?.hasSuffix(" rows") == true)
        }
    }

    @Test("the plan of STATE names the keyframe, its manifest, and what is applied on top of it")
    func keyframe() throws {
        let store = try store()
        let replay = try plan("EXPLAIN STATE AT now", store)
        #expect(
            detail("keyframe", replay)
                == "none: the store has no keyframes, so all events that can hold changes are gone through")
        #expect(fact("replay", of: "keyframe", replay) == .literal("true"))
        #expect(
            detail("events", replay)
                == "at most 300 rows in 1 zones to apply on top; 0 of 1 segments left out by keyframes and times")

        let manifest = try store.snapshot().state.number
        _ = try store.checkpoint(policy: CheckpointPolicy(changeCount: 50))
        try TestStore.ingest(
            [#"{"timestamp":"2026-03-02T00:02:00Z","eventId":"late","service":"s0","state":{"cpu":7}}"#], into: store,
            "late")
        let found = try plan("EXPLAIN ANALYZE STATE AT now", store)
        #expect(fact("manifest", of: "keyframe", found) == .integer(Int(manifest)))
        #expect(detail("keyframe", found)?.contains("the newest that may be used of") == true)
        #expect(
            detail("events", found)
                == "at most 1 rows in 1 zones to apply on top; 1 of 2 segments left out by keyframes and times")
        #expect(fact("changes", of: "looked up", found) == .integer(1))

        let early = try plan("EXPLAIN STATE AT '2026-03-02 00:01:30'", store)
        #expect(detail("keyframe", early)?.contains(" tell of later times") == true)
    }

    @Test("AS KNOWN AT a time before all keyframes says that it replays, and why")
    func knownAt() throws {
        let store = try store()
        clock.sleep(1000)
        _ = try store.checkpoint(policy: CheckpointPolicy(changeCount: 1_000_000))
        let plan = try plan("EXPLAIN STATE AT now AS KNOWN AT '1960-01-01'", store)
        #expect(detail("known", plan) == "only what was stored up to 1960-01-01T00:00:00Z")
        #expect(detail("keyframe", plan)?.hasPrefix("none: ") == true)
    }

    @Test("the plan of MATCH PATTERN tells its states, and in which zones each condition can be true")
    func pattern() throws {
        let plan = try plan(
            "EXPLAIN ANALYZE MATCH PATTERN cpu > 95 FOLLOWED BY cpu > 1000 | text = 'none' FOLLOWED BY cpu = 1"
                + " NOT FOLLOWED BY cpu = 2 WITHIN 5s ON host", store())
        let conditions = plan.steps.filter { $0.name == "condition" }.map(\.detail)
        #expect(
            conditions == [
                "cpu > 95: possible in 1 of 1 zones", "cpu > 1000: possible in 0 of 1 zones",
                "text = 'none': possible in 0 of 1 zones", "cpu = 1: possible in 1 of 1 zones",
                "cpu = 2: possible in 1 of 1 zones",
            ])
        #expect(fact("positions", of: "states", plan) == .integer(4))
        #expect(fact("gates", of: "states", plan) == .integer(1))
        #expect(detail("keys", plan) == "each value of host")
        #expect(fact("keys", of: "matched", plan) == .integer(2))
    }

    @Test("the plan of TRAVERSE tells how the start is found, and its analysis how far the walk went")
    func traverse() throws {
        let plan = try plan("EXPLAIN ANALYZE TRAVERSE FROM e10 DEPTH 4", store())
        #expect(detail("walk", plan) == "backward along links of cause, trace")
        #expect(detail("bounds", plan) == "4 links, 500000 events in all")
        #expect(fact("reached", of: "walked", plan) == .integer(5))
        #expect(fact("levels", of: "walked", plan) == .integer(5))
        #expect(throws: ExecutionError.self) { try self.plan("EXPLAIN TRAVERSE FROM e10 ALONG inferred", store()) }
    }

    @Test("the plan of COMPARE tells what is read of each side")
    func compare() throws {
        let store = try store()
        let periods = try plan("EXPLAIN COMPARE LAST 1 minute WITH LAST 2 hours FOR cpu, text", store)
        #expect(
            periods.steps.first { $0.name == "first" }?.steps.map(\.name) == ["segments", "zones", "threads", "cost"])
        #expect(detail("fields", periods) == "state.cpu, text")
        let moments = try plan("EXPLAIN COMPARE '2026-03-02 00:01' WITH now", store)
        #expect(moments.steps.first { $0.name == "second" }?.steps.first?.name == "keyframe")
    }

    @Test(
        "PREDICT is bound and planned: fields, history, step and what is read; running it says that models are missing")
    func predict() throws {
        let store = try store()
        let plain = try plan("EXPLAIN PREDICT NEXT 5 minutes FROM 'now'", store)
        #expect(detail("fields", plain) == "state.cpu")
        #expect(detail("step", plain) == "1 minute, the mean of each")
        #expect(detail("future", plain) == "from 2026-03-02T00:05:00Z to 2026-03-02T00:10:00Z, 5 values of each field")
        #expect(
            detail("history", plain)
                == "from 2026-03-01T00:05:00Z to 2026-03-02T00:05:00Z, at most 1440 values of each field")
        let all = try plan(
            "EXPLAIN PREDICT NEXT 1 hour FROM '2026-03-02 00:04' FOR cpu WHERE text = 'none' BY service"
                + " USING LAST 7 days BUCKET 10 minutes", store)
        #expect(detail("groups", all) == "service")
        #expect(fact("values", of: "history", all) == .integer(7 * 144))
        #expect(fact("leftOutByStatistics", of: "zones", all) == .integer(1))
        for (text, message) in [
            ("PREDICT NEXT 5 minutes FROM 'now'", "predicting models are not part of this version"),
            ("EXPLAIN ANALYZE PREDICT NEXT 5 minutes", "predicting models are not part of this version"),
            ("PREDICT NEXT 0 s", "no future"), ("PREDICT NEXT 1 hour FOR text", "has no numbers"),
            ("PREDICT NEXT 1 hour FOR cpv", "no event has a field 'cpv'"),
            ("PREDICT NEXT 1 minute BUCKET 2 minutes", "no longer than what is predicted"),
            ("PREDICT NEXT 1 hour USING LAST 1 s", "shorter than a bucket"),
            ("PREDICT NEXT 1 hour BUCKET 1 ms", "more than 1000000 buckets"),
            // More than there is before now, and in 64 bits.
            ("EXPLAIN ANALYZE PREDICT NEXT 288230376151711744 ns BUCKET 288230376151711744 ns", "predicting models"),
            ("PREDICT NEXT 1 hour USING LAST 9223372036854775807 ns", "more than 1000000 buckets"),
            ("PREDICT NEXT 9223372036854775807 ns", "out of range"),
        ] {
            do {
                _ = try plan(text, store)
                Issue.record("\(text) was answered")
            } catch ExecutionError.query(let error) {
                #expect(error.message.contains(message))
            }
        }
    }

    @Test("a recorder that keeps spans has one for each fragment, with its thread and what was read")
    func spans() throws {
        let store = try store()
        var options = QueryOptions()
        let recorder = QueryRecorder(clock, keepsSpans: true)
        options.recorder = recorder
        _ = try Answer(
            Query("TIMELINE COUNT BY service"), over: store.snapshot(), context: TimeContext(now: 0), options: options)
        let (spans, lost) = recorder.spans
        #expect(lost == 0)
        #expect(Set(spans.map(\.name)) == ["filter", "decode", "fragment"])
        let filter = try #require(spans.first { $0.name == "filter" })
        #expect(filter.facts.first { $0.name == "rows" }?.value == .integer(300))
    }
}
