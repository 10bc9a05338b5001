import Files
import Segments

/// Whether an index finds every id of its segments, and can be read wholly.
struct IndexCheck {
    /// Shards that are held at a time; the segments' ids are gone through once for each such part.
    private static let partByteCount = 96 << 20

    private let snapshot: Snapshot
    private let index: IndexEntry
    private let reader: IndexReader

    /// What is wrong with an index.
    static func fault(of index: IndexEntry, in snapshot: Snapshot) -> String? {
        do throws(StoreError) {
            try IndexCheck(index, snapshot).run()
            return nil
        } catch {
            if case .damaged(_, let damage) = error { return "byte \(damage.byteOffset): \(damage.reason)" }
            return "\(error)"
        }
    }

    private init(_ index: IndexEntry, _ snapshot: Snapshot) throws(StoreError) {
        self.snapshot = snapshot
        self.index = index
        let path = snapshot.store.paths.index(index.id)
        reader = try IndexReader(
            index, files { () throws(FileError) in try snapshot.store.fileSystem.open(path) })
    }

    /// A shard by its kind and number.
    private struct Place: Hashable {
        var kind: IdFilterKind
        var number: Int
    }

    private func run() throws(StoreError) {
        let segments = index.segments.compactMap { snapshot.state.segments[$0] }
        try reader.checkHeader(snapshot.state.storeId, rootChecksums: segments.map(\.rootChecksum))
        var part: [Place: IndexShard] = [:]
        var byteCount = 0
        for kind in IdFilterKind.allCases {
            for number in 0..<index[kind].count {
                part[Place(kind: kind, number: number)] = try reader.shard(kind, number)
                byteCount += index[kind].byteCount
                if byteCount > Self.partByteCount {
                    try check(part, segments)
                    part = [:]
                    byteCount = 0
                }
            }
        }
        try check(part, segments)
    }

    /// Every id whose shard is here must be where it is.
    private func check(_ shards: [Place: IndexShard], _ segments: [SegmentEntry]) throws(StoreError) {
        let start = index.window.times(snapshot.state.windowLength).lowerBound
        for (number, segment) in segments.enumerated() {
            var missing: IdFilterKind?
            let reader = try snapshot.open(segment)
            do throws(SegmentError) {
                try IndexKeys.forEach(of: reader, number: number, from: start) { kind, key in
                    let place = Place(kind: kind, number: index[kind].number(ofHash: key.hash))
                    guard index[kind].count > 0 else {
                        missing = kind
                        return
                    }
                    guard let shard = shards[place] else { return }
                    guard let answer = shard.find(key.hash, shardBits: index[kind].bits),
                        answer.segments.contains(number),
                        answer.ticks.map({ $0.contains(Int64(key.firstTick)) }) ?? true
                    else {
                        missing = kind
                        return
                    }
                }
            } catch {
                // The segment's own damage is told where segments are checked.
                if case .damaged = error { continue }
                throw .segment(path: snapshot.path(segment), error)
            }
            if let missing {
                throw .invalid("does not find \(missing) of segment \(segment.id.fileName)")
            }
        }
    }
}
