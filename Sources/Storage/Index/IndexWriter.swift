import Columns
import Files
import Segments

/// Writes an index file (Format/Index.md, 2).
struct IndexWriter {
    private var entry: IndexEntry
    private let storeId: UInt64
    private let rootChecksums: [UInt64]
    private let spool: ScratchFile
    /// Where the spool has what the shards will hold.
    private var contents: [IdFilterKind: [Range<Int>]] = [:]

    /// - Parameters:
    ///   - entry: what is known of the index before its ids are.
    ///   - rootChecksums: of the segments, in their order.
    ///   - spool: takes the shards until all are there: only then is known how long they are.
    init(_ entry: IndexEntry, storeId: UInt64, rootChecksums: [UInt64], spool: ScratchFile) {
        self.entry = entry
        self.storeId = storeId
        self.rootChecksums = rootChecksums
        self.spool = spool
    }

    /// Nil when the ids do not fit into shards.
    mutating func write(_ keys: IndexKeys, to file: PendingFile) throws(StoreError) -> IndexEntry? {
        let counts = try keys.finish()
        for kind in IdFilterKind.allCases {
            guard let count = counts[kind], count > 0 else { continue }
            guard try encode(keys, kind, count: count) else { return nil }
        }
        let header = IndexHeader(storeId: storeId, entry: entry, rootChecksums: rootChecksums)
        entry.identity = header.identity
        try files { () throws(FileError) in try file.append(header.encoded()) }
        for kind in IdFilterKind.allCases {
            for range in contents[kind] ?? [] {
                let shard = IndexShard.encoded(
                    try spool.read(at: range.lowerBound, byteCount: range.count), byteCount: entry[kind].byteCount,
                    seed: IndexShard.seed(entry.identity, byteOffset: file.byteCount))
                try files { () throws(FileError) in try file.append(shard) }
            }
        }
        return entry
    }

    /// Puts what the shards of a kind hold into the spool; false when the ids do not fit.
    private mutating func encode(_ keys: IndexKeys, _ kind: IdFilterKind, count: Int) throws(StoreError) -> Bool {
        var shards = IndexEntry.Shards(count: 1, byteCount: 0)
        while count > shards.count * IndexShard.keyCount(kind), shards.count < IndexEntry.shardLimit {
            shards.count *= 2
        }
        var ranges: [Range<Int>] = []
        var fits = true
        try keys.forEachShard(kind, of: shards) { (_, keys) throws(StoreError) in
            guard fits, kind != .traceIds || keys.count <= TraceShard.traceLimit,
                let contents = IndexShard.contents(
                    kind, keys, shardBits: shards.bits, segmentCount: entry.segments.count),
                contents.count + IndexShard.headByteCount <= Limits.storedByteCount
            else {
                fits = false
                return
            }
            let start = spool.byteCount
            try spool.append(contents)
            ranges.append(start..<spool.byteCount)
        }
        shards.byteCount = IndexShard.headByteCount + (ranges.map(\.count).max() ?? 0)
        entry[kind] = shards
        contents[kind] = ranges
        return fits
    }
}
