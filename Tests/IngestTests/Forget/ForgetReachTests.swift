import Files
import Storage
import Testing

@testable import Ingest

@Suite("Where forgetting reaches")
struct ForgetReachTests {
    private let ann = "ann-4711"
    private let filter = Rig.filter("user=ann-4711")

    @Test("records that were no events go when they hold the value, others stay")
    func rejects() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let bad = "{\"user\":\"ann-4711\n{\"user\":\"joann-47110\nnot \"ann-4711\"\n"
        _ = try Rig.ingest(#"{"time":1}"# + "\n" + bad, into: store)
        let report = try #require(try StoreForget.run(store, filter))
        #expect(report.rejectCount == 2 && report.rowCount == 0)
        let left = try files.readAll("store/rejects/1.ndjson")
        #expect(String(decoding: left, as: UTF8.self).contains("joann-47110"))
        #expect(try store.snapshot().state.forgets.map(\.rejectCount) == [2])
        #expect(try StoreForget.run(store, Rig.anywhere("joann-47110"))?.rejectCount == 1)
        #expect(try files.list("store/rejects") == [])
    }

    @Test("the name of an input goes from every manifest, and the input is known as before")
    func sourceNames() throws {
        let store = try Rig.store()
        let text = Rig.lines(Rig.users(["bob"]))
        for number in 0..<3 {
            _ = try Rig.ingest(#"{"time":\#(number)}"# + "\n", into: store, named: "other\(number)")
            if number == 1 { _ = try Rig.ingest(text, into: store, named: "/dumps/ann-4711.log") }
        }
        #expect(try Rig.findings(store, filter) != [])
        #expect(try StoreForget.run(store, filter)?.sourceCount == 1)
        #expect(try Rig.findings(store, filter) == [])
        #expect(try Rig.ingest(text, into: store).eventCount == 0)
        #expect(try store.snapshot().state.sources.map(\.name).sorted().first == "(forgotten)")
    }

    @Test("an input that was taken in before the run does not bring its events back")
    func sameInputAgain() throws {
        let store = try Rig.store()
        let text = Rig.lines(Rig.users([ann, "bob"]))
        _ = try Rig.ingest(text, into: store)
        _ = try StoreForget.run(store, filter)
        #expect(try Rig.ingest(text, into: store).eventCount == 0)
        #expect(try Rig.export(store).count == 30)
    }

    @Test("events that a writer has left in the log go too, and those of a living one are told until it seals")
    func log() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let appender = try Rig.appender(store)
        try Rig.append(Rig.users([ann, "bob"], count: 10), to: appender)
        let first = try #require(try StoreForget.run(store, filter))
        #expect(first.rowCount == 0)
        #expect(first.remaining.map(\.reason) == ["5 events wait there to be put into segments"])
        #expect(try Rig.findings(store, filter) != [])
        files.crash()
        let reopened = try Rig.reopen(files)
        let second = try #require(try StoreForget.run(reopened, filter))
        #expect(second.rowCount == 5 && second.remaining == [])
        #expect(try Rig.findings(reopened, filter) == [])
        #expect(try Rig.export(reopened).count == 5)
        withExtendedLifetime(appender) {}
    }

    @Test("a reader keeps what it reads, which is told; when it ends a further run removes it")
    func reader() throws {
        let store = try Rig.store()
        let events = Rig.users([ann, "bob"])
        _ = try Rig.ingest(Rig.lines(events), into: store)
        var text: [UInt8] = []
        do {
            let snapshot = try store.snapshot()
            let report = try #require(try StoreForget.run(store, filter))
            #expect(report.rowCount == 30 && report.remaining.count == 3)
            #expect(report.remaining[0].reason == "replaced, but a reader still reads it")
            #expect(try Rig.findings(store, filter) != [])
            var export = StoreExport(snapshot)
            try export.run { text += $0 }
        }
        #expect(text.split(separator: UInt8(ascii: "\n")).count == 60)
        let report = try #require(try StoreForget.run(store, filter))
        #expect(report.rowCount == 0 && report.removedFileCount == 3 && report.remaining == [])
        #expect(try Rig.findings(store, filter) == [])
    }

