import Files
public import Segments

/// A store as of one manifest. Its segments stay readable until the snapshot is let go.
public final class Snapshot: Sendable {
    public let store: Store
    public let state: StoreState
    /// Log files whose events are in none of the segments, by their writers and in the order of their events.
    public let logs: [LogRange]
    private let pin: Pin?

    init(store: Store, state: StoreState, logs: [LogRange], pin: Pin?) {
        self.store = store
        self.state = state
        self.logs = logs
        self.pin = pin
    }

    public func path(_ entry: SegmentEntry) -> String { store.paths.segment(entry, state.windowLength) }

    /// Reads one of the snapshot's log files.
    public func open(_ log: LogRange) throws(StoreError) -> LogReader {
        try LogReader(log, of: store, storeId: state.storeId)
    }

    /// Opens one of the snapshot's segments and makes sure that it is the one the manifest means.
    public func open(_ entry: SegmentEntry) throws(StoreError) -> SegmentReader {
        let path = path(entry)
        let file: any ReadableFile
        do { file = try store.fileSystem.open(path) } catch { throw .file(error) }
        do throws(SegmentError) {
            let reader = try SegmentReader(FileSource(file))
            guard reader.rootChecksum == entry.rootChecksum, reader.rowCount == entry.rowCount else {
                throw SegmentError.damaged(.corrupt(at: 0, "this is not the segment that the manifest names"))
            }
            return reader
        } catch {
            throw .segment(path: path, error)
        }
    }
}
