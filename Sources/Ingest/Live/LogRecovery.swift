import Files
public import Storage

/// Seals the log files of writers that died.
public struct LogRecovery {
    /// What was found.
    public struct Result: Equatable, Sendable {
        public var logCount = 0
        public var eventCount = 0
        public var segmentCount = 0
        /// Files that stay as they are because they are damaged, or that were sealed without what could not be read.
        public var faults: [StoreFault] = []

        public var didNothing: Bool { self == Result() }
    }

    private let store: Store
    private let salvages: Bool
    private var writer: StoreWriter?
    private var result = Result()

    /// - Parameter salvages: seals damaged files too, with all that can be read; they are kept in `damaged`.
    public static func run(_ store: Store, salvages: Bool = false) throws(StoreError) -> Result {
        var recovery = LogRecovery(store, salvages: salvages)
        for number in Set(try store.snapshot().logs.map(\.id.writer)).sorted() {
            try recovery.recover(writer: number)
        }
        return recovery.result
    }

    private init(_ store: Store, salvages: Bool) {
        self.store = store
        self.salvages = salvages
    }

    private mutating func recover(writer number: UInt32) throws(StoreError) {
        let lock: (any FileLock)?
        do { lock = try store.fileSystem.lock(store.paths.writer(number), waits: false) } catch { throw .file(error) }
        guard let lock else { return }
        // Only now is it sure that nobody else seals them, or has sealed and forgotten them. The snapshot is let go before
        // the lock, however the compiler sees it.
        try withExtendedLifetime(try store.snapshot()) { (snapshot) throws(StoreError) in
            try seal(snapshot.logs.filter { $0.id.writer == number }, snapshot.state.storeId)
        }
        try? store.fileSystem.remove(lock.path)
    }

    private mutating func seal(_ logs: [LogRange], _ storeId: UInt64) throws(StoreError) {
        guard !logs.isEmpty else { return }
        if writer == nil { writer = try StoreWriter(store) }
        guard let writer else { return }
        for log in logs { try seal(log, writer, storeId) }
    }

    private mutating func seal(_ log: LogRange, _ writer: StoreWriter, _ storeId: UInt64) throws(StoreError) {
        var sealing = LogSealing(writer, storeId: storeId, salvages: salvages)
        let path = store.paths.log(log.id)
        do throws(StoreError) {
            let damage = try sealing.add(log.id).damage
            if !damage.isEmpty { try keep(path, log.id) }
            result.faults += damage.map { StoreFault(path: path, reason: "byte \($0.bytes.lowerBound): \($0.reason)") }
        } catch {
            guard case .damaged(_, let damage) = error else { throw error }
            result.faults.append(StoreFault(path: path, reason: "byte \(damage.byteOffset): \(damage.reason)"))
            return
        }
        try sealing.commit()
        result.logCount += 1
        result.eventCount += sealing.eventCount
        result.segmentCount += sealing.segmentCount
    }

    /// Gives a damaged file a second name, under which nobody removes it.
    private func keep(_ path: String, _ id: LogId) throws(StoreError) {
        do throws(FileError) {
            try store.fileSystem.createDirectories(store.paths.damaged)
            do throws(FileError) {
                try store.fileSystem.link(path, to: "\(store.paths.damaged)/\(id.fileName)")
            } catch {
                if error.kind != .exists { throw error }
            }
            try store.fileSystem.syncDirectory(store.paths.damaged)
        } catch {
            throw .file(error)
        }
    }
}
