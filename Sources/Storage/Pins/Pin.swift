import Files

/// Keeps the files of one manifest from being removed for as long as it is held.
public final class Pin: Sendable {
    public let manifest: UInt64
    private let lock: any FileLock
    private let fileSystem: any FileSystem

    init(manifest: UInt64, lock: any FileLock, in fileSystem: any FileSystem) {
        self.manifest = manifest
        self.lock = lock
        self.fileSystem = fileSystem
    }

    deinit {
        // While the lock is still held, so that nobody locks a file that is about to go. Nobody is left to tell.
        try? fileSystem.remove(lock.path)
    }
}

extension ManifestStore {
    /// The newest state, and the pin that keeps its files. A reader without the right to write gets no pin: its
    /// segments may go while it reads.
    func pinned() throws(StoreError) -> (StoreState, Pin?)? {
        while true {
            guard let state = try newest() else { return nil }
            guard let lock = try pinLock(state.number) else { return (state, nil) }
            let pin = Pin(manifest: state.number, lock: lock, in: fileSystem)
            // Whoever removes files raises the floor first and looks at the pins then: one of us sees the other.
            if try floor() <= state.number { return (state, pin) }
        }
    }

    private func pinLock(_ number: UInt64) throws(StoreError) -> (any FileLock)? {
        var reader = 0
        while true {
            do {
                if let lock = try fileSystem.lock(paths.pin(number, reader), waits: false) { return lock }
            } catch {
                if error.kind == .permission { return nil }
                throw .file(error)
            }
            reader += 1
        }
    }

    /// The lowest manifest that somebody reads as of; leftovers of processes that died are removed.
    func lowestPin() throws(StoreError) -> UInt64? {
        var lowest: UInt64?
        for name in try files({ () throws(FileError) in try fileSystem.list(paths.pins) }) {
            guard let number = name.split(separator: "-").first.flatMap({ UInt64($0) }) else { continue }
            let path = "\(paths.pins)/\(name)"
            if let lock = try files({ () throws(FileError) in try fileSystem.lock(path, waits: false) }) {
                try? fileSystem.remove(lock.path)
            } else {
                lowest = min(lowest ?? .max, number)
            }
        }
        return lowest
    }
}
