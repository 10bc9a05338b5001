import Files
public import Segments

/// Somebody who adds segments to a store: an ingest, a compaction. It has a number of its own, and its segments bear
/// that number in their names, so that those which it leaves behind when it dies are found and removed.
public final class StoreWriter {
    public let store: Store
    public let number: UInt32
    public let windowLength: WindowLength
    private let lock: any FileLock
    private var fileCount: UInt32 = 0

    public init(_ store: Store) throws(StoreError) {
        self.store = store
        while true {
            guard let state = try store.manifests.newest() else { throw .notAStore(path: store.paths.root) }
            let number = state.nextWriter
            // The lock comes first: from the commit on, a number without a lock is a writer that died.
            let path = store.paths.writer(number)
            guard let lock = try files({ () throws(FileError) in try store.fileSystem.lock(path, waits: false) })
            else { continue }
            var isTaken = false
            _ = try store.manifests.commit(at: store.clock.now) { (state) throws(StoreError) in
                isTaken = state.nextWriter != number
                return isTaken ? [] : [.nextWriter(number + 1)]
            }
            if isTaken {
                try? store.fileSystem.remove(path)
                continue
            }
            self.number = number
            self.lock = lock
            windowLength = state.windowLength
            return
        }
    }

    deinit {
        // Nobody is left to tell; a leftover without a holder is removed by whoever cleans up next.
        try? store.fileSystem.remove(lock.path)
    }

    /// The sequence number of this writer's first event. Later writers' events have higher ones.
    public var firstSequence: UInt64 { UInt64(number) << 40 }

    /// Begins a segment. It belongs to the store once it is finished and committed.
    public func beginSegment(
        _ window: TimeWindow, options: SegmentWriterOptions, kind: SegmentEntry.Kind = .events
    ) throws(StoreError) -> NewSegment {
        try NewSegment(
            SegmentId(writer: number, number: nextFileNumber()), window: window, windowLength, in: store,
            options: options, kind: kind)
    }

    /// A number that none of this writer's files has.
    func nextFileNumber() -> UInt32 {
        fileCount += 1
        return fileCount
    }

    /// Makes finished segments part of the store, in place of others or of log files, together with how far an input
    /// was read.
    ///
    /// Nothing is done when another process was faster: when one of the `dropped` is no longer there, or the input was
    /// taken in further. `outdated`: the keyframes that tell of events which are dropped and not added again.
    /// `inputs`: what the added segments were made of, when that is more than what they take the place of.
    @discardableResult
    public func commit(
        adding added: [SegmentEntry], dropping dropped: [SegmentId] = [], progress: SourceProgress? = nil,
        sealing logs: [LogId] = [], noting forgotten: ForgetEntry? = nil, horizon: Int64? = nil,
        outdated: OutdatedKeyframes = .none, madeOf inputs: [SegmentId]? = nil
    ) throws(StoreError) -> StoreState {
        try store.manifests.commit(at: store.clock.now) { (state) throws(StoreError) in
            for id in dropped where state.segment(id) == nil {
                throw .conflict("segment \(id.fileName) was replaced by another process")
            }
            var records = dropped.map { ManifestRecord.dropSegment($0) } + added.map { .addSegment($0) }
            // What keyframes tell of segments, they tell of those that took their place.
            let inputs = inputs ?? dropped
            if !inputs.isEmpty, !added.isEmpty, inputs.allSatisfy({ state.checkpointed.contains($0) }) {
                records.append(.checkpointed(added.map(\.id)))
            }
            records += state.orderedKeyframes.filter { outdated.contains($0) }.map { .dropSegment($0.id) }
            records += logs.map { .sealLog($0) }
            if let progress { records.append(try progress.record(upon: state)) }
            if let forgotten { records.append(.forget(forgotten)) }
            if let horizon, horizon > state.horizon ?? .min { records.append(.horizon(horizon)) }
            return records
        }
    }
}
