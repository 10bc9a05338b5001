import Columns
import Files
import Segments

/// The ids of some segments, sorted: what an index is made from, and checked against.
final class IndexKeys {
    private let sorters: [IdFilterKind: KeySorter]
    private let start: Int64

    /// Zones that are decoded together.
    private static let zoneCount = 8
    /// What the sorters may take of a job's memory, together; pages are held decoded beside them.
    private static let memoryShare = 3

    /// - Parameter scratchPath: what the names of scratch files begin with.
    init(_ window: ClosedRange<Int64>, scratchPath: String, in fileSystem: any FileSystem, _ budget: JobBudget) {
        start = window.lowerBound
        let memoryByteCount = budget.memoryByteCount / Self.memoryShare / IdFilterKind.allCases.count
        sorters = Dictionary(
            uniqueKeysWithValues: IdFilterKind.allCases.map { kind in
                let scratch = ScratchFile("\(scratchPath).\(kind).part", in: fileSystem, memoryByteCount: 0)
                return (kind, KeySorter(scratch, memoryByteCount: memoryByteCount))
            })
    }

    func add(_ kind: IdFilterKind, _ key: IndexKey) throws(StoreError) { try sorters[kind]?.add(key) }

    /// Adds the ids of a segment.
    func add(_ reader: SegmentReader, number: Int) throws(SegmentError) {
        try Self.forEach(of: reader, number: number, from: start) { (kind, key) throws(StoreError) in
            try add(kind, key)
        }
    }

    /// Each id in each row of a segment.
    static func forEach(
        of reader: SegmentReader, number: Int, from start: Int64,
        _ body: (IdFilterKind, IndexKey) throws(StoreError) -> Void
    ) throws(SegmentError) {
        let wanted = IdFilterKind.allCases.flatMap(\.paths) + [CanonicalField.timestamp.aliasPath]
        for zone in stride(from: 0, to: reader.zones.count, by: zoneCount) {
            let zones = zone..<min(reader.zones.count, zone + zoneCount)
            let batch = try reader.rows(in: zones) { wanted.contains($0.path) }
            guard let times = batch.times else { continue }
            let ticks = times.map { IndexKey.tick($0, from: start) }
            do throws(StoreError) {
                for kind in IdFilterKind.allCases {
                    try forEach(of: batch, kind) { (hash, row) throws(StoreError) in
                        try body(kind, IndexKey(hash: hash, segment: number, tick: ticks[row]))
                    }
                }
            } catch {
                throw .io("\(error)")
            }
        }
    }

    private static func forEach(
        of batch: RowBatch, _ kind: IdFilterKind, _ body: (UInt64, Int) throws(StoreError) -> Void
    ) throws(StoreError) {
        for column in batch.columns.indices where kind.paths.contains(batch.columns[column].key.path) {
            guard let hashes = batch.columns[column].idHashes else { continue }
            let isThere = batch.shapes.map { $0.contains(column) }
            var next = 0
            for row in 0..<batch.rowCount where isThere[Int(batch.shapeOfRow[row])] {
                try body(hashes[next], row)
                next += 1
            }
        }
    }

    /// Ends adding; how many different ids of each kind there are.
    func finish() throws(StoreError) -> [IdFilterKind: Int] {
        var counts: [IdFilterKind: Int] = [:]
        for (kind, sorter) in sorters {
            try sorter.finish()
            counts[kind] = try sorter.count()
        }
        return counts
    }

    /// The ids of one shard after another, the empty ones included.
    func forEachShard(
        _ kind: IdFilterKind, of shards: IndexEntry.Shards, _ body: (Int, [IndexKey]) throws(StoreError) -> Void
    ) throws(StoreError) {
        guard shards.count > 0 else { return }
        var number = 0
        var keys: [IndexKey] = []
        try sorters[kind]?.pass { (key) throws(StoreError) in
            while shards.number(ofHash: key.hash) > number {
                try body(number, keys)
                keys.removeAll(keepingCapacity: true)
                number += 1
            }
            keys.append(key)
        }
        while number < shards.count {
            try body(number, keys)
            keys = []
            number += 1
        }
    }
}
