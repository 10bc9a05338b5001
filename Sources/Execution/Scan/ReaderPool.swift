import Files
import Ingest
import Segments
public import Storage

/// A snapshot and readers of its segments, which stay open from question to question. Any thread may take one.
///
/// Nothing of an answer is kept: only where things are in the files, some of their dictionaries, and pages as they are
/// stored.
public final class ReaderPool: Sendable {
    enum Source: Hashable {
        case segment(SegmentId)
        /// The number of the log among those of the snapshot, and of a part of its events.
        case log(Int, part: Int)
    }

    public let snapshot: Snapshot
    // A reader is with one thread at a time: whoever takes it out of here has it alone.
    private let idle = Monitor<[Source: [SegmentReader]]>([:])
    /// The parts of each log, read when they are first asked for.
    private let logs = Monitor<[Int: [SegmentReader]]>([:])
    fileprivate let pages = PageCache(byteLimit: pageByteLimit)
    private let layouts = Monitor<[Source: SourceLayout]>([:])
    private let catalog = Monitor<(sources: [Source], catalog: FieldCatalog)?>(nil)
    /// The fields of all of the snapshot's events, gathered when somebody asks.
    private let wholeCatalog = Monitor<FieldCatalog?>(nil)

    /// Readers of a source that wait to be used; there are as many as threads have used at once.
    private static let idlePerSource = 4
    /// The most that pages take which were read before.
    private static let pageByteLimit = 160 << 20
    /// Sources whose readers stay open: each takes a descriptor.
    private static let sourceLimit = 200

    public init(_ snapshot: Snapshot) { self.snapshot = snapshot }

    func take(_ source: Source) -> SegmentReader? { idle.change { $0[source]?.popLast() } }

    func put(_ reader: SegmentReader, _ source: Source) {
        reader.forgetPages()
        idle.change { idle in
            if idle[source] == nil, idle.count >= Self.sourceLimit, let other = idle.keys.first { idle[other] = nil }
            if idle[source, default: []].count < Self.idlePerSource { idle[source, default: []].append(reader) }
        }
    }

    /// The events of one of the snapshot's logs, in memory: readers to make others of.
    func parts(ofLog number: Int) throws(StoreError) -> [SegmentReader] {
        try logs.change { (logs) throws(StoreError) in
            if let known = logs[number] { return known }
            let parts = try LogSegments.read(snapshot.logs[number], in: snapshot)
            logs[number] = parts
            return parts
        }
    }

    /// Where the rows of a source are, which never changes; `make` is asked first.
    func layout(of source: Source, _ make: () throws(StoreError) -> SourceLayout) throws(StoreError) -> SourceLayout {
        if let known = layouts.change({ $0[source] }) { return known }
        let made = try make()
        layouts.change { $0[source] = made }
        return made
    }

    /// The fields that some sources have; `make` is asked when those of other sources were asked for last.
    func catalog(
        of sources: [Source], _ make: () throws(StoreError) -> FieldCatalog
    ) throws(StoreError) -> FieldCatalog {
        if let known = catalog.change({ $0 }), known.sources == sources { return known.catalog }
        let made = try make()
        catalog.change { $0 = (sources, made) }
        return made
    }

    /// The fields that events of any time have.
    func fieldsOfAnyTime() throws(StoreError) -> FieldCatalog {
        if let known = wholeCatalog.change({ $0 }) { return known }
        var made = try EventScan(self, times: .min ... .max, knownAt: .max).catalog
        // There are no others to look among, and what would do so holds this pool.
        made.ofAnyTime = nil
        wholeCatalog.change { $0 = made }
        return made
    }
}

/// The readers that one thread has taken out of a pool. They go back when it ends.
final class ReaderLoan {
    private let pool: ReaderPool
    /// The one used last comes last.
    private var open: [(source: ReaderPool.Source, reader: SegmentReader)] = []

    /// Segments of one window overlap; more than a few at once are rare.
    private static let limit = 4

    init(_ pool: ReaderPool) { self.pool = pool }

    deinit { for (source, reader) in open { pool.put(reader, source) } }

    func reader(
        of source: ReaderPool.Source, _ make: () throws(StoreError) -> SegmentReader
    ) throws(StoreError) -> SegmentReader {
        if let last = open.last, last.source == source { return last.reader }
        if let index = open.firstIndex(where: { $0.source == source }) {
            open.append(open.remove(at: index))
        } else {
            if open.count == Self.limit {
                let (source, reader) = open.removeFirst()
                pool.put(reader, source)
            }
            let reader = if let idle = pool.take(source) { idle } else { try make() }
            reader.pageCache = pool.pages
            open.append((source, reader))
        }
        return open[open.count - 1].reader
    }
}
