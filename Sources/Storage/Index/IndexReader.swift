import Bytes
import Files
import Segments

/// Answers from an index in which segments an id may be, with one read for each question.
final class IndexReader {
    /// Files up to this length are read at once, whatever is asked.
    private static let wholeByteCount = 16 << 10

    let entry: IndexEntry
    private let file: any ReadableFile
    /// All of a small file.
    private var whole: [UInt8]?
    private(set) var readCount = 0
    private(set) var readByteCount = 0

    init(_ entry: IndexEntry, _ file: any ReadableFile) throws(StoreError) {
        self.entry = entry
        self.file = file
        guard file.byteCount == entry.byteCount else {
            throw .damaged(
                path: file.path,
                .corrupt(at: 0, "\(file.byteCount) bytes long, the manifest says \(entry.byteCount)"))
        }
    }

    /// Where an id may be; nil: in none of the segments.
    func find(_ hash: UInt64, _ kind: IdFilterKind) throws(StoreError) -> IndexAnswer? {
        let shards = entry[kind]
        guard shards.count > 0 else { return nil }
        return try shard(kind, shards.number(ofHash: hash)).find(hash, shardBits: shards.bits)
    }

    func shard(_ kind: IdFilterKind, _ number: Int) throws(StoreError) -> IndexShard {
        let offset = entry.byteOffset(kind, number)
        let bytes = try read(at: offset, byteCount: entry[kind].byteCount)
        do throws(DecodeError) {
            let contents = try IndexShard.contents(
                of: bytes, seed: IndexShard.seed(entry.identity, byteOffset: offset))
            return try IndexShard(kind, contents, segmentCount: entry.segments.count)
        } catch {
            throw .damaged(path: file.path, error.shifted(by: offset))
        }
    }

    /// Makes sure that the file begins as the manifest and its segments say. Questions do without: a shard's checksum
    /// tells a wrong file.
    func checkHeader(_ storeId: UInt64, rootChecksums: [UInt64]) throws(StoreError) {
        let expected = IndexHeader(storeId: storeId, entry: entry, rootChecksums: rootChecksums)
        let bytes = try read(at: 0, byteCount: entry.headerByteCount)
        guard bytes == expected.encoded(), expected.identity == entry.identity else {
            throw .damaged(
                path: file.path, .corrupt(at: 0, "does not begin as the manifest and the segments say"))
        }
    }

    private func read(at offset: Int, byteCount: Int) throws(StoreError) -> [UInt8] {
        if let whole { return Array(whole[offset..<offset + byteCount]) }
        let isSmall = entry.byteCount <= Self.wholeByteCount
        let range = isSmall ? 0..<entry.byteCount : offset..<offset + byteCount
        let bytes = try files { () throws(FileError) in
            try file.read(at: range.lowerBound, byteCount: range.count)
        }
        readCount += 1
        readByteCount += range.count
        guard isSmall else { return bytes }
        whole = bytes
        return Array(bytes[offset..<offset + byteCount])
    }
}
