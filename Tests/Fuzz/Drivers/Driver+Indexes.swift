import Bytes
import Files
import Segments

@testable import Storage

extension Driver {
    /// Shards of an index out of any bytes, and shards of any ids.
    static let indexes = Driver(
        name: "indexes", summary: "shards of an id index of any bytes; shards of any ids find each id where it is"
    ) { input in
        let kind = IdFilterKind.allCases[input.number(below: 3)]
        let segmentCount = 1 + input.number(below: 40)
        if input.byte() % 2 == 0 {
            try readShard(kind, Array(input.rest), segmentCount: segmentCount)
        } else {
            try writeShard(kind, &input, segmentCount: segmentCount)
        }
    }

    /// Any contents, under a right checksum, in the place where the manifest has it.
    private static func readShard(_ kind: IdFilterKind, _ bytes: [UInt8], segmentCount: Int) throws {
        let length = max(IndexShard.headByteCount, bytes.count + 8)
        var entry = IndexEntry(
            id: IndexId(writer: 1, number: 1), window: TimeWindow(index: 0), rowCount: 1,
            segments: (0..<segmentCount).map { SegmentId(writer: 1, number: UInt32($0)) }, events: .none, traces: .none,
            spans: .none, identity: 5)
        entry[kind] = IndexEntry.Shards(count: 1, byteCount: length)
        let offset = entry.byteOffset(kind, 0)
        let rest = bytes + [UInt8](repeating: 0, count: length - 8 - bytes.count)
        var file = ByteWriter()
        file.append(contentsOf: repeatElement(0, count: offset))
        file.append(littleEndian: checksum(rest, seed: IndexShard.seed(5, byteOffset: offset)))
        file.append(contentsOf: rest)
        let reader = try IndexReader(entry, MemoryFile(file.bytes))
        for hash in [0, 1, UInt64.max, checksum(bytes)] {
            guard let answer = try reader.find(hash, kind) else { continue }
            require(answer.segments.upperBound < segmentCount, "an index names a segment that it does not have")
            require(answer.ticks.map { $0.upperBound < 1 << 32 } ?? true, "an index names a time beyond the last")
        }
    }

    private static func writeShard(_ kind: IdFilterKind, _ input: inout FuzzInput, segmentCount: Int) throws {
        let shardBits = input.number(below: 21)
        var keys: [IndexKey] = []
        while !input.rest.isEmpty {
            // Hashes that only differ in few bits are the hard ones.
            let hash = (UInt64(input.byte()) << 56 | UInt64(input.byte())) >> UInt64(shardBits)
            var key = IndexKey(hash: hash, segment: input.number(below: segmentCount), tick: UInt32(input.byte()))
            key.lastTick += UInt32(input.byte())
            keys.append(key)
        }
        let added = keys
        keys.sortAndMerge()
        guard let contents = IndexShard.contents(kind, keys, shardBits: shardBits, segmentCount: segmentCount) else {
            return
        }
        let shard = try IndexShard(kind, contents[...], segmentCount: segmentCount)
        for key in added {
            guard let answer = shard.find(key.hash, shardBits: shardBits) else { fatalError("an index hides an id") }
            require(answer.segments.contains(Int(key.firstSegment)), "an index hides a segment of an id")
            require(
                answer.ticks.map { $0.contains(Int64(key.firstTick)) && $0.contains(Int64(key.lastTick)) } ?? true,
                "an index hides a time of an id")
        }
    }
}
