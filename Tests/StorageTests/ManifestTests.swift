import Bytes
import Columns
import Testing

@testable import Storage

struct ManifestTests {
    static func entry(_ number: UInt32, _ random: inout SplitMix64) -> SegmentEntry {
        let time = Int64(bitPattern: random.next()) >> 3
        let sequence = random.next() >> 1
        return SegmentEntry(
            id: SegmentId(writer: UInt32(truncatingIfNeeded: random.next()), number: number),
            tier: [.hot, .warm, .cold][Int(random.next() % 3)],
            window: TimeWindow(index: Int32(truncatingIfNeeded: random.next())), rowCount: Int(random.next() >> 40),
            byteCount: Int(random.next() >> 8), rawByteCount: Int(random.next() >> 2), times: time...(time + 5),
            storedAt: Int64.min...Int64.max, sequences: sequence...(sequence + 9), rootChecksum: random.next())
    }

    static func source(_ name: String, _ random: inout SplitMix64) -> SourceEntry {
        SourceEntry(
            byteOffset: random.next(), content: .init(low: random.next(), high: random.next()), head: random.next(),
            headByteCount: Int(random.next() % 65_537), lineCount: random.next(), eventCount: 3, rejectCount: 0,
            isComplete: random.next() % 2 == 0, time: -5, name: name, resumption: [1, 2, 3])
    }

    static func indexRecords(_ random: inout SplitMix64) -> [ManifestRecord] {
        let entry = IndexEntry(
            id: IndexId(writer: 3, number: 4), window: TimeWindow(index: -7), rowCount: 1_000_000,
            segments: (0..<random.next() % 4).map { SegmentId(writer: 3, number: UInt32($0)) },
            events: IndexEntry.Shards(count: 64, byteCount: 40_000), traces: .none,
            spans: IndexEntry.Shards(count: 1, byteCount: 12), identity: random.next())
        return [
            .addIndex(entry), .dropIndex(entry.id), .forgetIndex(IndexId(writer: .max, number: 0)),
            .droppedIndex(IndexId(writer: 0, number: .max), manifest: random.next()),
        ]
    }

    static func manifest(seed: UInt64) -> Manifest {
        var random = SplitMix64(seed: seed)
        var records: [ManifestRecord] = [.settings(storeId: random.next(), .sixHours), .nextWriter(4_000_000_000)]
        for number in 0..<UInt32(random.next() % 40) { records.append(.addSegment(entry(number, &random))) }
        records.append(.dropSegment(SegmentId(writer: .max, number: .max)))
        records.append(.forgetSegment(SegmentId(writer: 0, number: 0)))
        records.append(.droppedSegment(DroppedSegment(entry: entry(99, &random), manifest: 12)))
        records.append(.source(source("dump.ndjson", &random), replaces: nil))
        records.append(.source(source("ä/ö", &random), replaces: 9_999))
        records.append(.sealLog(LogId(writer: 7, number: .max)))
        records.append(.forgetLog(LogId(writer: .max, number: 1)))
        records.append(.sealedLog(LogId(writer: 300, number: 0), manifest: random.next()))
        if seed % 3 > 0 { records += indexRecords(&random) }
        return Manifest(number: 65, isWhole: seed % 2 == 0, time: -1, records: records)
    }

    @Test(arguments: UInt64(0)..<20)
    func `what is written is read`(_ seed: UInt64) throws {
        let manifest = Self.manifest(seed: seed)
        #expect(try Manifest(parsing: manifest.encoded(), number: 65) == manifest)
    }

    @Test func `a store without indexes stays readable for those who know none`() {
        func readVersion(_ seed: UInt64) -> UInt8 { Self.manifest(seed: seed).encoded()[8] }
        #expect(readVersion(3) == 1 && readVersion(4) == 2)
    }

