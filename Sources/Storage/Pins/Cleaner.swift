import Columns
import Files

/// Removes the files that nothing needs any more: segments and indexes that were dropped, leftovers of writers that
/// died, and old manifests.
struct Cleaner {
    let manifests: ManifestStore

    struct Result: Equatable {
        var removedFileCount = 0
    }

    private var fileSystem: any FileSystem { manifests.fileSystem }
    private var paths: StorePaths { manifests.paths }

    func run(at time: Int64) throws(StoreError) -> Result {
        var result = Result()
        // Writers that the first state knows have locked their files before it was read; of those, who is dead now has
        // committed all that it ever will, and the second state says what.
        guard let known = try manifests.newest() else { return result }
        let living = try livingWriters()
        guard let state = try manifests.newest() else { return result }
        try manifests.raiseFloor(to: state.number)
        let lowest = min(try manifests.lowestPin() ?? .max, state.number)
        let removable = state.dropped.values.filter { $0.manifest <= lowest }.sorted { $0.entry.id < $1.entry.id }
        for segment in removable {
            if try remove(paths.segment(segment.entry, state.windowLength)) { result.removedFileCount += 1 }
        }
        let sealed = state.sealedLogs.filter { $0.value <= lowest }.map(\.key).sorted()
        result.removedFileCount += try removeLogs(sealed)
        let indexes = state.droppedIndexes.filter { $0.value <= lowest }.map(\.key).sorted()
        for id in indexes {
            if try remove(paths.index(id)) { result.removedFileCount += 1 }
        }
        result.removedFileCount += try removeLeftovers(state, living: living, below: known.nextWriter)
        result.removedFileCount += try removeIndexLeftovers(state, living: living, below: known.nextWriter)
        if !removable.isEmpty || !sealed.isEmpty || !indexes.isEmpty {
            _ = try manifests.commit(at: time) { (newest) throws(StoreError) in
                removable.map(\.entry.id).filter { newest.dropped[$0] != nil }.map { .forgetSegment($0) }
                    + sealed.filter { newest.sealedLogs[$0] != nil }.map { .forgetLog($0) }
                    + indexes.filter { newest.droppedIndexes[$0] != nil }.map { .forgetIndex($0) }
            }
        }
        // A pin that is not looked at yet by its maker may be on a manifest that has gone.
        let oldest = lowest == state.number ? state : try? manifests.state(at: lowest)
        if let oldest { try manifests.remove(below: oldest) }
        return result
    }

    /// Removes sealed log files, durably: one that came back after it was forgotten would be taken in again.
    private func removeLogs(_ ids: [LogId]) throws(StoreError) -> Int {
        guard !ids.isEmpty else { return 0 }
        var count = 0
        for id in ids {
            if try remove(paths.log(id)) { count += 1 }
        }
        try files { () throws(FileError) in try fileSystem.syncDirectory(paths.logs) }
        return count
    }

    /// Writers whose lock somebody holds.
    private func livingWriters() throws(StoreError) -> Set<UInt32> {
        var living: Set<UInt32> = []
        for name in try files({ () throws(FileError) in try fileSystem.list(paths.writers) }) {
            guard let number = UInt32(name) else { continue }
            let path = paths.writer(number)
            if let lock = try files({ () throws(FileError) in try fileSystem.lock(path, waits: false) }) {
                try? fileSystem.remove(lock.path)
            } else {
                living.insert(number)
            }
        }
        return living
    }

    /// Removes segments, whole or begun, that no manifest names and whose writer cannot name any more.
    private func removeLeftovers(
        _ state: StoreState, living: Set<UInt32>, below nextWriter: UInt32
    ) throws(StoreError) -> Int {
        var count = 0
        for folder in try fileSystem.segmentFolders(paths) {
            var isEmpty = true
            for name in try fileSystem.names(in: folder) {
                isEmpty = false
                guard let id = SegmentId(fileName: name), id.writer < nextWriter, !living.contains(id.writer)
                else { continue }
                let isWhole = name == id.fileName
                if isWhole, state.segment(id) != nil || state.dropped[id] != nil { continue }
                if try remove("\(folder)/\(name)") { count += 1 }
            }
            // An empty folder may be about to be used: then removing it fails, or its maker makes it again.
            if isEmpty, folder != paths.baseState, folder != paths.keyframes { try? fileSystem.removeDirectory(folder) }
        }
        return count
    }

    /// The same for indexes.
    private func removeIndexLeftovers(
        _ state: StoreState, living: Set<UInt32>, below nextWriter: UInt32
    ) throws(StoreError) -> Int {
        var count = 0
        for name in try fileSystem.names(in: paths.indexes) {
            guard let id = IndexId(fileName: name), id.writer < nextWriter, !living.contains(id.writer) else {
                continue
            }
            if name == id.fileName, state.indexes[id] != nil || state.droppedIndexes[id] != nil { continue }
            if try remove("\(paths.indexes)/\(name)") { count += 1 }
        }
        return count
    }

    private func remove(_ path: String) throws(StoreError) -> Bool {
        do {
            try fileSystem.remove(path)
            return true
        } catch {
            if error.kind == .notFound { return false }
            throw .file(error)
        }
    }
}
