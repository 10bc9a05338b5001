import Bytes
import CSimdJSON
public import Files
import Segments
public import Storage
import Times

/// Takes one input into a store.
///
/// Segments and how far the input was read are committed together, so an ingest that dies is gone on with where its last
/// commit was, and none of its events is stored twice.
public final class StoreIngest {
    /// What the ingest is asked to do.
    public struct Options: Sendable {
        /// Nil: found by looking.
        public var format: InputFormat?
        public var mapping = FieldMapping.automatic
        public var mask = MaskPolicy.secrets
        /// What times without a zone are in.
        public var timeZone = TimeZoneRules.utc
        /// Stops at the first record that is no event, with nothing committed.
        public var isStrict = false
        /// Takes the input in even if it, or its beginning, was taken in before.
        public var isAgain = false
        /// Events between commits.
        public var eventCountPerCommit = 1 << 22
        /// Nanoseconds between commits of an input that grows.
        public var nanosecondsPerCommit: Int64 = 10_000_000_000

        public init() {}
    }

    /// What an ingest came to.
    public struct Summary: Equatable, Sendable {
        public var eventCount = 0
        public var rejectCount = 0
        public var segmentCount = 0
        public var segmentByteCount = 0
        /// Bytes of the input that were taken in now.
        public var inputByteCount = 0
        /// Bytes that an earlier ingest had taken in.
        public var knownByteCount = 0
        /// When, and under which name, those were.
        public var known: SourceEntry?
        /// Where the records stand that are no events; nil when there are none.
        public var rejectsPath: String?
        /// How many values were masked, in events and in rejected records.
        public var maskedCounts: [MaskKind: Int] = [:]
    }

    /// Where events and bad records go.
    final class Target {
        let writer: StoreWriter
        let rows: WindowRows
        let rejects: RejectsFile
        var sequence: UInt64

        init(_ store: Store, _ mapping: FieldMapping, _ time: EventTime) throws(StoreError) {
            writer = try StoreWriter(store)
            sequence = writer.firstSequence
            rejects = RejectsFile(store.paths.rejects(of: writer.number), in: store.fileSystem)
            rows = WindowRows(writer, options: .forStore(.hot), limits: WindowRows.Limits()) {
                CanonicalRow(mapping) { time.read($0) }
            }
        }

        /// Appends an event, or nothing and tells why.
        func append(
            _ document: UnsafeMutablePointer<traversion_json_document>, storedAt: Int64
        ) throws(StoreError) -> LineError.Reason? {
            if let reason = unsafe try rows.append(document, storedAt: storedAt, sequence: sequence) { return reason }
            sequence += 1
            return nil
        }
    }

    /// Events between looks at the clock and reports of progress: about a batch, so that what is checksummed then is still
    /// in the cache.
    private static let eventCountPerStep = 512

    let store: Store
    let options: Options
    let relation: SourceEntry.Relation
    let stream: SourceStream
    /// The input as it is stored, when it is compressed.
    private let compressed: DecompressedStream?
    private let time: EventTime
    private let isFollowing: Bool
    let documents: EventDocuments
    let masker: LineMasker?
    public let format: InputFormat
    var known: SourceEntry?
    /// Made when there is something to store: an input without news leaves no trace.
    var target: Target?
    var uncommittedCount = 0
    var committed: InputPosition
    /// One time for some thousand events: what tells them apart is the sequence.
    private var storedAt: Int64
    var lastCommit: Int64
    /// Where a last record begins that was refused and may only have been cut.
    var startOfUnfinished: InputPosition?
    public internal(set) var summary = Summary()
    /// Told after each commit.
    var onCommit: (Summary) -> Void = { _ in }

