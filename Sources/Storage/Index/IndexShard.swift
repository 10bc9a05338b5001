import Bytes
import Segments

/// A shard, which tells of the ids whose hashes begin with its number where they may be (Format/Index.md, 3).
enum IndexShard {
    case filter(IdFilterReader)
    case traces(TraceShard)

    init(_ kind: IdFilterKind, _ contents: ArraySlice<UInt8>, segmentCount: Int) throws(DecodeError) {
        self =
            kind == .traceIds
            ? .traces(try TraceShard(contents, segmentCount: segmentCount))
            : .filter(try IdFilterReader(contents, zoneCount: segmentCount))
    }

    /// Where an id may be; nil: nowhere.
    func find(_ hash: UInt64, shardBits: Int) -> IndexAnswer? {
        switch self {
        case .filter(let filter):
            filter.zones(forKeyHash: Self.filterHash(hash)).map { IndexAnswer(segments: $0, ticks: nil) }
        case .traces(let traces): traces.find(TraceShard.mark(hash, shardBits: shardBits))
        }
    }

    /// What a filter takes for the hash of an id: with the same as in the segments' filters, which hold the same ids, both
    /// would be wrong about the same others.
    private static func filterHash(_ hash: UInt64) -> UInt64 { ~hash }

    // MARK: Bytes

    /// Checksum and length.
    static let headByteCount = 12

    /// Check bits of the ids: what a window costs an event, against how many windows are looked into for nothing.
    static func fingerprintBits(_ kind: IdFilterKind) -> Int { kind == .eventIds ? 5 : 4 }

    /// Ids of a shard, at most, when hashes are even.
    static func keyCount(_ kind: IdFilterKind) -> Int { kind == .traceIds ? 1 << 11 : 1 << 15 }

    /// Ranges of segments that are told apart.
    private static func rangeLimit(_ segmentCount: Int) -> Int { min(4096, max(64, 2 * segmentCount)) }

    /// What a shard holds; nil in the case, not to be met by chance, that the ids resist every seed.
    static func contents(_ kind: IdFilterKind, _ keys: [IndexKey], shardBits: Int, segmentCount: Int) -> [UInt8]? {
        if kind == .traceIds { return TraceShard(keys, shardBits: shardBits).encoded() }
        var builder = IdFilterBuilder(
            fingerprintBits: fingerprintBits(kind), rangeLimit: rangeLimit(segmentCount))
        for key in keys {
            builder.add(keyHash: filterHash(key.hash), zones: Int(key.firstSegment)...Int(key.lastSegment))
        }
        return builder.build()
    }

    /// The whole shard, for its place in the file.
    static func encoded(_ contents: [UInt8], byteCount: Int, seed: UInt64) -> [UInt8] {
        var rest = ByteWriter(reservedByteCount: byteCount)
        rest.append(littleEndian: UInt32(contents.count))
        rest.append(contentsOf: contents)
        rest.append(contentsOf: repeatElement(0, count: byteCount - headByteCount - contents.count))
        var writer = ByteWriter(reservedByteCount: byteCount)
        writer.append(littleEndian: checksum(rest.bytes, seed: seed))
        writer.append(contentsOf: rest.bytes)
        return writer.bytes
    }

    /// What a shard holds, checked.
    static func contents(of bytes: [UInt8], seed: UInt64) throws(DecodeError) -> ArraySlice<UInt8> {
        var reader = ByteReader(bytes)
        guard try reader.read(littleEndian: UInt64.self) == checksum(bytes[8...], seed: seed) else {
            throw .corrupt(at: 0, "checksum of a shard is wrong")
        }
        let count = Int(try reader.read(littleEndian: UInt32.self))
        let contents = try reader.readSlice(byteCount: count)
        guard bytes[contents.endIndex...].allSatisfy({ $0 == 0 }) else {
            throw reader.corrupt("bytes follow the end of a shard")
        }
        return contents
    }

    /// What the checksum of a shard depends on besides its bytes, so that it is valid in its place only.
    static func seed(_ identity: UInt64, byteOffset: Int) -> UInt64 { identity &+ UInt64(byteOffset) }
}
