import Files
import Storage
import Testing

@testable import Ingest

/// The last line of an input may have been cut, because somebody still writes to it.
struct UnfinishedLineTests {
    @Test func `a last line that is no event is told once, and read again when the input has grown`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let events = Rig.events(0..<3)
        let begun = Rig.lines(Array(events[..<2])) + events[2].prefix(20)
        let first = try Rig.ingest(begun, into: store)
        #expect(first.eventCount == 2 && first.rejectCount == 1)
        let number = try store.snapshot().state.number
        let again = try Rig.ingest(begun, into: store)
        #expect(again.eventCount == 0 && again.rejectCount == 0)
        #expect(try store.snapshot().state.number == number)
        let grown = try Rig.ingest(Rig.lines(events), into: store)
        #expect(grown.eventCount == 1 && grown.rejectCount == 0)
        #expect(try Rig.export(store, byIngest: true) == events)
    }

    @Test func `JSON that is cut is read again, too`() throws {
        let store = try Rig.store()
        let events = Rig.events(0..<3)
        let text = "[" + events.joined(separator: ",\n") + "]"
        #expect(try Rig.ingest(String(text.dropLast(20)), into: store).rejectCount == 1)
        #expect(try Rig.ingest(text, into: store).eventCount == 1)
        #expect(try Rig.export(store, byIngest: true) == events)
    }

    @Test func `a last line that is an event is taken, with or without a line feed behind it later`() throws {
        let store = try Rig.store()
        let events = Rig.events(0..<3)
        _ = try Rig.ingest(String(Rig.lines(Array(events[..<2])).dropLast()), into: store)
        #expect(try Rig.ingest(Rig.lines(events), into: store).eventCount == 1)
        #expect(try Rig.export(store, byIngest: true) == events)
    }

    @Test func `an input of nothing but a line that was cut is told, and forgotten`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let event = Rig.events(0..<1)[0]
        let summary = try Rig.ingest(String(event.prefix(10)), into: store) { $0.format = .ndjson }
        #expect(summary.rejectCount == 1)
        #expect(try files.exists(try #require(summary.rejectsPath)))
        #expect(try Rig.ingest(event, into: store).eventCount == 1)
    }
}
