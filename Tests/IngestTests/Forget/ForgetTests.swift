import Bytes
import Files
import Storage
import Testing

@testable import Ingest

@Suite("Forgetting on demand")
struct ForgetTests {
    private let names = ["ann-4711", "bob-0815", "cid-1234"]

    @Test("events of one user go from every window, those of others stay, and no file holds the value")
    func oneUser() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let events = Rig.users(names)
        _ = try Rig.ingest(Rig.lines(events), into: store)
        let filter = Rig.filter("user=ann-4711")
        #expect(try Rig.findings(store, filter).contains("7 events"))
        let report = try #require(try StoreForget.run(store, filter))
        #expect(report.rowCount == 20 && report.segmentCount == 3 && report.examinedCount == 3)
        #expect(report.removedFileCount == 3 && report.remaining == [])
        #expect(try Rig.export(store) == events.filter { !$0.contains("ann-4711") })
        #expect(try Rig.findings(store, filter) == [])
        let state = try store.snapshot().state
        #expect(state.forgets.map(\.rowCount) == [20])
        var verifier = StoreVerifier(store)
        try verifier.run()
        #expect(verifier.result.faults == [])
    }

    @Test("a second run has nothing to do and commits nothing")
    func again() throws {
        let store = try Rig.store()
        _ = try Rig.ingest(Rig.lines(Rig.users(names)), into: store)
        _ = try StoreForget.run(store, Rig.filter("user=ann-4711"))
        let number = try store.snapshot().state.number
        let report = try #require(try StoreForget.run(store, Rig.filter("user=ann-4711")))
        #expect(report.didNothing && report.examinedCount == 3)
        #expect(try store.snapshot().state.number == number)
    }

    @Test("a segment without such events is not written again")
    func untouched() throws {
        let store = try Rig.store()
        _ = try Rig.ingest(Rig.lines(Rig.users(["bob-0815"])), into: store)
        _ = try Rig.ingest(Rig.lines(Rig.users(names, count: 20)), into: store, named: "other")
        let before = Set(try store.snapshot().state.segments.keys)
        let report = try #require(try StoreForget.run(store, Rig.filter("user=ann-4711")))
        #expect(report.segmentCount == 1 && report.examinedCount == 4)
        #expect(Set(try store.snapshot().state.segments.keys).intersection(before).count == 3)
    }

    @Test("statistics spare the pages of segments whose values lie elsewhere")
    func pruning() throws {
        let store = try Rig.store()
        // Users of a zone lie close together, and are too many for pages that stand in the directory.
        var random = SplitMix64(seed: 1)
        let users = (0..<20000).map { "\($0 / 8192)-\(random.next() % 1_000_000_000_000)" }
        let events = users.map { #"{"time":"2024-01-15T00:00:00Z","user":"\#($0)"}"# }
        _ = try Rig.ingest(Rig.lines(events), into: store)
        let absent = try #require(try StoreForget.run(store, Rig.filter("user=7-1"), isDryRun: true))
        let present = try #require(try StoreForget.run(store, Rig.filter("user=\(users[100])"), isDryRun: true))
        #expect(absent.rowCount == 0 && present.rowCount == 1)
        #expect(absent.readByteCount < present.readByteCount)
    }

    @Test("several conditions must all be so")
    func conjunction() throws {
        let store = try Rig.store()
        let events = (0..<12).map { #"{"a":\#($0 % 2),"b":\#($0 % 3),"n":\#($0),"time":1}"# }
        _ = try Rig.ingest(Rig.lines(events), into: store)
        _ = try StoreForget.run(store, Rig.filter("a=1", "b=2"))
        #expect(
            try Rig.export(store) == events.indices.filter { $0 % 2 != 1 || $0 % 3 != 2 }.map { events[$0] })
    }

    @Test(
        "a value is found in whatever type a column holds it",
        arguments: [
            ("x=7", #""x":7"#), ("x=-7", #""x":-7"#), ("x=18446744073709551615", #""x":18446744073709551615"#),
            ("x=0.25", #""x":0.25"#), ("x=1.10", #""x":1.10"#), ("x=true", #""x":true"#), ("x=ann", #""x":"ann""#),
            ("x=00ff00ff00ff00ff", #""x":"00ff00ff00ff00ff""#),
            ("x=6ba7b810-9dad-11d1-80b4-00c04fd430c8", #""x":"6ba7b810-9dad-11d1-80b4-00c04fd430c8""#),
            ("x=2024-01-15T00:00:00Z", #""x":"2024-01-15T00:00:00Z""#), ("x=ann", #""x":["bob","ann"]"#),
            ("x=7", #""x":[1,[7]]"#), ("x.id=7", #""x":[{"id":8},{"id":7}]"#),
            ("x.y.z=a\"b", #""x":[{"y":{"z":"a\"b"}}]"#),
            ("x.y=ann", #""x":{"y":"ann"}"#), ("x.y=ann", #""x.y":"ann""#), ("service=shop", #""app":{"name":"shop"}"#),
            ("traceId=00ff00ff00ff00ff", #""trace_id":"00ff00ff00ff00ff""#),
        ])
    func types(_ condition: String, _ member: String) throws {
        let store = try Rig.store()
        _ = try Rig.ingest("{\(member),\"time\":1}\n{\"x\":\"other\",\"time\":2}\n", into: store) {
            _ = $0.mapping.take("service=app.name")
        }
        #expect(try StoreForget.run(store, Rig.filter(condition))?.rowCount == 1)
        #expect(try Rig.export(store) == [#"{"time":2,"x":"other"}"#])
    }

    @Test(
        "what only looks alike is not forgotten",
        arguments: [
            ("x=7", #""x":"77""#), ("x=ann", #""y":"ann""#), ("x=ann", #""x":{"y":"ann"}"#), ("x=ann", #""x":"Ann""#),
            ("x=7", #""x":[{"id":7}]"#), ("x.id=7", #""x":[7]"#), ("x=null", #""x":null"#),
            ("x=id", #""x":[{"id":1}]"#),
        ])
    func others(_ condition: String, _ member: String) throws {
        let store = try Rig.store()
        _ = try Rig.ingest("{\(member),\"time\":1}\n", into: store)
        #expect(try StoreForget.run(store, Rig.filter(condition))?.rowCount == 0)
    }

    @Test("a value anywhere is found as a word of a text or a key, and as a number")
    func anywhere() throws {
        let store = try Rig.store()
        let gone = [
            #"{"a":"sent to ann@x.org, twice","time":1}"#, #"{"b":{"ann@x.org":1},"time":2}"#,
            #"{"c":[{"d":"ann@x.org"}],"time":3}"#,
        ]
        let kept = [#"{"a":"sent to joann@x.org","time":4}"#, #"{"a":"ann@x.organic","time":5}"#]
        _ = try Rig.ingest(Rig.lines(gone + kept), into: store)
        #expect(try StoreForget.run(store, Rig.anywhere("ann@x.org"))?.rowCount == 3)
        #expect(try Rig.export(store) == kept)
        // Nor does a path speak of it any more; as mere bytes it is part of longer words.
        #expect(try Rig.findings(store, Rig.anywhere("ann@x.org")).allSatisfy { $0.hasPrefix("bytes ") })
        _ = try Rig.ingest(#"{"k":4711,"time":6}"# + "\n" + #"{"k":47110,"time":7}"# + "\n", into: store, named: "b")
        #expect(try StoreForget.run(store, Rig.anywhere("4711"))?.rowCount == 1)
    }

    @Test("a dry run counts and changes nothing")
    func dryRun() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        _ = try Rig.ingest(Rig.lines(Rig.users(names)) + "no event of ann-4711\n", into: store, named: "ann-4711.log")
        let appender = try Rig.appender(store)
        try Rig.append(Rig.users(names, count: 6), to: appender)
        let number = try store.snapshot().state.number
        let report = try #require(try StoreForget.run(store, Rig.filter("user=ann-4711"), isDryRun: true))
        #expect(report.rowCount == 20 && report.segmentCount == 3 && report.rejectCount == 1)
        #expect(report.logRowCount == 2 && report.sourceCount == 1)
        #expect(try store.snapshot().state.number == number)
        try appender.close()
    }

    @Test("a field that no event has is told, and what may have been meant")
    func unknownFields() throws {
        let store = try Rig.store()
        _ = try Rig.ingest(#"{"time":1,"who":{"user":"ann"}}"# + "\n", into: store)
        let report = try #require(try StoreForget.run(store, Rig.filter("user=ann", "time=1")))
        #expect(report.unknownFields == ["user": ["who.user"]])
    }
}
