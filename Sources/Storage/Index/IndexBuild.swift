import Columns
import Files
import Segments

/// Some segments of a window whose ids get an index, and the indexes that it takes the place of.
struct IndexBuild: Equatable {
    var segments: [SegmentEntry]
    var replaced: [IndexId]

    var rowCount: Int { segments.reduce(0) { $0 + $1.rowCount } }

    /// What a build came to.
    enum Outcome: Equatable {
        case added(IndexEntry)
        /// Another process has changed the segments meanwhile.
        case conflict
        /// The ids resist, which does not happen by chance. There is no index then, and none is needed.
        case refused
    }

    func run(_ snapshot: Snapshot, _ writer: StoreWriter, _ budget: JobBudget) throws(StoreError) -> Outcome {
        var pace = Pace(budget, snapshot.store.clock)
        let file = try writer.beginIndex()
        let window = segments[0].window
        let keys = IndexKeys(
            window.times(snapshot.state.windowLength), scratchPath: file.path, in: snapshot.store.fileSystem, budget)
        for (number, segment) in segments.enumerated() {
            let reader = try snapshot.open(segment)
            do throws(SegmentError) { try keys.add(reader, number: number) } catch {
                throw .segment(path: snapshot.path(segment), error)
            }
            pace.spend(reader.readByteCount)
        }
        let empty = IndexEntry(
            id: file.id, window: window, rowCount: rowCount, segments: segments.map(\.id), events: .none, traces: .none,
            spans: .none, identity: 0)
        let spool = ScratchFile(
            "\(file.path).shards.part", in: snapshot.store.fileSystem, memoryByteCount: budget.memoryByteCount / 8)
        var index = IndexWriter(
            empty, storeId: snapshot.state.storeId, rootChecksums: segments.map(\.rootChecksum), spool: spool)
        guard let entry = try index.write(keys, to: file.file) else { return .refused }
        try files { () throws(FileError) in try file.file.publish() }
        pace.spend(entry.byteCount)
        do throws(StoreError) {
            try writer.commit(entry, replacing: replaced)
        } catch {
            guard case .conflict = error else { throw error }
            // Nobody will ever name the file.
            try? snapshot.store.fileSystem.remove(file.path)
            return .conflict
        }
        return .added(entry)
    }
}

/// An index file on its way into a store.
struct NewIndex {
    let id: IndexId
    let file: PendingFile

    var path: String { file.path }
}

extension StoreWriter {
    /// Begins an index. It counts once it is published and committed.
    func beginIndex() throws(StoreError) -> NewIndex {
        let id = IndexId(writer: number, number: nextFileNumber())
        let file = try files { () throws(FileError) in
            try store.fileSystem.createDirectories(store.paths.indexes)
            return try PendingFile(store.paths.index(id), in: store.fileSystem)
        }
        return NewIndex(id: id, file: file)
    }

    /// Makes an index part of the store in place of others. A conflict: segments that it names are gone, or have
    /// another index.
    func commit(_ entry: IndexEntry, replacing replaced: [IndexId]) throws(StoreError) {
        _ = try store.manifests.commit(at: store.clock.now) { (state) throws(StoreError) in
            guard replaced.allSatisfy({ state.indexes[$0] != nil }),
                entry.segments.allSatisfy({ id in
                    state.segments[id] != nil && state.indexOfSegment[id].map { replaced.contains($0) } ?? true
                })
            else { throw .conflict("the segments of \(entry.id.fileName) were changed by another process") }
            return replaced.map { .dropIndex($0) } + [.addIndex(entry)]
        }
    }
}
