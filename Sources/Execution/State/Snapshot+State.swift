import Ingest
import Segments
import Storage

extension Snapshot {
    /// Looks up what was true, by keyframes and by what stands in logs.
    func stateLookup(_ mapping: StateMapping, knownAt: Int64) throws(StoreError) -> StateLookup {
        var logs: [(path: String, reader: SegmentReader)] = []
        for log in self.logs {
            for reader in try LogSegments.read(log, in: self) { logs.append((store.paths.log(log.id), reader)) }
        }
        return StateLookup(self, mapping, logs: logs, knownAt: knownAt)
    }
}
