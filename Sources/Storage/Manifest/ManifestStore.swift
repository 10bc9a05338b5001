import Bytes
import Files

/// Reads and writes the manifests of a store: the only place where its contents change.
///
/// A manifest is written under another name, synced, and given its number by a link, which succeeds for one of any
/// number of writers. Who comes second looks at what was committed and tries again upon it. The highest number is what
/// the store holds.
///
/// Numbers below the *floor* may have been removed. A writer that was stopped for so long that the number it wants has
/// come and gone finds the floor above it after its link, and knows that its commit says nothing.
struct ManifestStore: Sendable {
    let fileSystem: any FileSystem
    let paths: StorePaths

    /// Manifests between two that are made upon nothing. A reader reads at most as many files.
    static let wholeEvery = 64

    /// Tries to find a number that nobody takes meanwhile.
    private static let attemptLimit = 1000

    // MARK: Reading

    /// The newest state; nil when nothing was ever committed.
    func newest() throws(StoreError) -> StoreState? {
        for _ in 0..<Self.attemptLimit {
            guard let number = try newestNumber() else { return nil }
            do {
                return try state(at: number)
            } catch {
                // Removed while we read: then there is a newer one.
                guard case .file(let failure) = error, failure.kind == .notFound, try newestNumber() != number else {
                    throw error
                }
            }
        }
        throw .conflict("the store changes faster than it can be read; run the command again")
    }

    func newestNumber() throws(StoreError) -> UInt64? { try numbers().last }

    /// The manifests that are there, ascending.
    func numbers() throws(StoreError) -> [UInt64] {
        try names().compactMap { StorePaths.manifestNumber($0) }.sorted()
    }

    private func names() throws(StoreError) -> [String] {
        do {
            return try fileSystem.list(paths.manifests)
        } catch {
            throw error.kind == .notFound ? .notAStore(path: paths.root) : .file(error)
        }
    }

    /// The state as of one manifest, from the last whole one on.
    func state(at number: UInt64) throws(StoreError) -> StoreState {
        var chain: [Manifest] = []
        var next = number
        while true {
            let manifest = try manifest(next)
            chain.append(manifest)
            if manifest.isWhole { break }
            next -= 1
        }
        var state = StoreState()
        for manifest in chain.reversed() { try apply(manifest, to: &state) }
        return state
    }

    private func manifest(_ number: UInt64) throws(StoreError) -> Manifest {
        let path = paths.manifest(number)
        let bytes = try files { () throws(FileError) in try fileSystem.readAll(path) }
        do { return try Manifest(parsing: bytes, number: number) } catch { throw .damaged(path: path, error) }
    }

    private func apply(_ manifest: Manifest, to state: inout StoreState) throws(StoreError) {
        if manifest.isWhole {
            state = StoreState()
            state.wholeNumber = manifest.number
        }
        state.number = manifest.number
        for record in manifest.records {
            if let reason = state.apply(record) {
                throw .damaged(path: paths.manifest(manifest.number), .corrupt(at: Manifest.headerByteCount, reason))
            }
        }
    }

    // MARK: Writing

    /// Commits what `change` makes of the newest state, as often as it takes until nobody comes between. No records:
    /// there is nothing to do. `isWhole`: nothing that earlier manifests say is needed from then on.
    func commit(
        at time: Int64, isWhole: Bool = false, _ change: (StoreState) throws(StoreError) -> [ManifestRecord]
    ) throws(StoreError) -> StoreState {
        for _ in 0..<Self.attemptLimit {
            let state = try newest() ?? StoreState()
            let records = try change(state)
            if records.isEmpty { return state }
            if let next = try attempt(records, upon: state, at: time, isWhole) { return next }
        }
        throw .conflict("other processes commit to the store all the time; run the command again")
    }

    /// Nil when somebody else was first.
    private func attempt(
        _ records: [ManifestRecord], upon state: StoreState, at time: Int64, _ mustBeWhole: Bool
    ) throws(StoreError) -> StoreState? {
        var next = state
        next.number += 1
        for record in records {
            if let reason = next.apply(record) { preconditionFailure("a commit does not fit its state: \(reason)") }
        }
        let isWhole = mustBeWhole || next.number % UInt64(Self.wholeEvery) == 1
        if isWhole { next.wholeNumber = next.number }
        let manifest = Manifest(
            number: next.number, isWhole: isWhole, time: time, records: isWhole ? next.records : records)
        guard try publish(manifest) else { return nil }
        guard try floor() <= next.number else {
            // The number had been there before, and was removed together with what followed it.
            try files { () throws(FileError) in try fileSystem.remove(paths.manifest(next.number)) }
            return nil
        }
        return next
    }

    /// False when the number is taken.
    private func publish(_ manifest: Manifest) throws(StoreError) -> Bool {
        do {
            return try files { () throws(FileError) in
                let file = try PendingFile(paths.manifest(manifest.number), in: fileSystem)
                try file.append(manifest.encoded())
                return try file.publishIfAbsent()
            }
        } catch {
            // The number is taken, and the file was cleaned up as a leftover before its link.
            guard case .file(let failure) = error, failure.operation == .link, failure.kind == .notFound,
                try newestNumber() ?? 0 >= manifest.number
            else { throw error }
            return false
        }
    }

    /// Makes an earlier state the newest, as manifest `number`, when those behind it cannot be read.
    func restore(_ state: StoreState, as number: UInt64, at time: Int64) throws(StoreError) {
        guard try publish(Manifest(number: number, isWhole: true, time: time, records: state.records)) else {
            throw .conflict("another process commits to the store; stop it and run the command again")
        }
    }

    // MARK: Floor

    /// The lowest number that may still be read.
    func floor() throws(StoreError) -> UInt64 {
        try names().compactMap { StorePaths.floorNumber($0) }.max() ?? 0
    }

    /// Raises the floor. From now on nobody begins to read below it, and no commit below it counts.
    func raiseFloor(to number: UInt64) throws(StoreError) {
        let old = try names().compactMap { StorePaths.floorNumber($0) }
        guard number > old.max() ?? 0 else { return }
        do {
            try files { () throws(FileError) in
                let file = try PendingFile(paths.floor(number), in: fileSystem)
                try file.publish()
                for number in old { try? fileSystem.remove(paths.floor(number)) }
            }
        } catch {
            // Another process has raised it, and cleaned the file up as a leftover before its rename.
            guard case .file(let failure) = error, failure.operation == .rename, failure.kind == .notFound,
                try floor() >= number
            else { throw error }
        }
    }

    /// Removes the manifests that no state from that one on needs, and what processes have left that died while they
    /// wrote one. The floor is not below that state.
    func remove(below state: StoreState) throws(StoreError) {
        for name in try names() {
            let isOld = StorePaths.manifestNumber(name).map { $0 < state.wholeNumber } ?? false
            let isLeftover = StorePaths.unfinishedNumber(name).map { $0 <= state.number } ?? false
            guard isOld || isLeftover else { continue }
            do {
                try fileSystem.remove("\(paths.manifests)/\(name)")
            } catch {
                // Another process may clean up at the same time.
                if error.kind != .notFound { throw .file(error) }
            }
        }
    }
}
