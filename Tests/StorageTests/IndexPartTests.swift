import Bytes
import Files
import Segments
import Testing

@testable import Storage

/// The parts of an index by themselves.
struct IndexPartTests {
    static func keys(_ count: Int, seed: UInt64 = 1, segmentCount: Int = 5) -> [IndexKey] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            var key = IndexKey(
                hash: random.next(), segment: Int(random.next() % UInt64(segmentCount)),
                tick: UInt32(truncatingIfNeeded: random.next() % 3_000_000))
            key.lastTick += UInt32(random.next() % 1000)
            key.lastSegment = min(UInt32(segmentCount - 1), key.lastSegment + UInt32(random.next() % 2))
            return key
        }
    }

    @Test(arguments: [0, 1, 1023, 1025, 20_000])
    func `more ids than memory holds are sorted as if it held them`(_ count: Int) throws {
        let files = MemoryFileSystem()
        let keys = Self.keys(count)
        // Every other id comes again.
        let added = keys + stride(from: 0, to: count, by: 2).map { keys[$0] }
        var expected = added
        expected.sortAndMerge()
        do {
            let sorter = KeySorter(ScratchFile("scratch", in: files, memoryByteCount: 0), memoryByteCount: 0)
            for key in added { try sorter.add(key) }
            try sorter.finish()
            #expect(try files.list(".").count == (added.count > 1024 ? 1 : 0))
            #expect(try sorter.count() == expected.count)
            for _ in 0..<2 {
                var found: [IndexKey] = []
                try sorter.pass { found.append($0) }
                #expect(found == expected)
            }
        }
        #expect(try files.list(".") == [])
    }

    @Test(arguments: [1, 2, 3, 700, 5000])
    func `every trace of a shard is found with its segments and times`(_ count: Int) throws {
        var keys = Self.keys(count)
        for index in keys.indices { keys[index].hash = keys[index].hash >> 3 | 5 << 61 }
        keys.sortAndMerge()
        let shard = TraceShard(keys, shardBits: 3)
        let bytes = shard.encoded()
        let read = try TraceShard(bytes[...], segmentCount: 5)
        #expect(read == shard)
        for key in keys {
            let answer = try #require(read.find(TraceShard.mark(key.hash, shardBits: 3)))
            #expect(answer.segments.contains(Int(key.firstSegment)) && answer.segments.contains(Int(key.lastSegment)))
            #expect(try #require(answer.ticks).contains(Int64(key.firstTick)))
            #expect(try #require(answer.ticks).contains(Int64(key.lastTick)))
        }
        for cut in 0..<min(bytes.count, 300) {
            #expect(throws: DecodeError.self) { try TraceShard(bytes[..<cut], segmentCount: 5) }
        }
        #expect(throws: DecodeError.self) { try TraceShard((bytes + [0])[...], segmentCount: 5) }
    }

    @Test func `damaged bytes of a shard of traces are an error or traces of the index's segments, never a trap`() {
        var keys = Self.keys(60)
        keys.sortAndMerge()
        let bytes = TraceShard(keys, shardBits: 0).encoded()
        var random = SplitMix64(seed: 2)
        for _ in 0..<5000 {
            var damaged = bytes
            for _ in 0...random.next() % 3 {
                damaged[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            guard let shard = try? TraceShard(damaged[...], segmentCount: 5) else { continue }
            for mark in shard.marks {
                guard let answer = shard.find(mark) else { continue }
                #expect(answer.segments.upperBound < 5 && answer.segments.lowerBound >= 0)
            }
        }
    }

    @Test func `a shard is valid in its place only`() throws {
        let bytes = IndexShard.encoded([1, 2, 3], byteCount: 20, seed: IndexShard.seed(77, byteOffset: 100))
        #expect(bytes.count == 20)
        #expect(try IndexShard.contents(of: bytes, seed: IndexShard.seed(77, byteOffset: 100)) == [1, 2, 3])
        #expect(throws: DecodeError.self) {
            try IndexShard.contents(of: bytes, seed: IndexShard.seed(77, byteOffset: 120))
        }
        #expect(throws: DecodeError.self) {
            try IndexShard.contents(of: bytes, seed: IndexShard.seed(78, byteOffset: 100))
        }
    }

    @Test func `ids of one window in several shards are found, and others seldom`() throws {
        let files = MemoryFileSystem()
        let store = try Sample.store(in: files)
        var sample = IdSample(seed: 6)
        let writer = try StoreWriter(store)
        // More traces than one shard holds.
        let rows = (0..<9000).map { number in
            IdSample.Row(
                window: 0, second: number % 3600, number: number,
                ids: [.traceId: sample.hexadecimal(), .eventId: sample.hexadecimal()])
        }
        try writer.commit(adding: [try IdSample.write(rows, writer, tier: .cold)])
        let snapshot = try store.snapshot()
        let build = IndexBuild(segments: snapshot.state.orderedSegments, replaced: [])
        guard case .added(let entry) = try build.run(snapshot, writer, .standard) else {
            Issue.record("no index was added")
            return
        }
        #expect(entry.traces.count == 8 && entry.events.count == 1 && entry.spans.count == 0)
        let path = store.paths.index(entry.id)
        #expect(try files.byteCount(of: path) == entry.byteCount)
        for row in rows.prefix(500) {
            let reader = try IndexReader(entry, try files.open(path))
            let hash = IdKey(row.ids[.traceId]!).hash
            let answer = try #require(try reader.find(hash, .traceIds))
            #expect(answer.segments == 0...0)
            #expect(
                IndexKey.times(try #require(answer.ticks), from: 0).contains(Int64(row.second) * 1_000_000_000))
            #expect(reader.readCount == 1 && reader.readByteCount == entry.traces.byteCount)
        }
        var random = SplitMix64(seed: 12)
        let reader = try IndexReader(entry, try files.open(path))
        let found = try (0..<4000).map { _ in random.next() }.filter { try reader.find($0, .eventIds) != nil }
        #expect(found.count > 60 && found.count < 200)
        // The segment's own filter is not wrong about the same ones.
        let filter = try #require(try snapshot.open(snapshot.state.orderedSegments[0]).idFilter(.eventIds))
        #expect(found.count { filter.zones(forKeyHash: $0) != nil } < found.count / 4)
        #expect(try (0..<2000).count { _ in try reader.find(random.next(), .traceIds) != nil } < 5)
    }
}