    /// Looks at an input and prepares to take it in. `open` gives the input from its start, each time it is called; when
    /// it can do so only once, `isRepeatable` must be false. When it `isFollowing`, the input may grow.
    public init(
        _ store: Store, options: Options = Options(), isRepeatable: Bool = true, isFollowing: Bool = false,
        _ open: () throws(FileError) -> any ByteStream
    ) throws(IngestFailure) {
        self.store = store
        self.options = options
        self.isFollowing = isFollowing
        let sources: [SourceEntry]
        do throws(StoreError) { sources = try store.snapshot().state.sources } catch { throw .store(error) }
        var relation = try Self.relate(sources, options, isRepeatable, open)
        known = relation.known
        masker = try Self.masker(store, options)
        let position = try IngestFailure.position(of: relation.known)
        committed = position
        storedAt = store.clock.now
        lastCommit = storedAt
        time = EventTime(zone: options.timeZone, reference: storedAt)
        do throws(FileError) {
            let plain = Compression.undone(try open())
            compressed = plain as? DecompressedStream
            stream = SourceStream(plain, knownByteCount: position.byteOffset)
        } catch {
            throw .input(.file(error))
        }
        do throws(IngestError) {
            let input = try EventInput(stream, format: options.format, time: time, from: position)
            format = input.format
            documents = try EventDocuments(input.source, from: position, masker: masker)
        } catch {
            throw .input(error)
        }
        documents.isGrowing = isFollowing
        guard !isFollowing || compressed == nil else {
            throw .store(.invalid("\(stream.path) is compressed: it can be taken in, but not followed"))
        }
        if !isRepeatable {
            // To find the format, the first bytes were read.
            let head = stream.head
            let alike = sources.filter { $0.mayBegin(head) }
            guard options.isAgain || alike.isEmpty else {
                throw .store(
                    .invalid(
                        "\(stream.path) begins like \(alike[0].name), which the store has already; name the file "
                            + "instead, to go on where that ended, or give --again to take it in once more"))
            }
            relation.unrelated = alike
        }
        self.relation = relation
        summary.known = relation.known
        summary.knownByteCount = position.byteOffset
    }

    /// Takes everything in. `progress` is called now and then, with the events so far and the bytes, as they are stored.
    public func run(_ progress: (Int, Int) throws(IngestFailure) -> Void = { _, _ in }) throws(IngestFailure) {
        try takeAll(progress)
        try commit(isComplete: true)
    }

    /// Takes what has come since, and commits it when that is due.
    func takeNews(_ progress: (Int, Int) throws(IngestFailure) -> Void) throws(IngestFailure) {
        storedAt = store.clock.now
        try takeAll(progress)
        if isTimeToCommit { try commitNews() }
    }

    /// Commits what was taken in since the last commit; the input may go on.
    func commitNews() throws(IngestFailure) {
        if hasNews(documents.position) { try commit(isComplete: false) }
    }

    /// Takes the rest of an input that grows no more.
    func finish() throws(IngestFailure) {
        documents.isGrowing = false
        try run()
    }

    private var isTimeToCommit: Bool {
        // A clock that jumps back must not put it off for ever.
        let now = store.clock.now
        return now < lastCommit || now - lastCommit >= options.nanosecondsPerCommit
    }

    private func takeAll(_ progress: (Int, Int) throws(IngestFailure) -> Void) throws(IngestFailure) {
        let step = min(Self.eventCountPerStep, options.eventCountPerCommit)
        while try take(step) {
            _ = stream.content(through: documents.position.byteOffset)
            try progress(compressed?.compressedByteOffset ?? documents.position.byteOffset, summary.eventCount)
            if options.isStrict { continue }
            if uncommittedCount >= options.eventCountPerCommit || isFollowing && isTimeToCommit {
                try commit(isComplete: false)
            }
        }
    }

    /// Takes some events in; false at the end of the input.
    private func take(_ eventCount: Int) throws(IngestFailure) -> Bool {
        var target = target
        var takenCount = 0
        defer {
            summary.eventCount += takenCount
            uncommittedCount += takenCount
        }
        while takenCount < eventCount {
            do throws(IngestError) {
                guard try documents.readNext() else { return false }
            } catch {
                try reject(error)
                continue
            }
            let reason: LineError.Reason?
            do throws(StoreError) {
                if target == nil { target = try openTarget() }
                reason = unsafe try target!.append(documents.document, storedAt: storedAt)
            } catch {
                throw .store(error)
            }
            if let reason {
                try reject(documents.refuse(reason))
            } else {
                takenCount += 1
            }
        }
        return true
    }

    func openTarget() throws(StoreError) -> Target {
        if let target { return target }
        let opened = try Target(store, options.mapping, time)
        target = opened
        return opened
    }
}
