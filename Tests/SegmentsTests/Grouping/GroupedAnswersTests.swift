import Bytes
import Columns
import Testing

@testable import Segments

/// Whoever asks a segment must not see how its values stand.
@Suite struct GroupedAnswersTests {
    /// A zone and the beginning of another.
    private static let rowCount = 8600

    /// Services' events, in which values of every type come and go, some of which hang together with the host.
    private func rows(seed: UInt64) -> [ReferenceRow] {
        var generator = RowGenerator(seed: seed)
        var random = SplitMix64(seed: seed)
        var counters = [UInt64](repeating: 0, count: 40)
        var rows = generator.serviceRows(Self.rowCount)
        let others = generator.rows(Self.rowCount)
        for row in rows.indices {
            if row % 2 == 0 { rows[row].values.merge(others[row].values) { own, _ in own } }
            guard case .word(let level)? = rows[row].values[key("level", type: .int64)] else { continue }
            let kind = Int(level * 8 + random.next() % 8)
            counters[kind] += 1 + random.next() % 3
            rows[row].values[key("kind", type: .string)] = .text(Array("kind-\(kind)".utf8))
            if kind % 5 > 0 {
                rows[row].values[key("record", type: .int64)] = .word(counters[kind] + UInt64(kind) << 32)
                rows[row].values[key("ratio", type: .double)] = .word((Double(counters[kind]) / 8).bitPattern)
                rows[row].values[key("name", type: .string)] = .text(Array("n\(kind)-\(counters[kind])x".utf8))
            }
        }
        return rows
    }

    private func segment(
        _ rows: [ReferenceRow], _ tier: EncodingProfile.Tier, zonesPerPage: Int, groupedBy seed: UInt64? = nil
    ) throws -> SegmentReader {
        var options = SegmentWriterOptions(tier: tier)
        options.zoneCountPerPage = zonesPerPage
        let output = MemoryOutput()
        let writer = try SegmentWriter(output, options: options)
        if let seed { RandomGrouping.apply(to: writer, seed: seed) }
        for row in rows {
            writer.band.append(row)
            try writer.rowEnded()
        }
        _ = try writer.finish()
        return try SegmentReader(MemorySource(output.bytes))
    }

    @Test(
        "grouped by whatever key, a segment gives the answers that it gives ungrouped",
        arguments: zip([EncodingProfile.Tier.hot, .cold], [1, 2] as [UInt64]))
    func atRandom(tier: EncodingProfile.Tier, seed: UInt64) throws {
        let rows = rows(seed: seed)
        let zonesPerPage = Int(seed % 2) + 1
        let plain = try segment(rows, tier == .cold ? .warm : tier, zonesPerPage: zonesPerPage)
        let grouped = try segment(rows, tier, zonesPerPage: zonesPerPage, groupedBy: seed)
        try expectSameAnswers(grouped, plain, seed: seed)
        let tags = try groupedTags(in: grouped)
        #expect(tags == [0x0F, 0x23, 0x52, 0x63])
    }

    @Test("grouped by the keys that pay, a cold segment gives the answers of a warm one")
    func asItPays() throws {
        let rows = rows(seed: 4)
        let cold = try segment(rows, .cold, zonesPerPage: 2)
        try expectSameAnswers(cold, try segment(rows, .warm, zonesPerPage: 2), seed: 4)
        let tags = try groupedTags(in: cold)
        #expect(tags.isSuperset(of: [0x0F, 0x52]))
    }

    // MARK: Answers

    private func expectSameAnswers(_ grouped: SegmentReader, _ plain: SegmentReader, seed: UInt64) throws {
        #expect(grouped.zones == plain.zones)
        #expect(try ContentChecksum.of(grouped) == ContentChecksum.of(plain))
        let zones = plain.zones.indices
        // Pages as a whole, and parts of them.
        for range in [zones, zones.lowerBound..<zones.lowerBound + 1, zones.upperBound - 1..<zones.upperBound] {
            let rows = try plain.rows(in: range).referenceRows()
            #expect(try grouped.rows(in: range).referenceRows() == rows)
            try expectSameScans(ZoneScan(grouped, range), ZoneScan(plain, range), rows, seed: seed)
        }
        try expectSameIds(grouped, plain)
    }

