import Columns
import Files
import Segments

/// Makes a damaged store sound again with all that can still be read, and tells what was lost.
///
/// Damaged files are put aside, never deleted. No other job should run meanwhile; readers may.
public struct StoreRepair {
    /// What was done.
    public struct Result: Equatable, Sendable {
        public var actions: [String] = []
        public var lostRowCount = 0
        public var lostValueCount = 0

        public var didNothing: Bool { actions.isEmpty }
    }

    private let store: Store
    public private(set) var result = Result()

    public init(_ store: Store) { self.store = store }

    private var fileSystem: any FileSystem { store.fileSystem }

    public mutating func run() throws(StoreError) {
        try repairManifests()
        let snapshot = try store.snapshot()
        var writer: StoreWriter?
        for entry in snapshot.state.orderedSegments + snapshot.state.orderedBaseSegments {
            guard let reason = StoreVerifier.fault(of: entry, in: snapshot) else { continue }
            if writer == nil { writer = try StoreWriter(store) }
            guard let writer else { return }
            try salvage(entry, snapshot, writer, reason)
        }
        try repairKeyframes()
        try repairIndexes()
    }

    // MARK: Manifests

    /// Goes back to the newest manifest that can be read, and takes in again what was committed since.
    private mutating func repairManifests() throws(StoreError) {
        let numbers = try store.manifests.numbers()
        var state: StoreState?
        var damaged: [UInt64] = []
        for number in numbers.reversed() where state == nil {
            do throws(StoreError) {
                state = try store.manifests.state(at: number)
            } catch {
                guard case .damaged = error else { throw error }
                damaged.append(number)
            }
        }
        guard !damaged.isEmpty else { return }
        guard let state else {
            throw .invalid(
                "no manifest in \(store.paths.manifests) can be read; make a new store and take the segments in again "
                    + "with 'segment read' and 'ingest'")
        }
        try store.manifests.restore(state, as: damaged[0] + 1, at: store.clock.now)
        for number in damaged {
            try putAside(store.paths.manifest(number))
            result.actions.append("manifest \(number) cannot be read and was put aside")
        }
        try adoptOrphans(upon: state)
    }

    /// Segments that the lost manifests had added. Those whose rows the state holds already are leftovers of merges.
    private mutating func adoptOrphans(upon state: StoreState) throws(StoreError) {
        var adopted: [SegmentEntry] = []
        let files = try segmentFiles()
        let logged = try loggedSequences(upon: state)
        for (path, id, tier) in files
        where state.segment(id) == nil && state.dropped[id] == nil && !path.hasPrefix(store.paths.keyframes + "/") {
            guard let entry = entry(path, id, tier, state.windowLength) else { continue }
            if entry.kind == .baseState {
                // State that is there twice says the same, and it may be all that is left of windows that are gone.
                adopted.append(entry)
                result.actions.append(
                    "\(path) with the state that \(entry.rowCount) events had set belongs to the store again")
                continue
            }
            let known = state.segments.values + adopted.filter { $0.kind == .events }
            guard !known.contains(where: { $0.window == entry.window && $0.sequences.overlaps(entry.sequences) }),
                !logged.contains(where: { $0.overlaps(entry.sequences) })
            else { continue }
            adopted.append(entry)
            result.actions.append("\(path) with \(entry.rowCount) rows belongs to the store again")
        }
        // Whoever made files that are not taken in must not be confused with a writer to come.
        let indexes = ((try? fileSystem.list(store.paths.indexes)) ?? []).compactMap { IndexId(fileName: $0) }
        let writers = try files.map(\.1.writer) + store.logIds().map(\.writer) + indexes.map(\.writer)
        let nextWriter = writers.reduce(0, max) + 1
        _ = try store.manifests.commit(at: store.clock.now) { (newest) throws(StoreError) in
            adopted.map { .addSegment($0) } + (nextWriter > newest.nextWriter ? [.nextWriter(nextWriter)] : [])
        }
    }

    /// The events that stand in logs: all of them are there, so what was made of them is not needed.
    private func loggedSequences(upon state: StoreState) throws(StoreError) -> [ClosedRange<UInt64>] {
        var found: [ClosedRange<UInt64>] = []
        for log in try store.unsealedLogs(state) {
            var reader = try LogReader(log, of: store, storeId: state.storeId, skipsDamage: true)
            while let frame = try reader.next(), frame.eventCount > 0 {
                found.append(frame.firstSequence...frame.firstSequence &+ UInt64(frame.eventCount - 1))
            }
        }
        return found
    }

    private func segmentFiles() throws(StoreError) -> [(path: String, SegmentId, EncodingProfile.Tier?)] {
        var found: [(String, SegmentId, EncodingProfile.Tier?)] = []
        for folder in try fileSystem.segmentFolders(store.paths) {
            let tier = EncodingProfile.Tier.allCases.first { folder.hasPrefix(store.paths.tier($0) + "/") }
            for name in try fileSystem.names(in: folder) {
                guard let id = SegmentId(fileName: name), id.fileName == name else { continue }
                found.append(("\(folder)/\(name)", id, tier))
            }
        }
        return found
    }

