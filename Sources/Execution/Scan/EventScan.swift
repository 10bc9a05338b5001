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
        var path: String
        /// All rows were stored in time to be known.
        var isKnown: Bool
    }

    private let snapshot: Snapshot
    /// Nil when it is no time at all.
    let times: ClosedRange<Int64>?
    /// Rows that were stored later are not known yet.
    private let knownAt: Int64
    private(set) var parts: [Part] = []
    private(set) var catalog = FieldCatalog()
    /// From the first to the last time that there may be in the scan's time, whatever is asked.
    private(set) var knownTimes: ClosedRange<Int64>?
    private(set) var sources: [Source] = []
    /// What was left out, and why.
    private(set) var pruning = PruningReport()
    /// What rows have to fulfil.
    private(set) var condition: Condition?
    private let pool: ReaderPool
    /// Is told what is read.
    let recorder: QueryRecorder?
    /// The thread that it belongs to; 0 is the one that asks.
    private(set) var thread = 0
    private var loan: ReaderLoan
    /// The condition in terms of the sources that were looked at.
    private var tests: [Int: SegmentTests] = [:]

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
                Source(
                    name: .segment(entry.id), entry: entry, path: snapshot.path(entry),
                    isKnown: entry.storedAt.upperBound <= knownAt))
        }
        for (number, log) in snapshot.logs.enumerated() {
            for part in try pool.parts(ofLog: number).indices {
                sources.append(
                    Source(
                        name: .log(number, part: part), entry: nil, path: snapshot.store.paths.log(log.id),
                        isKnown: false))
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
        let reader = try reader(source)
        let zones = reader.zones
        pruning.zoneCount += zones.count
        let ranges = try damage(source) { () throws(SegmentError) in try reader.batchRanges() }
        for range in ranges {
            let lowest = zones[range].map(\.minTimestamp).min() ?? .min
            let highest = zones[range].map(\.maxTimestamp).max() ?? .max
            guard lowest <= highest, (lowest...highest).overlaps(times) else {
                pruning.zoneCountByTime += range.count
                continue
            }
            parts.append(
                Part(
                    source: source, zones: range,
                    rowCount: zones[range.upperBound - 1].rows.upperBound - zones[range.lowerBound].firstRow,
                    times: lowest...highest, number: parts.count))
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
        do { return try body() } catch { throw .segment(path: sources[source].path, error) }
    }

    /// What is wrong with a part that was read.
    func damage(of part: Part, _ error: DecodeError) -> StoreError {
        .segment(path: sources[part.source].path, .damaged(error))
    }

    // MARK: Rows

    /// From now on only rows count that fulfil a condition; parts are left out of which is proven that no row does.
    mutating func restrict(to condition: Condition) throws(StoreError) {
        precondition(self.condition == nil, "a scan has one condition")
        self.condition = condition
        tests = [:]
        let ids = IdPruning(condition, snapshot, times ?? 0...0)
        var kept: [Part] = []
        var mayPass: (source: Int, byId: [Bool], byStatistics: [Bool])?
        for part in parts {
            if mayPass?.source != part.source {
                let reader = try reader(part.source)
                let (entry, count) = (sources[part.source].entry, reader.zones.count)
                mayPass = try damage(part.source) { () throws(SegmentError) in
                    let byId = try condition.root.zones(count) { (number) throws(SegmentError) in
                        try ids.zones(number, of: entry, reader)
                    }
                    guard byId.contains(true) else { return (part.source, byId, byId) }
                    let tests = try SegmentTests(condition, in: reader)
                    let byStatistics = try condition.root.zones(count) { (number) throws(SegmentError) in
                        try tests.zones(number)
                    }
                    return (part.source, byId, byStatistics)
                }
            }
            guard let (_, byId, byStatistics) = mayPass else { continue }
            if !byId[part.zones].contains(true) {
                pruning.zoneCountById += part.zones.count
            } else if !zip(byId[part.zones], byStatistics[part.zones]).contains(where: { $0 && $1 }) {
                pruning.zoneCountByStatistics += part.zones.count
            } else {
                kept.append(part)
            }
        }
        parts = kept
    }

    /// The rows of a part that are in time and fulfil the condition; nil when none is.
    mutating func found(in part: Part) throws(StoreError) -> FoundRows? {
        try found(in: part) { (condition, all, rows) throws(SegmentError) in
            try condition.root.rows(among: all, rows)
        }
    }

    /// Of a condition that is one of several, also which of these each of the rows fulfils: bit *i* is the *i*-th.
    mutating func foundAlternatives(in part: Part) throws(StoreError) -> (rows: FoundRows, fulfilled: [UInt64])? {
        var rowsOfNodes: [Bitmap] = []
        let found = try found(in: part) { (condition, all, rows) throws(SegmentError) in
            guard case .any(let nodes) = condition.root, nodes.count <= UInt64.bitWidth else {
                preconditionFailure("a condition without alternatives")
            }
            var found = Bitmap(count: all.count)
            for node in nodes {
                let more = try node.rows(among: all, rows)
                found.formUnion(more)
                rowsOfNodes.append(more)
            }
            return found
        }
        guard let found else { return nil }
        let ranks = BitmapRanks(found.rows)
        var fulfilled = [UInt64](repeating: 0, count: found.count)
        for (number, var rows) in rowsOfNodes.enumerated() {
            rows.formIntersection(found.rows)
            rows.forEachSet { fulfilled[Int(ranks.rank(of: UInt32($0)))] |= 1 << UInt64(number) }
        }
        return (found, fulfilled)
    }

    /// `evaluate` tells which of all rows fulfil the condition, and is given what tells which of some pass a test.
    private mutating func found(
        in part: Part,
        _ evaluate: (
            Condition, _ all: Bitmap, _ rows: (Int, Bitmap) throws(SegmentError) -> Bitmap
        ) throws(SegmentError) -> Bitmap
    ) throws(StoreError) -> FoundRows? {
        let start = recorder?.now ?? 0
        let reader = try reader(part.source)
        let readByteCount = reader.readByteCount
        let tests = try tests(of: part.source, reader)
        let isKnown = sources[part.source].isKnown
        let (condition, times, knownAt) = (condition, times ?? 0...0, knownAt)
        let found = try damage(part.source) { () throws(SegmentError) -> FoundRows? in
            guard let timeColumn = try reader.columns(at: CanonicalField.timestamp.aliasPath).first,
                timeColumn.valueCount == reader.rowCount
            else { throw .damaged(.corrupt(at: 0, "a row has no time")) }
            let zones = ZoneScan(reader, part.zones)
            var rows = Bitmap(count: zones.rowCount, repeating: true)
            if let condition, let tests {
                rows = try evaluate(condition, rows) { (number, wanted) throws(SegmentError) in
                    try tests.rows(number, among: wanted, in: zones)
                }
            }
            if !isKnown, !rows.isEmpty { rows.formIntersection(try zones.rows(storedBy: knownAt)) }
            let isInTime = times.lowerBound <= part.times.lowerBound && part.times.upperBound <= times.upperBound
            if !isInTime, !rows.isEmpty {
                let range = ColumnTest.integers(
                    .range(
                        UInt64(bitPattern: times.lowerBound), UInt64(bitPattern: times.upperBound), isSigned: true))
                rows.formIntersection(try zones.matches(timeColumn, range, DictionaryAnswers()))
            }
            return rows.isEmpty ? nil : FoundRows(zones, rows, times: timeColumn)
        }
        recorder?.add(
            "filter", from: start, thread: thread,
            ScanCounts(
                partCount: 1, zoneCount: part.zones.count, rowCount: part.rowCount, foundCount: found?.count ?? 0,
                byteCount: reader.readByteCount - readByteCount))
        return found
    }

    /// The condition in terms of a source's columns, made once as long as its reader stays the same.
    private mutating func tests(of source: Int, _ reader: SegmentReader) throws(StoreError) -> SegmentTests? {
        guard let condition else { return nil }
        if let known = tests[source], known.reader === reader { return known }
        let made = try damage(source) { () throws(SegmentError) in try SegmentTests(condition, in: reader) }
        tests[source] = made
        return made
    }

    /// The rows of a part that fulfil the condition, with the columns that are wanted, which are read only when a row
    /// is left. Nil when none is.
    mutating func rows(
        of part: Part, with isWanted: (ColumnPath) -> Bool
    ) throws(StoreError) -> (batch: RowBatch, times: [Int64])? {
        guard let found = try found(in: part) else { return nil }
        return try reading(part) { () throws(SegmentError) in
            (try found.batch(where: isWanted), try found.times())
        }
    }

    /// Reads more of the rows that were found in a part.
    mutating func reading<Value>(
        _ part: Part, _ body: () throws(SegmentError) -> Value
    ) throws(StoreError) -> Value {
        let reader = try reader(part.source)
        let (readByteCount, start) = (reader.readByteCount, recorder?.now ?? 0)
        defer {
            recorder?.add(
                "decode", from: start, thread: thread, ScanCounts(byteCount: reader.readByteCount - readByteCount))
        }
        return try damage(part.source, body)
    }
}
