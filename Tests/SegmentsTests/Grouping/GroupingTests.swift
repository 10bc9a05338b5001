import Bytes
import Columns
import Testing

@testable import Segments

@Suite struct GroupingTests {
    /// Hosts in no order, each with a counter of its own, a ratio that goes with it, and a value that follows no rule.
    private func rows(_ count: Int, seed: UInt64 = 4) -> [ReferenceRow] {
        var random = SplitMix64(seed: seed)
        var counters = (0..<24).map { UInt64($0 * 1_000_000) }
        return (0..<count).map { number in
            let host = Int(random.next() % 24)
            counters[host] += 1 + random.next() % 2
            let values: [ColumnKey: ReferenceValue] = [
                key("host", type: .string): .text(Array("host-\(host)".utf8)),
                key("record", type: .int64): .word(counters[host]),
                key("ratio", type: .double): .word((Double(counters[host] % 1_000_000) / 8).bitPattern),
                key("noise", type: .int64): .word(random.next() % 100_000),
            ]
            return ReferenceRow(values: values, storedAt: Int64(number / 500), sequence: UInt64(number) + 7)
        }
    }

    private func options(_ tier: EncodingProfile.Tier, zones: Int = 32) -> SegmentWriterOptions {
        var options = SegmentWriterOptions(tier: tier)
        options.zoneCountPerBand = zones
        return options
    }

    /// The paths by whose codes a column's pages are grouped.
    private func sources(of path: String, in bytes: [UInt8]) throws -> [String?] {
        let reader = try SegmentReader(MemorySource(bytes))
        let column = try #require(try reader.allColumns().first { $0.path == ColumnPath(keys: [path]) })
        return try column.pages().indices.filter { try column.pages()[$0].kind == .data }.map { index in
            let ordinal: Int? =
                switch try column.parsedPage(index).body {
                case .integers(.grouped(let source, _)), .doubles(.grouped(let source, _)),
                    .strings(.grouped(let source, _)), .strings(.sharedDictionary(_, .grouped(let source, _))):
                    source
                default: nil
                }
            return try ordinal.map { try reader.column(ordinal: $0).path.description }
        }
    }

    @Test("values that are alike by host are put together by host, others stay as they are")
    func pays() throws {
        let rows = rows(10_000)
        let cold = try segment(rows, options: options(.cold))
        try expect(cold, gives: rows)
        let found = try ["record", "ratio", "noise", "host"].map { try sources(of: $0, in: cold) }
        #expect(found == [["host"], ["host"], [nil], [nil]])
        #expect(try SegmentReader(MemorySource(cold)).trailer.incompatibleFeatures == Trailer.groupedNodes)
    }

    @Test("without values that gain nothing is grouped, and the segment needs no reader that knows of it")
    func doesNotPay() throws {
        var random = SplitMix64(seed: 8)
        let rows = (0..<12_000).map { number in
            ReferenceRow(
                values: [
                    key("host", type: .string): .text(Array("host-\(random.next() % 24)".utf8)),
                    key("noise", type: .int64): .word(random.next() % 100_000),
                    key("count", type: .int64): .word(UInt64(number * 3)),
                ], storedAt: 1, sequence: UInt64(number))
        }
        let cold = try segment(rows, options: options(.cold))
        #expect(try sources(of: "noise", in: cold) == [nil])
        #expect(try sources(of: "count", in: cold) == [nil])
        #expect(try SegmentReader(MemorySource(cold)).trailer.incompatibleFeatures == 0)
    }

    @Test("hot and warm segments are not grouped")
    func otherTiers() throws {
        for tier in [EncodingProfile.Tier.hot, .warm] {
            let bytes = try segment(rows(9000), options: options(tier))
            #expect(try SegmentReader(MemorySource(bytes)).trailer.incompatibleFeatures == 0)
        }
    }

