import Files
import Storage
import Testing

@testable import Ingest

@Suite("Export within a bound of memory")
struct StoreExportTests {
    @Test("however little text may wait, the events and their order are the same", arguments: [1, 400, 20_000])
    func bounded(_ limit: Int) throws {
        let store = try Rig.store()
        // Each input has events of all windows; the second is older than the first.
        let events = [Rig.events(6000..<9000), Rig.events(0..<3000)]
        for (number, part) in events.enumerated() {
            _ = try Rig.ingest(Rig.lines(part.reversed()), into: store, named: "\(number)")
        }
        for byIngest in [true, false] {
            var export = StoreExport(try store.snapshot(), byIngest: byIngest)
            export.waitingLimit = limit
            var text: [UInt8] = []
            try export.run { text += $0 }
            let found = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
            #expect(export.eventCount == 6000)
            let expected = try Rig.export(store, byIngest: byIngest)
            try #require(found == expected)
            if byIngest { #expect(found == events.flatMap { $0.reversed() }) }
        }
    }

    @Test("lines are written as soon as a mebibyte of them is there")
    func pieces() throws {
        let store = try Rig.store()
        _ = try Rig.ingest(Rig.lines(Rig.events(0..<20_000)), into: store)
        var export = StoreExport(try store.snapshot())
        var byteCounts: [Int] = []
        try export.run { byteCounts.append($0.count) }
        #expect(byteCounts.count > 1)
        #expect(byteCounts.allSatisfy { $0 <= 1 << 20 + 1000 })
    }

    @Test("a segment that has been gone through is let go", arguments: [true, false])
    func release(byIngest: Bool) throws {
        let store = try Rig.store()
        for (number, events) in [0..<3000, 3000..<6000, 6000..<9000].enumerated() {
            _ = try Rig.ingest(Rig.lines(Rig.events(events)), into: store, named: "\(number)")
        }
        var export = StoreExport(try store.snapshot(), byIngest: byIngest)
        var eventCount = 0
        try export.run { eventCount += $0.count { $0 == UInt8(ascii: "\n") } }
        #expect(eventCount == 9000)
        #expect(export.segments.count == 0)
    }
}