    /// What a manifest would say of a segment, base state when it is of no tier; nil when it cannot be read.
    private func entry(
        _ path: String, _ id: SegmentId, _ tier: EncodingProfile.Tier?, _ length: WindowLength
    ) -> SegmentEntry? {
        guard let file = try? fileSystem.open(path), let reader = try? SegmentReader(FileSource(file)),
            let times = reader.timestamps, let sequences = reader.sequences, let columns = try? reader.allColumns()
        else { return nil }
        var entry = SegmentEntry(
            id: id, tier: tier ?? reader.tier, window: length.window(of: times.lowerBound), rowCount: reader.rowCount,
            byteCount: reader.fileByteCount, rawByteCount: columns.reduce(0) { $0 + $1.valueCount * 8 }, times: times,
            storedAt: reader.storedTimes, sequences: sequences, rootChecksum: reader.rootChecksum)
        entry.kind = tier == nil ? .baseState : .events
        return entry
    }

    // MARK: Keyframes

    /// Gives up keyframes that cannot be read: the next `checkpoint` makes others.
    private mutating func repairKeyframes() throws(StoreError) {
        let snapshot = try store.snapshot()
        for keyframe in snapshot.state.orderedKeyframes {
            guard let reason = StoreVerifier.fault(of: keyframe.segment, in: snapshot) else { continue }
            let path = snapshot.path(keyframe.segment)
            _ = try store.manifests.commit(at: store.clock.now) { (state) throws(StoreError) in
                state.keyframes[keyframe.id] == nil ? [] : [.dropSegment(keyframe.id)]
            }
            if try files({ () throws(FileError) in try fileSystem.exists(path) }) { try putAside(path) }
            result.actions.append("\(path) is damaged, 'checkpoint' makes it anew: \(reason)")
        }
    }

    // MARK: Indexes

    /// Makes indexes anew that do not say what their segments say, and those that went with their segments.
    private mutating func repairIndexes() throws(StoreError) {
        let snapshot = try store.snapshot()
        for index in snapshot.state.orderedIndexes {
            guard let reason = IndexCheck.fault(of: index, in: snapshot) else { continue }
            let path = store.paths.index(index.id)
            _ = try store.manifests.commit(at: store.clock.now) { (state) throws(StoreError) in
                state.indexes[index.id] == nil ? [] : [.dropIndex(index.id)]
            }
            if try files({ () throws(FileError) in try fileSystem.exists(path) }) { try putAside(path) }
            result.actions.append("\(path) is damaged and is made anew: \(reason)")
        }
        guard !result.didNothing else { return }
        var report = JobReport()
        try store.buildIndexes(.standard, &report, { _ in })
    }

    // MARK: Segments

    private mutating func salvage(
        _ entry: SegmentEntry, _ snapshot: Snapshot, _ writer: StoreWriter, _ reason: String
    ) throws(StoreError) {
        let path = snapshot.path(entry)
        result.actions.append("\(path) is damaged: \(reason)")
        var kept: [SegmentEntry] = []
        if let file = try? fileSystem.open(path), let reader = try? SegmentReader(FileSource(file)) {
            var salvage = SegmentSalvage(reader)
            let segment = try writer.beginSegment(
                entry.window, options: .forStore(entry.tier), kind: entry.kind)
            var content = ContentChecksum()
            let window = entry.kind == .baseState ? .min ... .max : entry.window.times(snapshot.state.windowLength)
            try salvage.run { (batch) throws(StoreError) in
                do throws(SegmentError) {
                    try SegmentRewriter.append(
                        batch, keeping: batch.rows(within: window), to: segment.writer, &content)
                } catch {
                    throw .segment(path: segment.path, error)
                }
            }
            if let entry = try segment.finish() { kept.append(entry) }
            result.lostRowCount += entry.rowCount - kept.reduce(0) { $0 + $1.rowCount }
            result.lostValueCount += salvage.loss.valueCount
            result.actions += salvage.loss.descriptions.map { "lost: \($0)" }
        } else {
            result.lostRowCount += entry.rowCount
            result.actions.append("lost: all \(entry.rowCount) rows, its directory cannot be read")
        }
        // Keyframes may know what is lost.
        try writer.commit(adding: kept, dropping: [entry.id], outdated: .from(entry.times.lowerBound))
        if try files({ () throws(FileError) in try fileSystem.exists(path) }) { try putAside(path) }
    }

    private func putAside(_ path: String) throws(StoreError) {
        try files { () throws(FileError) in
            try fileSystem.createDirectories(store.paths.damaged)
            let name = path.split(separator: "/").suffix(3).joined(separator: "_")
            try fileSystem.rename(path, to: "\(store.paths.damaged)/\(name)")
            try fileSystem.syncDirectory(store.paths.damaged)
            try fileSystem.syncDirectory(directory(of: path))
        }
    }
}

extension RowBatch {
    /// The rows whose time lies in a range; nil: all.
    fileprivate func rows(within times: ClosedRange<Int64>) -> [Bool]? {
        guard let kept = self.times?.map({ times.contains($0) }) else { return nil }
        return kept.contains(false) ? kept : nil
    }
}
