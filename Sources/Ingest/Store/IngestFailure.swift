import Bytes
public import Storage

/// Why an ingest into a store stopped.
public enum IngestFailure: Error, Equatable {
    case input(IngestError)
    case store(StoreError)
    /// The caller wanted it to stop.
    case stopped

    /// Where reading an input goes on.
    static func position(of known: SourceEntry?) throws(IngestFailure) -> InputPosition {
        guard let known else { return .start }
        do throws(DecodeError) {
            return try InputPosition(encoded: known.resumption)
        } catch {
            throw .store(.damaged(path: "the manifest's entry for \(known.name)", error))
        }
    }
}
