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
}
