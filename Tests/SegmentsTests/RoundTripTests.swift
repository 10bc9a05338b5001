import Bytes
import Columns
import Testing

@testable import Segments

@Suite struct RoundTripTests {
    static let tiers: [EncodingProfile.Tier] = [.hot, .warm, .cold]

    @Test("a segment without rows opens and is empty")
    func empty() throws {
        let reader = try SegmentReader(MemorySource(try segment([], options: .init(tier: .hot))))
        #expect(reader.rowCount == 0)
        #expect(try reader.batchRanges().isEmpty)
        #expect(try reader.allColumns().count == 3)
    }

    @Test("rows of random schemas and values come back as they went in", arguments: tiers, [1, 2, 3, 4, 5, 6])
    func random(tier: EncodingProfile.Tier, seed: UInt64) throws {
        var generator = RowGenerator(seed: seed)
        let rows = generator.rows([1, 7, 300, 3000, 9000, 20_000][Int(seed) - 1])
        var options = SegmentWriterOptions(tier: tier)
        options.zoneCountPerBand = 2
        let bytes = try segment(rows, options: options)
        try expect(bytes, gives: rows)
        #expect(try segment(rows, options: options) == bytes)
    }

    @Test("service-like events with derived columns come back as they went in", arguments: tiers)
    func derived(tier: EncodingProfile.Tier) throws {
        var generator = RowGenerator(seed: 99)
        let rows = generator.serviceRows(20_000)
        var options = SegmentWriterOptions(tier: tier)
        options.zoneCountPerBand = 2
        let bytes = try segment(rows, options: options)
        try expect(bytes, gives: rows)
    }

    @Test("a message that shows the end of a long chain of columns, and a copy of the message, come back")
    func longChain() throws {
        var random = SplitMix64(seed: 11)
        let rows = (0..<6000).map { number in
            let start = random.next() % 1024
            var values: [ColumnKey: ReferenceValue] = [:]
            // Each is a function of the one before it, and cheapest to tell from that.
            var text = ""
            for depth in 0..<9 {
                text = String((start >> UInt64(depth)) &* 0x9E37_79B9 &+ UInt64(depth) << 40)
                values[key("chain\(depth)", type: .string)] = .text(Array(text.utf8))
            }
            let message = Array("took \(text) for \(random.next() % 100_000) ms".utf8)
            values[key("message", type: .string)] = .text(message)
            values[key("messageCopy", type: .string)] = .text(message)
            return ReferenceRow(values: values, storedAt: 5, sequence: UInt64(number))
        }
        try expect(try segment(rows, options: SegmentWriterOptions(tier: .hot)), gives: rows)
    }

    @Test("rows whose shapes never repeat keep their own presence")
    func wildShapes() throws {
        var generator = RowGenerator(seed: 5)
        let rows = generator.wildRows(2000, keyCount: 40)
        var options = SegmentWriterOptions(tier: .hot)
        options.shapeLimit = 16
        let bytes = try segment(rows, options: options)
        try expect(bytes, gives: rows)
    }

    @Test("rare paths share overflow buckets and come back")
    func rarePaths() throws {
        var generator = RowGenerator(seed: 6)
        let rows = generator.wildRows(3000, keyCount: 3000)
        let bytes = try segment(rows, options: SegmentWriterOptions(tier: .hot))
        try expect(bytes, gives: rows)
        let reader = try SegmentReader(MemorySource(bytes))
        #expect(try reader.allColumns().contains { $0.hasOverflow })
    }

    @Test("texts that words and numbers do not explain get symbols, and all bands name the same table")
    func symbols() throws {
        var random = SplitMix64(seed: 21)
        let parts = (0..<60).map { _ in
            String((0..<3).map { _ in "bcdfghklmnprstaeiou".randomElement(using: &random)! })
        }
        let rows = (0..<20_000).map { number in
            let text = (0..<Int.random(in: 4...14, using: &random)).map { _ in parts.randomElement(using: &random)! }
            let value = ReferenceValue.text(Array(text.joined().utf8))
            return ReferenceRow(
                values: [key("name", type: .string): value], storedAt: 5, sequence: UInt64(number))
        }
        var options = SegmentWriterOptions(tier: .hot)
        options.zoneCountPerBand = 1
        let bytes = try segment(rows, options: options)
        try expect(bytes, gives: rows)
        let column = try #require(
            try SegmentReader(MemorySource(bytes)).allColumns().first { $0.path == ColumnPath(keys: ["name"]) })
        let tables = try column.pages().filter { $0.kind == .symbolTable }
        #expect(tables.count == 3)
        #expect(tables.allSatisfy { $0.place == tables[0].place })
        #expect(bytes.count * 2 < rows.count * 27)
    }
}
