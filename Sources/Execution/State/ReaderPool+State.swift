import Segments
import Storage

extension ReaderPool {
    /// Looks up what was true, by keyframes and by what stands in logs.
    func stateLookup(
        _ mapping: StateMapping, knownAt: Int64, _ options: QueryOptions
    ) throws(StoreError) -> RecordedLookup {
        var logs: [(path: String, reader: SegmentReader)] = []
        for (number, log) in snapshot.logs.enumerated() {
            let path = snapshot.store.paths.log(log.id)
            for part in try parts(ofLog: number) {
                do throws(SegmentError) { logs.append((path, try part.another())) } catch {
                    throw .segment(path: path, error)
                }
            }
        }
        let lookup = StateLookup(
            snapshot, mapping, logs: logs, knownAt: knownAt,
            readers: LentReaders(loan: ReaderLoan(self), snapshot: snapshot), isCancelled: options.isCancelled)
        return RecordedLookup(lookup, options.recorder)
    }
}

/// Readers out of a pool.
private struct LentReaders: SegmentReaders {
    let loan: ReaderLoan
    let snapshot: Snapshot

    func reader(of entry: SegmentEntry) throws(StoreError) -> SegmentReader {
        let snapshot = snapshot
        return try loan.reader(of: .segment(entry.id)) { () throws(StoreError) in try snapshot.open(entry) }
    }
}