    @Test func `indexes go with their segments, and name only what is there`() {
        var random = SplitMix64(seed: 8)
        var state = StoreState()
        let segments = (0..<3).map { Self.entry(UInt32($0), &random) }
        for index in segments.indices {
            var segment = segments[index]
            segment.window = TimeWindow(index: index == 2 ? 1 : 0)
            #expect(state.apply(.addSegment(segment)) == nil)
        }
        func index(_ number: UInt32, _ named: [Int]) -> IndexEntry {
            IndexEntry(
                id: IndexId(writer: 1, number: number), window: TimeWindow(index: 0), rowCount: 1,
                segments: named.map { segments[$0].id }, events: .none, traces: .none, spans: .none, identity: 0)
        }
        var copy = state
        #expect(copy.apply(.addIndex(index(1, [0, 2]))) != nil)
        #expect(copy.apply(.addIndex(index(1, [0, 0]))) != nil)
        #expect(copy.apply(.dropIndex(IndexId(writer: 1, number: 1))) != nil)
        #expect(state.apply(.addIndex(index(1, [0, 1]))) == nil)
        copy = state
        #expect(copy.apply(.addIndex(index(2, [1]))) != nil)
        copy = state
        #expect(copy.apply(.addIndex(index(1, []))) != nil)
        #expect(state.unindexedSegments.map(\.id) == [segments[2].id])
        state.number = 5
        #expect(state.apply(.dropSegment(segments[1].id)) == nil)
        #expect(state.indexes.isEmpty && state.indexOfSegment.isEmpty)
        #expect(state.droppedIndexes == [IndexId(writer: 1, number: 1): 5])
        #expect(state.apply(.forgetIndex(IndexId(writer: 1, number: 1))) == nil)
        #expect(state.droppedIndexes.isEmpty)
    }

    @Test func `a manifest under another's number is damage`() {
        #expect(throws: DecodeError.self) { try Manifest(parsing: Self.manifest(seed: 1).encoded(), number: 66) }
    }

    @Test func `any flipped bit and any cut is found`() {
        let bytes = Self.manifest(seed: 3).encoded()
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                // The write version may be any: it only says who may write.
                if index == 10 || index == 11 { continue }
                #expect(throws: DecodeError.self) { try Manifest(parsing: damaged, number: 65) }
            }
            #expect(throws: DecodeError.self) { try Manifest(parsing: Array(bytes[..<index]), number: 65) }
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `damaged records behind a right checksum are an error or records, never a trap`(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var writer = ByteWriter()
        for record in Self.manifest(seed: seed).records { record.write(to: &writer) }
        var bytes = writer.bytes
        for _ in 0...random.next() % 4 {
            bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
        }
        var reader = ByteReader(bytes)
        var state = StoreState()
        while !reader.isAtEnd, let record = try? ManifestRecord(parsing: &reader) { _ = state.apply(record) }
    }

    @Test func `records make the state that they were taken from`() {
        var random = SplitMix64(seed: 5)
        var state = StoreState()
        var entries: [SegmentEntry] = []
        _ = state.apply(.settings(storeId: 3, .week))
        _ = state.apply(.nextWriter(9))
        for number in 0..<50 {
            state.number += 1
            entries.append(Self.entry(UInt32(number), &random))
            #expect(state.apply(.addSegment(entries[number])) == nil)
            #expect(state.apply(.source(Self.source("\(number)", &random), replaces: number > 20 ? 3 : nil)) == nil)
            if number % 3 == 2 { #expect(state.apply(.dropSegment(entries[number - 1].id)) == nil) }
            if number % 6 == 5 { #expect(state.apply(.forgetSegment(entries[number - 1].id)) == nil) }
        }
        var copy = StoreState()
        for record in state.records { #expect(copy.apply(record) == nil) }
        copy.number = state.number
        #expect(copy == state)
        #expect(state.segments.count == 34 && state.dropped.count == 8 && state.sources.count == 21)
    }

    @Test func `records that do not fit are refused`() {
        var random = SplitMix64(seed: 6)
        var state = StoreState()
        let entry = Self.entry(1, &random)
        #expect(state.apply(.addSegment(entry)) == nil)
        #expect(state.apply(.addSegment(entry)) != nil)
        #expect(state.apply(.dropSegment(SegmentId(writer: 1, number: 2))) != nil)
        #expect(state.apply(.forgetSegment(entry.id)) != nil)
        #expect(state.apply(.nextWriter(1)) != nil)
        #expect(state.apply(.source(Self.source("a", &random), replaces: 0)) != nil)
    }
}
