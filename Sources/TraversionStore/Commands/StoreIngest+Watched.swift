import Ingest

extension StoreIngest {
    /// Takes the input in under the eyes of whoever sits at the terminal, who may stop it. Returns how long it took.
    @discardableResult
    func runWatched(totalByteCount: Int?) throws(IngestFailure) -> Int64 {
        var progress = Progress(totalByteCount: totalByteCount)
        defer { progress.clear() }
        try run { (byteCount, eventCount) throws(IngestFailure) in
            if Interruption.isWanted { throw .stopped }
            progress.update(byteCount: byteCount, eventCount: eventCount)
        }
        return progress.elapsed
    }
}