    @Test("each file that a reader keeps is told once, indexes included")
    func readerOfIndexes() throws {
        // Windows are over, so that they get an index.
        let clock = ManualClock(1_800_000_000_000_000_000)
        let store = try Store.create(Rig.paths, windowLength: .hour, storeId: 1, in: MemoryFileSystem(), clock: clock)
        let events = Rig.users([ann, "bob"]).map { $0.replacing("\"n\":", with: "\"eventId\":") }
        _ = try Rig.ingest(Rig.lines(events), into: store)
        _ = try store.compact()
        let snapshot = try store.snapshot()
        #expect(snapshot.state.indexes.count == 3)
        let report = try #require(try StoreForget.run(store, filter))
        let paths = report.remaining.map(\.path)
        #expect(paths.count == 6 && Set(paths).count == 6)
        withExtendedLifetime(snapshot) {}
    }

    @Test("what another writer has not committed yet, and what a repair has put aside, is told")
    func unreached() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        _ = try Rig.ingest(Rig.lines(Rig.users([ann])), into: store)
        let writer = try StoreWriter(store)
        let segment = try writer.beginSegment(TimeWindow(index: 0), options: .forStore(.hot))
        try files.createDirectories("store/damaged")
        try files.create("store/damaged/x").append(Array("user: ann-4711".utf8))
        let report = try #require(try StoreForget.run(store, filter))
        #expect(
            report.remaining.map(\.reason) == [
                "another process is writing it", "1 files that a repair has put aside; delete them",
            ])
        #expect(try Rig.findings(store, filter).count == 1)
        withExtendedLifetime(segment) {}
    }

    @Test("what an event left in the segment of another window before its time was known goes too")
    func otherWindows() throws {
        let store = try Rig.store()
        // One hour and the other in turns; only the second knows her.
        let events = (0..<400).map { number in
            let user = number % 2 == 0 ? "bob-\(number % 3)" : ann
            let key = number == 3 ? ann : "key"
            return #"{"\#(key)":{"x":1},"time":"2024-01-15T0\#(number % 2):00:00Z","user":"\#(user)"}"#
        }
        _ = try Rig.ingest(Rig.lines(events), into: store)
        let found = try Rig.findings(store, filter)
        // The segment of the first hour knows a path that none of its rows has, and no more.
        #expect(found.count { $0.hasSuffix("values of user") } == 1 && !found.contains { $0.contains("dictionary") })
        #expect(found.count { $0 == "1 paths" } == 2)
        let report = try #require(try StoreForget.run(store, Rig.anywhere(ann)))
        #expect(report.rowCount == 200 && report.segmentCount == 2)
        #expect(try Rig.findings(store, filter) == [])
        #expect(try Rig.export(store).count == 200)
    }

    @Test("a search finds the value where no event has it: in messages, dictionaries, bytes of files")
    func searchFindings() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        _ = try Rig.ingest(#"{"time":1,"message":"mail for ann-4711"}"# + "\n", into: store)
        try files.create("store/note").append(Array("ann-4711".utf8))
        let found = try Rig.findings(store, filter)
        #expect(found.contains("1 values of message"))
        #expect(found.contains { $0.hasPrefix("bytes from 0 ") })
        #expect(!found.contains { $0.hasSuffix(" events") })
    }

    @Test("a run that stops anywhere and is run again forgets the same")
    func crashes() throws {
        let events = Rig.users([ann, "bob"])
        let kept = events.filter { !$0.contains(ann) }
        var stop = 0
        while true {
            let files = MemoryFileSystem()
            _ = try Rig.ingest(Rig.lines(events) + "bad ann-4711\n", into: Rig.store(files), named: "ann-4711")
            let doomed = FaultyFileSystem(files, faults: Faults(failing: stop..<Int.max))
            let isDone = (try? forget(in: doomed)) == true
            files.crash()
            let store = try Rig.reopen(files)
            let left = try Rig.export(store)
            #expect(Set(kept).isSubset(of: left) && Set(left).isSubset(of: events))
            _ = try StoreForget.run(store, filter)
            #expect(try Rig.export(store) == kept)
            #expect(try Rig.findings(store, filter) == [], "stopped at \(stop)")
            if isDone { break }
            stop += 7
        }
        #expect(stop > 100)
    }

    /// Whether nothing remains to be done.
    private func forget(in fileSystem: any FileSystem) throws -> Bool {
        let store = try Store.open(Rig.paths, in: fileSystem, clock: ManualClock(80))
        return try StoreForget.run(store, filter)?.remaining == []
    }
}
