import Columns
import Files
import Storage
import Testing
import Times

@testable import Ingest

/// Appending, reading what is appended, and sealing.
struct LiveAppenderTests {
    @Test func `events can be read as soon as they are acknowledged, and once when they are sealed`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let events = Rig.events(0..<30)
        let appender = try Rig.appender(store)
        #expect(try Rig.append(Array(events[..<10]), to: appender).eventCount == 10)
        let other = try Rig.reopen(files)
        #expect(try Rig.export(other, byIngest: true) == Array(events[..<10]))
        try appender.seal()
        try Rig.append(Array(events[10..<20]), to: appender)
        #expect(try Rig.export(other, byIngest: true) == Array(events[..<20]))
        try Rig.append(Array(events[20...]), to: appender)
        #expect(try Rig.export(other, byIngest: true) == events)
        try appender.close()
        #expect(try Rig.export(other, byIngest: true) == events)
        #expect(try other.snapshot().logs.isEmpty)
        #expect(try Rig.logNames(files) == [])
    }

    @Test func `an export of logs and segments honours times, fields and order`() throws {
        let store = try Rig.store()
        let events = Rig.events(0..<4000)
        let appender = try Rig.appender(store)
        try Rig.append(Array(events[..<1000]), to: appender)
        try appender.seal()
        try Rig.append(Array(events[1000...]), to: appender)
        let expected = try Rig.store()
        _ = try Rig.ingest(Rig.lines(events), into: expected)
        #expect(try Rig.export(store) == Rig.export(expected))
        let filter: (inout ExportFilter) -> Void = {
            $0.fields[.service] = "s1"
            $0.times = 1_705_276_800_000_000_000...1_705_278_000_000_000_000
        }
        let found = try Rig.export(store, byIngest: false, filter)
        #expect(try found == Rig.export(expected, byIngest: false, filter))
        #expect(!found.isEmpty)
    }

    @Test func `lines that are no events are told and left out`() throws {
        let store = try Rig.store()
        let appender = try Rig.appender(store)
        let events = Rig.events(0..<3)
        let batch = "\(events[0])\n\n{\"n\":\n\(events[1])\r\n{\"n\":1}\n[]\n\(events[2])"
        let acknowledgement = try appender.append(Array(batch.utf8))
        #expect(acknowledgement.eventCount == 3)
        #expect(
            acknowledgement.rejected == [
                RejectedLine(index: 2, reason: .truncated), RejectedLine(index: 4, reason: .noTime),
                RejectedLine(index: 5, reason: .notAnObject),
            ])
        #expect(try Rig.export(store) == events)
        let nothing = try appender.append(Array("{}\n".utf8))
        #expect(nothing.eventCount == 0 && nothing.firstSequence == nil && nothing.rejected.count == 1)
        try appender.close()
        #expect(try Rig.export(store) == events)
    }

    @Test func `the mapping that events were taken with is that by which they are read and recovered`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let appender = try Rig.appender(store) { $0.mapping = "timestamp=when,service=what" }
        let event = #"{"what":"cart","when":"2024-01-15T00:00:00Z"}"#
        try Rig.append([event], to: appender)
        let filter: (inout ExportFilter) -> Void = { $0.fields[.service] = "cart" }
        #expect(try Rig.export(store, byIngest: false, filter) == [event])
        files.crash()
        let again = try Rig.reopen(files)
        #expect(try LogRecovery.run(again).eventCount == 1)
        #expect(try again.snapshot().logs.isEmpty)
        #expect(try Rig.export(again, byIngest: false, filter) == [event])
    }

    @Test func `sequences and the times of storing are those of the acknowledgements, also when sealed`() throws {
        let store = try Rig.store()
        let appender = try Rig.appender(store)
        let first = try Rig.append(Rig.events(0..<2), to: appender)
        let second = try Rig.append(Rig.events(2..<5), to: appender)
        try appender.close()
        let start = try #require(first.firstSequence)
        #expect(second.firstSequence == start + 2)
        let entry = try #require(try store.snapshot().state.orderedSegments.first)
        #expect(entry.sequences == start...start + 4)
        #expect(entry.storedAt == first.storedAt...second.storedAt)
    }

    @Test func `threads that append at once are each acknowledged, and their batches stay whole`() throws {
        let store = try Rig.store()
        let appender = try Rig.appender(store) {
            $0.sealsInBackground = true
            $0.eventCountPerLog = 300
        }
        let acknowledged = Monitor<[(first: UInt64, numbers: Range<Int>)]>([])
        let threads = (0..<4).compactMap { thread in
            WorkerThread {
                for batch in 0..<20 {
                    let numbers = (thread * 20 + batch) * 10..<(thread * 20 + batch + 1) * 10
                    let text = numbers.map { "{\"n\":\($0),\"time\":\(1_700_000_000 + $0)}\n" }.joined()
                    guard let first = try? appender.append(Array(text.utf8)).firstSequence else { continue }
                    acknowledged.change { $0.append((first, numbers)) }
                }
            }
        }
        for thread in threads { thread.join() }
        try appender.close()
        let batches = acknowledged.change { $0 }.sorted { $0.first < $1.first }
        #expect(batches.count == 80)
        let expected = batches.flatMap(\.numbers).map { "{\"n\":\($0),\"time\":\(1_700_000_000 + $0)}" }
        #expect(try Rig.export(store, byIngest: true) == expected)
        #expect(try store.snapshot().logs.isEmpty)
    }

    @Test func `after close nothing is appended`() throws {
        let appender = try Rig.appender(try Rig.store())
        try appender.close()
        #expect(throws: StoreError.invalid("the appender is closed")) {
            try Rig.append(Rig.events(0..<1), to: appender)
        }
    }

    @Test func `a reader keeps the log as it was when the log is sealed and cleaned meanwhile`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let appender = try Rig.appender(store)
        let events = Rig.events(0..<20)
        try Rig.append(Array(events[..<10]), to: appender)
        let snapshot = try store.snapshot()
        try Rig.append(Array(events[10...]), to: appender)
        try appender.seal()
        try store.clean()
        var text: [UInt8] = []
        var export = StoreExport(snapshot, byIngest: true)
        try export.run { text += $0 }
        #expect(String(decoding: text, as: UTF8.self) == Rig.lines(Array(events[..<10])))
        #expect(try Rig.logNames(files).count == 1)
    }

    @Test func `events of many windows and columns are sealed each in its window`() throws {
        let store = try Rig.store()
        let appender = try Rig.appender(store)
        let events = (0..<60).map { "{\"k\($0)\":\($0),\"time\":\(1_700_000_000 + $0 * 3600)}" }
        try Rig.append(events, to: appender)
        #expect(try Rig.export(store) == events)
        try appender.close()
        #expect(try store.snapshot().state.segments.count == 60)
        #expect(try Rig.export(store) == events)
    }

    @Test func `checking any number of batches holds none of their values`() throws {
        let check = try #require(
            EventCheck(.automatic) { CanonicalRow(.automatic) { EventTime(reference: 0).read($0) } })
        for batch in 0..<20 {
            let events = (0..<500).map { "{\"id\":\"x\(batch)-\($0)\",\"time\":\($0 % 2 == 0 ? "1" : "null")}\n" }
            #expect(check.check(Array(events.joined().utf8)).eventCount == 250)
            #expect(check.sink.band.rowCount == 0)
            #expect(check.sink.band.columns.allSatisfy { $0.pool.entries.count == 0 }, "batch \(batch)")
        }
    }
}
