import Bytes
import Files
import Storage

/// One file on its way into a store, from when it is found until nothing comes into it any more.
///
/// Which bytes were taken in stands in the manifest, by content: another run goes on from there, whatever the file is
/// called then.
final class FollowedFile {
    /// How often others may be faster before it is an error.
    private static let conflictLimit = 10

    private let store: Store
    private let options: StoreIngest.Options
    let file: any WatchedFile
    private let observer: StoreFollow.Observer
    private var current: (ingest: StoreIngest, stream: FollowedStream)?
    private var conflictCount = 0
    /// The length at which no format was recognised.
    private var obscureByteCount = -1
    private var openedAt: Int64
    /// When bytes came last.
    private(set) var lastGrowth: Int64

    init(
        _ store: Store, _ options: StoreIngest.Options, _ file: any WatchedFile,
        observer: @escaping StoreFollow.Observer
    ) {
        self.store = store
        self.options = options
        self.file = file
        self.observer = observer
        openedAt = store.clock.now
        lastGrowth = openedAt
    }

    /// Takes what has come since. False: the file was cut or written anew, and what was read of it before is finished.
    func takeNews(_ progress: StoreFollow.Progress) throws(IngestFailure) -> Bool {
        try renewWhenOld()
        if current == nil { try begin(isLast: false) }
        guard let (ingest, stream) = current else { return true }
        switch try Self.input({ () throws(FileError) in try stream.change() }) {
        case .none: break
        case .grown: lastGrowth = store.clock.now
        case .replaced:
            stream.isEnded = true
            try finish()
            return false
        }
        try withoutConflict { () throws(IngestFailure) in
            try ingest.takeNews { _, _ throws(IngestFailure) in try progress() }
        }
        return true
    }

    /// Commits what was taken in; the file may go on.
    func commit() throws(IngestFailure) {
        while let (ingest, _) = current {
            try withoutConflict { () throws(IngestFailure) in try ingest.commitNews() }
            if current != nil { return }
            // Another was faster: once more, upon what that one has committed.
            _ = try takeNews {}
        }
    }

    /// Takes the rest, a last line without its line feed too.
    func finish() throws(IngestFailure) {
        if current == nil { try begin(isLast: true) }
        guard let (ingest, _) = current else { return }
        try ingest.finish()
        current = nil
    }

    /// Times without a year are read as of when the ingest began.
    private func renewWhenOld() throws(IngestFailure) {
        let now = store.clock.now
        guard current != nil, now < openedAt || now - openedAt > Self.renewalPause else { return }
        try commit()
        current = nil
        openedAt = now
    }

    private static let renewalPause: Int64 = 12 * 3_600_000_000_000

    /// Begins as soon as there is a whole line, which tells the format.
    private func begin(isLast: Bool) throws(IngestFailure) {
        let head = try Self.input { () throws(FileError) in
            try FollowedStream(file).read(upTo: EventInput.detectionByteCount)
        }
        let isShort = head.count < EventInput.detectionByteCount
        guard !head.isEmpty, head.count != obscureByteCount else { return }
        guard isLast || !isShort || head.contains(Byte.lineFeed) else { return }
        var stream = FollowedStream(file)
        do throws(IngestFailure) {
            let ingest = try StoreIngest(store, options: options, isFollowing: true) { () throws(FileError) in
                stream = FollowedStream(file)
                return stream
            }
            var told = (events: 0, rejects: 0)
            ingest.onCommit = { [observer, path = file.path] summary in
                observer(
                    .committed(
                        path: path, eventCount: summary.eventCount - told.events,
                        rejectCount: summary.rejectCount - told.rejects,
                        byteOffset: summary.knownByteCount + summary.inputByteCount))
                told = (summary.eventCount, summary.rejectCount)
            }
            current = (ingest, stream)
            observer(.began(path: file.path, ingest.format, knownByteCount: ingest.summary.knownByteCount))
        } catch {
            guard case .input(.unknownFormat) = error, isShort else { throw error }
            if obscureByteCount < 0 { observer(.obscure(path: file.path)) }
            obscureByteCount = head.count
        }
    }

    /// When another process has taken in the same, or begins alike, what it committed is looked at anew.
    private func withoutConflict(_ body: () throws(IngestFailure) -> Void) throws(IngestFailure) {
        do throws(IngestFailure) {
            try body()
            conflictCount = 0
        } catch {
            guard case .store(.conflict) = error, conflictCount < Self.conflictLimit else { throw error }
            conflictCount += 1
            current = nil
        }
    }

    private static func input<Value>(_ body: () throws(FileError) -> Value) throws(IngestFailure) -> Value {
        do { return try body() } catch { throw .input(.file(error)) }
    }
}
