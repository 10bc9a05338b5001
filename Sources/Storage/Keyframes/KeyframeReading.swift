import Files
import Segments

/// Reads a keyframe, here or on a thread of its own.
///
/// The reader is with one thread at a time: whoever has started a thread touches it only once that has ended.
final class KeyframeReading: @unchecked Sendable {
    private let keyframe: KeyframeEntry
    private let services: Set<[UInt8]>?
    private let reader: SegmentReader
    private let snapshot: Snapshot
    private var thread: WorkerThread?
    private var found: [StateSource]?
    /// What was read, as it is stored.
    private(set) var byteCount = 0

    init(_ keyframe: KeyframeEntry, _ services: Set<[UInt8]>?, _ reader: SegmentReader, _ snapshot: Snapshot) {
        self.keyframe = keyframe
        self.services = services
        self.reader = reader
        self.snapshot = snapshot
    }

    /// What it tells of the services; nil: it cannot be read.
    var sources: [StateSource]? {
        let before = reader.readByteCount
        defer { byteCount = reader.readByteCount - before }
        return try? snapshot.sources(keyframe, of: services, reader)
    }

    /// Begins to read on a thread. False: the system has none.
    func start() -> Bool {
        thread = WorkerThread { self.found = self.sources }
        return thread != nil
    }

    /// Waits for what the thread has read.
    func wait() -> [StateSource]? {
        thread?.join()
        thread = nil
        return found
    }
}
