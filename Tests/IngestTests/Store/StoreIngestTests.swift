import Bytes
import Files
import Storage
import Testing

@testable import Ingest

struct StoreIngestTests {
    @Test func `events come back as they came in, in either order, whatever window they are of`() throws {
        let store = try Rig.store()
        let events = Rig.events(0..<20_000)
        let summary = try Rig.ingest(Rig.lines(events), into: store)
        #expect(summary.eventCount == 20_000 && summary.rejectCount == 0)
        #expect(try Rig.export(store, byIngest: true) == events)
        // By time, and those of one time as they came in.
        let time = { (event: String) in event.suffix(22) }
        let ordered = events.enumerated().sorted { (time($0.element), $0.offset) < (time($1.element), $1.offset) }
        #expect(try Rig.export(store) == ordered.map(\.element))
        let windows = Set(try store.snapshot().state.segments.values.map(\.window))
        #expect(windows.count == 6)
    }

    @Test func `no segment holds events of two windows`() throws {
        let store = try Rig.store()
        _ = try Rig.ingest(Rig.lines(Rig.events(0..<20_000)), into: store)
        for entry in try store.snapshot().state.segments.values {
            let times = entry.window.times(.hour)
            #expect(times.contains(entry.times.lowerBound) && times.contains(entry.times.upperBound))
        }
    }

    @Test func `the same content is taken in once, whatever its name, unless it is asked for`() throws {
        let store = try Rig.store()
        let events = Rig.events(0..<100)
        _ = try Rig.ingest(Rig.lines(events), into: store)
        let number = try store.snapshot().state.number
        let second = try Rig.ingest(Rig.lines(events), into: store, named: "copy")
        #expect(second.eventCount == 0 && second.known?.name == "dump")
        #expect(try store.snapshot().state.number == number)
        #expect(try Rig.ingest(Rig.lines(events), into: store) { $0.isAgain = true }.eventCount == 100)
        #expect(try Rig.export(store, byIngest: true) == events + events)
        #expect(try Rig.ingest(Rig.lines(events), into: store).eventCount == 0)
    }

    @Test func `a file that has grown is gone on with, one that only begins alike is another`() throws {
        let store = try Rig.store()
        let events = Rig.events(0..<3000)
        _ = try Rig.ingest(Rig.lines(Array(events[..<1000])), into: store)
        let grown = try Rig.ingest(Rig.lines(events), into: store)
        #expect(grown.eventCount == 2000)
        #expect(try Rig.export(store, byIngest: true) == events)
        let other = Array(events[..<2500]) + Rig.events(5000..<5010)
        #expect(try Rig.ingest(Rig.lines(other), into: store).eventCount == other.count)
        #expect(try store.snapshot().state.sources.count == 2)
    }

    @Test func `records that are no events are kept with their place and the reason, and the rest goes on`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let events = Rig.events(0..<3)
        let text = "\(events[0])\n{broken\n\(events[1])\n{\"a\":1}\n\(events[2])"
        let summary = try Rig.ingest(text, into: store)
        #expect(summary.eventCount == 3 && summary.rejectCount == 2)
        let rejects = String(decoding: try files.readAll("store/rejects/1.ndjson"), as: UTF8.self).split(
            separator: "\n")
        #expect(rejects.count == 2)
        #expect(
            rejects[0].hasPrefix(#"{"file":"dump","line":2,"byte":"#) && rejects[0].hasSuffix(#""text":"{broken"}"#))
        #expect(rejects[1].contains(#""line":4"#) && rejects[1].contains("no field says when it happened"))
        #expect(try Rig.export(store) == events)
    }

    @Test func `a strict ingest stops at the first record that is no event and stores nothing`() throws {
        let store = try Rig.store()
        let text = Rig.lines(Rig.events(0..<10_000)) + "{broken\n"
        #expect(throws: IngestFailure.self) {
            try Rig.ingest(text, into: store) {
                $0.isStrict = true
                $0.eventCountPerCommit = 1000
            }
        }
        #expect(try store.snapshot().state.segments.isEmpty)
        try store.clean()
        #expect(try Rig.export(store) == [])
    }

    @Test func `keys that look like those of the store come back as they were`() throws {
        let store = try Rig.store()
        let event =
            #"{"\u0000\u0000x":{"\u0000":2},"\u0000timestamp":"x","a":{"\u0000b":1},"timestamp":"2024-01-15T00:00:00Z"}"#
        _ = try Rig.ingest(event, into: store)
        #expect(try Rig.export(store) == [event])
    }

    @Test func `an empty input leaves no trace`() throws {
        let store = try Rig.store()
        for text in ["", "\n\n"] { #expect(try Rig.ingest(text, into: store).eventCount == 0) }
        #expect(try store.snapshot().state.segments.isEmpty)
        #expect(try Rig.ingest(Rig.lines(Rig.events(0..<5)), into: store).eventCount == 5)
    }

    @Test func `an export can be had of some time and some service`() throws {
        let store = try Rig.store()
        let events = Rig.events(0..<9000)
        _ = try Rig.ingest(Rig.lines(events), into: store)
        let hour: Int64 = 1_705_276_800_000_000_000 + 3_600_000_000_000
        let found = try Rig.export(store) {
            $0.times = hour...(hour + 599_999_999_999)
            $0.fields = [.service: "s1"]
        }
        let expected = events.filter { $0.contains("T01:0") && $0.contains(#""s1""#) }
        #expect(Set(found) == Set(expected) && found.count == expected.count && !found.isEmpty)
    }
}