    @Test("rows, their zones and the bounds of these are in a grouped segment what they are in any other")
    func sameOrder() throws {
        let rows = rows(20_000)
        let hot = try SegmentReader(MemorySource(try segment(rows, options: options(.hot))))
        let cold = try SegmentReader(MemorySource(try segment(rows, options: options(.cold))))
        #expect(hot.zones == cold.zones)
        #expect(try ContentChecksum.of(hot) == ContentChecksum.of(cold))
        for column in try hot.allColumns() where column.type.rawValue < 32 {
            let same = try #require(try cold.allColumns().first { $0.key == column.key })
            #expect(try same.statistics()?.zones == column.statistics()?.zones)
        }
        // Zones by themselves, without the page's others before them.
        let zone = cold.zones.count - 1
        #expect(try cold.rows(in: zone..<zone + 1).sequences == hot.rows(in: zone..<zone + 1).sequences)
    }

    @Test("the same rows give the same bytes, over several bands")
    func deterministic() throws {
        let rows = rows(20_000)
        let bytes = try segment(rows, options: options(.cold, zones: 1))
        #expect(try segment(rows, options: options(.cold, zones: 1)) == bytes)
        try expect(bytes, gives: rows)
        #expect(try sources(of: "record", in: bytes) == ["host", "host", "host"])
    }

    @Test("a key that has no value in some rows puts those at the end")
    func rowsWithoutKey() throws {
        var rows = rows(10_000)
        for row in rows.indices where row % 5 == 0 { rows[row].values[key("host", type: .string)] = nil }
        let cold = try segment(rows, options: options(.cold))
        try expect(cold, gives: rows)
        let found = try sources(of: "record", in: cold)
        #expect(found == ["host"])
    }

    @Test("what templates leave of messages is grouped stream by stream")
    func streams() throws {
        var random = SplitMix64(seed: 21)
        var counters = (0..<16).map { $0 * 50_000 }
        let rows = (0..<20_000).map { number in
            let user = Int(random.next() % 16)
            counters[user] += 1
            let text = "session \(counters[user]) of client took \(random.next() % 900) ms in zone \(random.next() % 9)"
            return ReferenceRow(
                values: [
                    key("user", type: .string): .text(Array("user-\(user)".utf8)),
                    key("message", type: .string): .text(Array(text.utf8)),
                ], storedAt: 1, sequence: UInt64(number))
        }
        let cold = try segment(rows, options: options(.cold))
        try expect(cold, gives: rows)
        let reader = try SegmentReader(MemorySource(cold))
        let column = try #require(try reader.allColumns().first { $0.path == ColumnPath(keys: ["message"]) })
        let page = try #require(try column.pages().firstIndex { $0.kind == .data })
        guard case .strings(.template(_, _, let streams)) = try column.parsedPage(page).body else {
            Issue.record("messages are not taken apart")
            return
        }
        #expect(
            streams.contains { stream in
                if case .grouped = stream.node { true } else { false }
            })
    }

    @Test("a page in which a grouped stream has no value has an empty stream")
    func emptyStream() throws {
        var random = SplitMix64(seed: 22)
        var counters = (0..<16).map { $0 * 50_000 }
        let rows = (0..<24_576).map { number in
            let user = Int(random.next() % 16)
            counters[user] += 1
            // The second of three zones, which are a page each, has messages of another kind.
            let text =
                number / 8192 == 1
                ? "nothing of \(["note", "weight"][number % 2]) was seen all day by anybody"
                : "session \(counters[user]) of client took \(random.next() % 900) ms in all"
            return ReferenceRow(
                values: [
                    key("user", type: .string): .text(Array("user-\(user)".utf8)),
                    key("message", type: .string): .text(Array(text.utf8)),
                ], storedAt: 1, sequence: UInt64(number))
        }
        var options = options(.cold)
        options.zoneCountPerPage = 1
        let cold = try segment(rows, options: options)
        #expect(try SegmentReader(MemorySource(cold)).trailer.incompatibleFeatures == Trailer.groupedNodes)
        try expect(cold, gives: rows)
    }
}