    private func expectSameScans(
        _ grouped: ZoneScan, _ plain: ZoneScan, _ rows: [ReferenceRow], seed: UInt64
    ) throws {
        var random = SplitMix64(seed: seed)
        var conditions = RandomConditions(seed: seed)
        var foundCount = 0
        for column in try plain.reader.allColumns() where column.type.rawValue < 32 {
            let other = try same(column, in: grouped.reader)
            let name = "\(column.path.description) (\(column.type)) in zones \(plain.zones)"
            #expect(try grouped.rows(having: other) == plain.rows(having: column), "\(name)")
            #expect(try values(of: other, in: grouped) == values(of: column, in: plain), "\(name)")
            let some = rows.shuffled(using: &random).prefix(200).compactMap { $0.values[column.key] }
            for condition in conditions.conditions(on: column.type, some) {
                let found = try plain.matches(column, condition, DictionaryAnswers())
                #expect(
                    try grouped.matches(other, condition, DictionaryAnswers()) == found, "\(condition) on \(name)")
                foundCount += found.setCount
            }
        }
        #expect(foundCount > 0)
        let time = rows[rows.count / 2].storedAt
        #expect(try grouped.rows(storedBy: time) == plain.rows(storedBy: time))
        // Of many rows pages are decoded as a whole, of few their values are picked.
        for share in [3, 30] as [UInt64] {
            var wanted = Bitmap(count: rows.count)
            for row in rows.indices where random.next() % share == 0 { wanted[row] = true }
            #expect(try grouped.sequences(in: wanted) == plain.sequences(in: wanted))
            let parity = Int(random.next() % 2)
            func batch(_ scan: ZoneScan) throws -> [ReferenceRow] {
                try scan.batch(of: wanted) { $0.ordinal % 2 == parity }.referenceRows()
            }
            #expect(try batch(grouped) == batch(plain))
        }
    }

    private func same(_ column: SegmentColumn, in reader: SegmentReader) throws -> SegmentColumn {
        try #require(try reader.columns(at: column.path).first { $0.type == column.type })
    }

    /// By row.
    private func values(of column: SegmentColumn, in scan: ZoneScan) throws -> [Int: ReferenceValue] {
        var values: [Int: ReferenceValue] = [:]
        for run in try scan.runs(of: column) {
            let rows = run.rows?.positions ?? Array(0..<UInt32(scan.rowCount))
            for (index, row) in rows.enumerated() { values[Int(row)] = run.values.reference(index, type: column.type) }
        }
        return values
    }

    /// Every 50th id, and one that is not there, is found in the same zones.
    private func expectSameIds(_ grouped: SegmentReader, _ plain: SegmentReader) throws {
        for (path, kind) in [("eventId", IdFilterKind.eventIds), ("spanId", .spanIds), ("traceId", .traceIds)] {
            let column = try #require(try plain.columns(at: ColumnPath(keys: [path])).first)
            let runs = try ZoneScan(plain, plain.zones.indices).runs(of: column)
            guard case .fixed(let bytes, let width)? = runs.first?.values else {
                Issue.record("\(path) has no ids")
                continue
            }
            for index in stride(from: 0, to: bytes.count / width, by: 50) {
                let id = Array(bytes[index * width..<(index + 1) * width])
                let zones = try #require(try plain.zones(ofId: id, kind: kind))
                #expect(try grouped.zones(ofId: id, kind: kind) == zones)
                guard index % 1000 == 0 else { continue }
                let range = zones.lowerBound..<zones.upperBound + 1
                func rows(_ reader: SegmentReader) throws -> Bitmap {
                    try ZoneScan(reader, range).matches(same(column, in: reader), .id(id), DictionaryAnswers())
                }
                let found = try rows(plain)
                #expect(try rows(grouped) == found && !found.isEmpty)
            }
            #expect(
                try grouped.zones(ofId: [UInt8](repeating: 7, count: width), kind: kind)
                    == plain.zones(ofId: [UInt8](repeating: 7, count: width), kind: kind))
        }
    }

    // MARK: What is tested

    /// The tags of the grouped nodes that stand at the root of a page, as codes, or in a stream.
    private func groupedTags(in reader: SegmentReader) throws -> Set<UInt8> {
        var tags: Set<UInt8> = []
        func note(_ codes: IntegerNode) { if case .grouped = codes { tags.insert(0x0F) } }
        for column in try reader.allColumns() {
            for index in try column.pages().indices where try column.pages()[index].kind == .data {
                switch try column.parsedPage(index).body {
                case .integers(.sharedDictionary(_, let codes)), .strings(.sharedDictionary(_, let codes)),
                    .fixed(.sharedDictionary(_, let codes), _):
                    note(codes)
                case .integers(let node), .timestamps(let node, _): note(node)
                case .doubles(.grouped): tags.insert(0x23)
                case .strings(.grouped): tags.insert(0x52)
                case .strings(.template(_, let codes, let streams)):
                    note(codes)
                    for stream in streams { if case .grouped = stream.node { tags.insert(0x52) } }
                case .fixed(.grouped, _): tags.insert(0x63)
                default: break
                }
            }
        }
        return tags
    }
}
