import Bytes
import Columns
import Files
import Ingest
import Segments
import Storage
import TimeQL

/// The rows of a snapshot that can be in some time, part by part, and the fields that they have.
///
/// A scan belongs to one thread; ``forAnotherThread()`` gives another the same parts.
struct EventScan {
    /// Pages of one segment that belong together.
    struct Part {
        /// The place of the segment or log among the scan's sources.
        var source: Int
        var zones: Range<Int>
        var rowCount: Int
        var times: ClosedRange<Int64>
        /// Makes an order of parts the same always.
        var number: Int
    }

    /// Where rows are.
    struct Source {
        var name: ReaderPool.Source
        /// Nil for what is in a log, and in memory.
        var entry: SegmentEntry?
        /// All rows were stored in time to be known.
        var isKnown: Bool
    }

    let snapshot: Snapshot
    /// Nil when it is no time at all.
    let times: ClosedRange<Int64>?
    /// Rows that were stored later are not known yet.
    let knownAt: Int64
    var parts: [Part] = []
    private(set) var catalog = FieldCatalog()
    /// From the first to the last time that there may be in the scan's time, whatever is asked.
    private(set) var knownTimes: ClosedRange<Int64>?
    private(set) var sources: [Source] = []
    /// What was left out, and why.
    var pruning = PruningReport()
    /// What rows have to fulfil.
    var condition: Condition?
    private let pool: ReaderPool
    /// Is told what is read.
    let recorder: QueryRecorder?
    /// The thread that it belongs to; 0 is the one that asks.
    private(set) var thread = 0
    private var loan: ReaderLoan
    /// What copies of this scan with other conditions, on whatever thread, have found out about times.
    let rowsInTime = RowsInTime()
    /// The condition in terms of the sources that were looked at.
    var tests: [Int: SegmentTests] = [:]

    init(
        _ pool: ReaderPool, times: ClosedRange<Int64>?, knownAt: Int64, recorder: QueryRecorder? = nil
    ) throws(StoreError) {
        self.pool = pool
        self.recorder = recorder
        snapshot = pool.snapshot
        self.times = times
        self.knownAt = knownAt
        loan = ReaderLoan(pool)
        let entries = snapshot.state.orderedSegments
        pruning.sourceCount = entries.count
        pruning.zoneCount = 0
        defer { catalog.ofAnyTime = { () throws(StoreError) in try pool.fieldsOfAnyTime() } }
        guard let times else { return }
        for entry in entries {
            guard entry.times.overlaps(times) else {
                pruning.sourceCountByTime += 1
                continue
            }
            guard entry.storedAt.lowerBound <= knownAt else {
                pruning.sourceCountByKnowledge += 1
                continue
            }
            sources.append(
                Source(name: .segment(entry.id), entry: entry, isKnown: entry.storedAt.upperBound <= knownAt))
        }
        for number in snapshot.logs.indices {
            for part in try pool.parts(ofLog: number).indices {
                sources.append(Source(name: .log(number, part: part), entry: nil, isKnown: false))
            }
        }
        for source in sources.indices { try addParts(of: source, in: times) }
        if let first = parts.map(\.times.lowerBound).min(), let last = parts.map(\.times.upperBound).max() {
            knownTimes = max(first, times.lowerBound)...min(last, times.upperBound)
        }
        catalog = try pool.catalog(of: sources.map(\.name)) { () throws(StoreError) in
            var catalog = FieldCatalog()
            for source in sources.indices {
                let reader = try reader(source)
                try damage(source) { () throws(SegmentError) in try catalog.add(reader) }
            }
            return catalog
        }
    }

    init(
        _ snapshot: Snapshot, times: ClosedRange<Int64>?, knownAt: Int64
    ) throws(StoreError) {
        try self.init(ReaderPool(snapshot), times: times, knownAt: knownAt)
    }

    private mutating func addParts(of source: Int, in times: ClosedRange<Int64>) throws(StoreError) {
        let layout = try pool.layout(of: sources[source].name) { () throws(StoreError) in
            let reader = try reader(source)
            return try damage(source) { () throws(SegmentError) in try SourceLayout(of: reader) }
        }
        pruning.zoneCount += layout.zoneCount
        for batch in layout.batches {
            guard let found = batch.times, found.overlaps(times) else {
                pruning.zoneCountByTime += batch.zones.count
                continue
            }
            parts.append(
                Part(
                    source: source, zones: batch.zones, rowCount: batch.rowCount, times: found, number: parts.count))
        }
    }

    /// What rows of a source can be in the scan, whatever fulfils its condition: those of a segment, and of it only those
    /// in some time unless all are in time. Nil when it takes more to say, or when they are in memory.
    func rowSet(of source: Int) -> (segment: SegmentEntry, times: ClosedRange<Int64>?)? {
        guard let times, sources[source].isKnown, let entry = sources[source].entry else { return nil }
        let common = times.clamped(to: entry.times)
        return (entry, common == entry.times ? nil : common)
    }

    /// The same parts, with readers of their own.
    func forAnotherThread(_ number: Int) -> EventScan {
        var scan = self
        scan.thread = number
        scan.loan = ReaderLoan(pool)
        scan.tests = [:]
        return scan
    }

    var clock: any Clock { snapshot.store.clock }

    // MARK: Readers

    mutating func reader(_ source: Int) throws(StoreError) -> SegmentReader {
        let (name, entry) = (sources[source].name, sources[source].entry)
        return try loan.reader(of: name) { () throws(StoreError) in
            if let entry { return try snapshot.open(entry) }
            guard case .log(let number, let part) = name else { preconditionFailure("a segment without an entry") }
            let reader = try pool.parts(ofLog: number)[part]
            return try damage(source) { () throws(SegmentError) in try reader.another() }
        }
    }

    /// Reports what is wrong with a source as a failure of the store.
    func damage<Value>(
        _ source: Int, _ body: () throws(SegmentError) -> Value
    ) throws(StoreError) -> Value {
        do { return try body() } catch { throw .segment(path: path(of: source), error) }
    }

    // Only failures tell it, so no question is kept waiting for the names of all segments.
    private func path(of source: Int) -> String {
        switch sources[source].name {
        case .segment: sources[source].entry.map { snapshot.path($0) } ?? ""
        case .log(let number, _): snapshot.store.paths.log(snapshot.logs[number].id)
        }
    }

    /// What is wrong with a part that was read.
    func damage(of part: Part, _ error: DecodeError) -> StoreError {
        .segment(path: path(of: part.source), .damaged(error))
    }
}
