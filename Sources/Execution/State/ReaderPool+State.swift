import Segments
import Storage

extension ReaderPool {
    /// Looks up what was true, by keyframes and by what stands in logs.
    func stateLookup(
        _ mapping: StateMapping, knownAt: Int64, recorder: QueryRecorder?
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
        return RecordedLookup(StateLookup(snapshot, mapping, logs: logs, knownAt: knownAt), recorder)
    }
}
