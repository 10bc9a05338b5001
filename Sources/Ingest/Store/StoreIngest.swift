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
    private final class Target {
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
    }

    /// Events between looks at the clock and reports of progress.
    private static let eventCountPerStep = 4096

    private let store: Store
    private let options: Options
    private let relation: SourceEntry.Relation
    private let stream: SourceStream
    /// The input as it is stored, when it is compressed.
    private let compressed: DecompressedStream?
    private let time: EventTime
    private let documents: EventDocuments
    private let masker: LineMasker?
    public let format: InputFormat
    private var known: SourceEntry?
    /// Made when there is something to store: an input without news leaves no trace.
    private var target: Target?
    private var uncommittedCount = 0
    /// One time for some thousand events: what tells them apart is the sequence.
    private var storedAt: Int64
    public private(set) var summary = Summary()

    /// Looks at an input and prepares to take it in. `open` gives the input from its start, each time it is called; when
    /// it can do so only once, `isRepeatable` must be false.
    public init(
        _ store: Store, options: Options = Options(), isRepeatable: Bool = true,
        _ open: () throws(FileError) -> any ByteStream
    ) throws(IngestFailure) {
        self.store = store
        self.options = options
        let sources: [SourceEntry]
        do throws(StoreError) { sources = try store.snapshot().state.sources } catch { throw .store(error) }
        var relation = try Self.relate(sources, options, isRepeatable, open)
        known = relation.known
        masker = try Self.masker(store, options)
        let position = try IngestFailure.position(of: relation.known)
        storedAt = store.clock.now
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

    private static func masker(_ store: Store, _ options: Options) throws(IngestFailure) -> LineMasker? {
        guard !options.mask.isEmpty else { return nil }
        do throws(StoreError) {
            let key = options.mask.needsKey ? try MaskingKey.readOrMake(store.paths, in: store.fileSystem) : nil
            return try LineMasker(options.mask, key, options.mapping)
        } catch {
            throw .store(error)
        }
    }

    private static func relate(
        _ sources: [SourceEntry], _ options: Options, _ isRepeatable: Bool,
        _ open: () throws(FileError) -> any ByteStream
    ) throws(IngestFailure) -> SourceEntry.Relation {
        guard !sources.isEmpty, isRepeatable else { return SourceEntry.Relation() }
        do throws(FileError) {
            var relation = try SourceEntry.relate(Compression.undone(try open()), to: sources)
            if options.isAgain, let known = relation.known {
                relation.unrelated.append(known)
                relation.known = nil
            }
            return relation
        } catch {
            throw .input(.file(error))
        }
    }

    /// Takes everything in. `progress` is called now and then, with the events so far and the bytes, as they are stored.
    public func run(_ progress: (Int, Int) throws(IngestFailure) -> Void = { _, _ in }) throws(IngestFailure) {
        let step = min(Self.eventCountPerStep, options.eventCountPerCommit)
        while true {
            do throws(IngestError) {
                guard try documents.readNext() else { break }
            } catch {
                try reject(error)
                continue
            }
            let reason: LineError.Reason?
            do throws(StoreError) {
                reason = unsafe try append(documents.document)
            } catch {
                throw .store(error)
            }
            if let reason {
                try reject(documents.refuse(reason))
                continue
            }
            summary.eventCount += 1
            uncommittedCount += 1
            if summary.eventCount % step == 0 {
                _ = stream.content(through: documents.position.byteOffset)
                try progress(compressed?.compressedByteOffset ?? documents.position.byteOffset, summary.eventCount)
                if uncommittedCount >= options.eventCountPerCommit, !options.isStrict { try commit(isComplete: false) }
            }
        }
        try commit(isComplete: true)
        summary.maskedCounts = masker?.counts ?? [:]
        summary.inputByteCount = documents.position.byteOffset - summary.knownByteCount
        if summary.rejectCount > 0 { summary.rejectsPath = target?.rejects.path }
    }

    /// Appends an event, or nothing and tells why.
    private func append(
        _ document: UnsafeMutablePointer<traversion_json_document>
    ) throws(StoreError) -> LineError.Reason? {
        let target = try openTarget()
        if let reason = unsafe try target.rows.append(document, storedAt: storedAt, sequence: target.sequence) {
            return reason
        }
        target.sequence += 1
        return nil
    }

    private func openTarget() throws(StoreError) -> Target {
        if let target { return target }
        let opened = try Target(store, options.mapping, time)
        target = opened
        return opened
    }

    private func reject(_ error: IngestError) throws(IngestFailure) {
        guard case .line(let line) = error, line.reason != .outOfMemory, !options.isStrict else { throw .input(error) }
        summary.rejectCount += 1
        do throws(StoreError) {
            let target = try openTarget()
            do throws(FileError) {
                try target.rejects.add(line, record: documents.takeFailedRecord())
            } catch {
                throw .file(error)
            }
        } catch {
            throw .store(error)
        }
    }

    private func commit(isComplete: Bool) throws(IngestFailure) {
        let position = documents.position
        let byteOffset = position.byteOffset
        let content = stream.content(through: byteOffset)
        // An input without a byte would be every input's beginning.
        guard byteOffset > 0, byteOffset > summary.knownByteCount || known?.isComplete != isComplete,
            target != nil || known != nil
        else { return }
        let head = Array(stream.head.prefix(byteOffset))
        do throws(StoreError) {
            let target = try openTarget()
            try target.rows.finishAll()
            do throws(FileError) { try target.rejects.sync() } catch { throw .file(error) }
            let entry = SourceEntry(
                byteOffset: UInt64(byteOffset), content: content, head: checksum(head),
                headByteCount: head.count, lineCount: UInt64(position.lineNumber - 1),
                eventCount: (relation.known?.eventCount ?? 0) + UInt64(summary.eventCount),
                rejectCount: (relation.known?.rejectCount ?? 0) + UInt64(summary.rejectCount),
                isComplete: isComplete, time: store.clock.now, name: String(stream.path.suffix(4096)),
                resumption: position.encoded)
            let segments = target.rows.takeFinished()
            try target.writer.commit(
                adding: segments,
                progress: SourceProgress(
                    entry: entry, continuing: known, head: stream.head, unrelated: relation.unrelated))
            known = entry
            uncommittedCount = 0
            summary.segmentCount += segments.count
            summary.segmentByteCount += segments.reduce(0) { $0 + $1.byteCount }
        } catch {
            throw .store(error)
        }
    }
}
