import Bytes
import Files
import Testing
import Times

@testable import Ingest

/// Inputs that are not plain NDJSON, taken into a store.
struct StoreFormatTests {
    private func ingest(
        _ bytes: [UInt8], _ text: String, _ zone: TimeZoneRules = .utc,
        _ change: (inout ExportFilter) -> Void = { _ in }
    ) throws -> [String] {
        let store = try Rig.store()
        var options = StoreIngest.Options()
        options.timeZone = zone
        for content in [bytes, Array(text.utf8)] {
            let ingest = try StoreIngest(store, options: options) { MemoryStream(content, path: "dump") }
            try ingest.run()
        }
        return try Rig.export(store, change)
    }

    @Test func `a compressed input is the same source as its contents`() throws {
        let events = Rig.events(0..<5000)
        let text = Rig.lines(events)
        let bytes = try #require(ZstdFrame.compress(Array(text.utf8)[...], level: 1, byteLimit: 1 << 20))
        #expect(try ingest(bytes, text).count == events.count)
    }

    @Test func `a table that has grown is gone on with, its times in the zone that was given`() throws {
        let rows = (0..<2400).map { "2024-01-15 10:\($0 / 50 + 10):\($0 % 50 + 10),\($0)\n" }
        let head = "time,n\n" + rows[..<1000].joined()
        let whole = "time,n\n" + rows.joined()
        let lines = try ingest(Array(head.utf8), whole, TimeZoneRules(offsetSeconds: 3600)) {
            // A quarter past nine in UTC.
            $0.times = 1_705_310_100_000_000_000 ... .max
        }
        #expect(lines.count == rows.count - 250)
        #expect(Set(lines).count == lines.count)
    }
}
