import Bytes
import Columns
import Testing

@testable import Segments

@Suite struct InspectFloorTests {
    private static let count = 2000

    private func floors(_ values: [[ColumnKey: ReferenceValue]]) throws -> [String: ColumnFloor] {
        let rows = values.enumerated().map { ReferenceRow(values: $1, storedAt: 0, sequence: UInt64($0)) }
        let report = try inspector(rows, options: SegmentWriterOptions(tier: .hot)).report()
        return Dictionary(uniqueKeysWithValues: report.columns.map { ($0.path, $0.floor) })
    }

    /// Within a thousandth: chance makes some bits look a little less than random.
    private func isNearly(_ floor: ColumnFloor?, ids: Int, bytesOfOne: Double) -> Bool {
        guard let floor, floor.idCount == ids else { return false }
        let expected = Double(ids) * bytesOfOne
        return Double(floor.byteCount) <= expected && Double(floor.byteCount) > expected * 0.999
    }

    private func hex(_ word: UInt64, digits: Int) -> String {
        let text = String(word, radix: 16)
        return String((String(repeating: "0", count: 16 - text.utf8.count) + text).suffix(digits))
    }

    @Test("a random id counts once, in the first of the columns that have it")
    func shared() throws {
        var random = SplitMix64(seed: 1)
        var spans: [UInt64] = []
        let rows = (0..<Self.count).map { row -> [ColumnKey: ReferenceValue] in
            spans.append(random.next())
            return [
                key("parentSpanId", type: .id8Lower): .word(spans[row / 2]),
                key("spanId", type: .id8Lower): .word(spans[row]),
                key("traceId", type: .id16Lower): .words(spans[row / 100], 7),
                key("a", type: .id8Upper): .word(spans[row]),
            ]
        }
        let floors = try floors(rows)
        #expect(isNearly(floors["spanId"], ids: Self.count, bytesOfOne: 8))
        #expect(floors["parentSpanId"] == ColumnFloor.none && floors["a"] == ColumnFloor.none)
        #expect(floors["traceId"]?.idCount == Self.count / 100)
        // Eight of the sixteen bytes never change.
        #expect(try #require(floors["traceId"]).byteCount <= Self.count / 100 * 8)
    }

    @Test("random hexadecimal text counts half of its length, a UUID its random bits")
    func texts() throws {
        var random = SplitMix64(seed: 2)
        let rows = (0..<Self.count).map { _ -> [ColumnKey: ReferenceValue] in
            [
                key("request", type: .string): .text(Array(hex(random.next(), digits: 12).utf8)),
                key("odd", type: .string): .text(Array(hex(random.next(), digits: 9).utf8)),
                key("uuid", type: .uuidLower): .words(
                    random.next() & 0x0FFF_FFFF_FFFF_FFFF | 0x4000_0000_0000_0000, random.next()),
            ]
        }
        let floors = try floors(rows)
        #expect(isNearly(floors["request"], ids: Self.count, bytesOfOne: 6))
        #expect(isNearly(floors["odd"], ids: Self.count, bytesOfOne: 4.5))
        #expect(isNearly(floors["uuid"], ids: Self.count, bytesOfOne: 15.5))
    }

    @Test("counters, decimal digits, words and ids that repeat are no floor")
    func others() throws {
        var random = SplitMix64(seed: 3)
        let rows = (0..<Self.count).map { row -> [ColumnKey: ReferenceValue] in
            [
                key("counter", type: .id8Lower): .word((UInt64(row) + 123_456).byteSwapped),
                key("decimal", type: .string): .text(Array("\(10_000_000 + random.next() % 80_000_000)".utf8)),
                key("word", type: .string): .text(Array("request-\(random.next() % 100_000_000)".utf8)),
                key("few", type: .string): .text(
                    Array(hex((random.next() % 20) &* 0x9E37_79B9_7F4A_7C15, digits: 12).utf8)),
                key("short", type: .string): .text(Array(hex(random.next(), digits: 7).utf8)),
            ]
        }
        let floors = try floors(rows)
        #expect(try #require(floors["counter"]).byteCount < Self.count)
        for path in ["decimal", "word", "few", "short"] { #expect(floors[path] == ColumnFloor.none, "\(path)") }
    }

    @Test("the floor of service-like events is below their file, and most of it the event ids")
    func services() throws {
        var generator = RowGenerator(seed: 12)
        let report = try inspector(generator.serviceRows(5000), options: SegmentWriterOptions(tier: .cold)).report()
        #expect(report.floorByteCount < report.head.fileByteCount)
        let events = try #require(report.columns.first { $0.path == "eventId" })
        #expect(isNearly(events.floor, ids: 5000, bytesOfOne: 8))
        let requests = try #require(report.columns.first { $0.path == "attributes.requestId" })
        #expect(requests.floor.idCount > 2000)
    }

    @Test(
        "entropy of a coin by its share of heads",
        arguments: [(1, 2, 1.0), (1, 4, 0.811278), (1, 10, 0.468996), (0, 5, 0.0), (5, 5, 0.0), (999, 1000, 0.011408)])
    func entropy(count: Int, total: Int, expected: Double) {
        #expect(abs(BitRandomness.entropy(count, of: total) - expected) < 1e-6)
    }
}
