import Columns
public import Files

/// A directory of segments and of the manifests that say which of them count.
///
/// Any number of processes may have it open at once; see ``ManifestStore`` for how they agree.
public final class Store: Sendable {
    public let paths: StorePaths
    public let fileSystem: any FileSystem
    public let clock: any Clock
    let manifests: ManifestStore

    private init(_ paths: StorePaths, _ fileSystem: any FileSystem, _ clock: any Clock) {
        self.paths = paths
        self.fileSystem = fileSystem
        self.clock = clock
        manifests = ManifestStore(fileSystem: fileSystem, paths: paths)
    }

    /// Opens the store in a directory.
    public static func open(
        _ paths: StorePaths, in fileSystem: any FileSystem = LocalFileSystem(), clock: any Clock = SystemClock()
    ) throws(StoreError) -> Store {
        let store = Store(paths, fileSystem, clock)
        guard try store.manifests.newestNumber() != nil else { throw .notAStore(path: paths.root) }
        return store
    }

    /// Makes a store in a directory that is not there or empty.
    public static func create(
        _ paths: StorePaths, windowLength: WindowLength, storeId: UInt64,
        in fileSystem: any FileSystem = LocalFileSystem(), clock: any Clock = SystemClock()
    ) throws(StoreError) -> Store {
        let store = Store(paths, fileSystem, clock)
        try files { () throws(FileError) in
            for folder in [paths.root, paths.manifests, paths.writers, paths.pins, paths.locks, paths.rejects] {
                try fileSystem.createDirectories(folder)
            }
            for tier in [EncodingProfile.Tier.hot, .warm, .cold] {
                try fileSystem.createDirectories(paths.tier(tier))
            }
        }
        // Of two that make the store at once, one commits the first manifest.
        _ = try store.manifests.commit(at: clock.now) { (state) throws(StoreError) in
            guard state.number == 0 else { throw .occupied(path: paths.root) }
            return [.settings(storeId: storeId, windowLength)]
        }
        return store
    }

    /// What the store holds now, kept readable for as long as the snapshot is held.
    public func snapshot() throws(StoreError) -> Snapshot {
        guard let (state, pin) = try manifests.pinned() else { throw .notAStore(path: paths.root) }
        return Snapshot(store: self, state: state, logs: try unsealedLogs(state), pin: pin)
    }

    /// Removes what nothing needs any more; how many files that were.
    @discardableResult
    public func clean() throws(StoreError) -> Int {
        try Cleaner(manifests: manifests).run(at: clock.now).removedFileCount
    }

    /// The lock that lets a job run once at a time; nil while another process runs it.
    public func lock(job: String) throws(StoreError) -> (any FileLock)? {
        try files { () throws(FileError) in try fileSystem.lock(paths.lock(job), waits: false) }
    }
}
