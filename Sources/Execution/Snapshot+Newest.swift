import Ingest
import Segments
public import Storage

extension Snapshot {
    /// The time of the newest event, in nanoseconds since 1970; nil when there is none.
    public func newestTime() throws(StoreError) -> Int64? {
        var newest = state.segments.values.map(\.times.upperBound).max()
        for log in logs {
            for reader in try LogSegments.read(log, in: self) {
                guard let last = reader.timestamps?.upperBound else { continue }
                newest = max(newest ?? last, last)
            }
        }
        return newest
    }
}
