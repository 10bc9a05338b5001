import Columns
import Files
import Segments
public import Storage

/// Removes events for good wherever a store holds them: from segments of every tier, from logs, and from the records
/// that were no events.
///
/// A segment with such events is written again without them, so that nothing that is derived from values (dictionaries,
/// templates, paths, statistics, filters) knows of them. It can be killed at any time and run again.
public struct StoreForget {
    private let store: Store
    private let filter: ForgetFilter
    private let budget: JobBudget
    private let isDryRun: Bool
    private let observer: Store.Observer
    private let start: Int64
    private var pace: Pace
    private var report = ForgetReport()
    private var fields: FieldNames
    /// Of the kept state alone.
    private var stateFields: FieldNames

    /// Nil: another process forgets just now.
    public static func run(
        _ store: Store, _ filter: ForgetFilter, _ budget: JobBudget = .standard, isDryRun: Bool = false,
        observer: Store.Observer = { _ in }
    ) throws(StoreError) -> ForgetReport? {
        guard let lock = try store.lock(job: "forget") else { return nil }
        defer { withExtendedLifetime(lock) {} }
        return try withoutActuallyEscaping(observer) { (observer) throws(StoreError) in
            var forget = StoreForget(store, filter, budget, isDryRun, observer)
            try forget.run()
            return forget.report
        }
    }

    private init(
        _ store: Store, _ filter: ForgetFilter, _ budget: JobBudget, _ isDryRun: Bool,
        _ observer: @escaping Store.Observer
    ) {
        self.store = store
        self.filter = filter
        self.budget = budget
        self.isDryRun = isDryRun
        self.observer = observer
        start = store.clock.now
        pace = Pace(budget, store.clock)
        fields = FieldNames(filter)
        stateFields = fields
    }

    private mutating func run() throws(StoreError) {
        if !isDryRun { _ = try LogRecovery.run(store) }
        try forgetRows()
        if report.examinedCount > 0 { report.unknownFields = fields.unknown }
        if try !store.snapshot().state.baseSegments.isEmpty {
            report.fieldsWithoutState = stateFields.unknown.keys.sorted()
        }
        try forgetRejects()
        try forgetNames()
        if isDryRun {
            report.logRowCount = try logRows().reduce(0) { $0 + $1.count }
        } else {
            report.removedFileCount += try store.clean()
            try tellRemaining()
        }
    }

    // MARK: Segments

    private mutating func forgetRows() throws(StoreError) {
        var writer: StoreWriter?
        // Segments do not change: each is looked into once, however many others commit meanwhile.
        var examined: Set<SegmentId> = []
        while true {
            let snapshot = try store.snapshot()
            let all = snapshot.state.orderedSegments + snapshot.state.orderedBaseSegments
            let news = all.filter { !examined.contains($0.id) }
            if news.isEmpty { return }
            for entry in news {
                examined.insert(entry.id)
                report.examinedCount += 1
                guard let count = try count(in: entry, snapshot) else { continue }
                if isDryRun {
                    observer("\(count) events in \(snapshot.path(entry))")
                    report.rowCount += count
                    report.segmentCount += 1
                    continue
                }
                if writer == nil { writer = try StoreWriter(store) }
                guard let writer else { return }
                observer("removes events from \(snapshot.path(entry))")
                for id in try rewrite(entry, snapshot, writer) { examined.insert(id) }
            }
        }
    }

    /// How many rows of a segment are to be forgotten, at least, for a run that changes something; nil when the segment
    /// has nothing of it.
    private mutating func count(in entry: SegmentEntry, _ snapshot: Snapshot) throws(StoreError) -> Int? {
        let reader = try snapshot.open(entry)
        defer {
            report.readByteCount += reader.readByteCount
            pace.spend(reader.readByteCount)
        }
        do throws(SegmentError) {
            try fields.look(in: reader)
            if snapshot.state.baseSegments[entry.id] != nil { try stateFields.look(in: reader) }
            let count = try filter.count(in: reader, upTo: isDryRun ? .max : 1)
            if count > 0 { return count }
            return try filter.isNamed(byUnusedPathOf: reader) ? 0 : nil
        } catch {
            throw .segment(path: snapshot.path(entry), error)
        }
    }

    /// The segments that take its place. None when another process was faster: its segments come up by themselves.
    private mutating func rewrite(
        _ entry: SegmentEntry, _ snapshot: Snapshot, _ writer: StoreWriter
    ) throws(StoreError) -> [SegmentId] {
        let merge = SegmentMerge([entry], to: entry.tier)
        let outputs = try merge.run(
            snapshot, writer, budget, forgetting: start, outdating: .from(entry.times.lowerBound)
        ) { filter.keptRows(of: $0) }
        guard let outputs else { return [] }
        report.rowCount += entry.rowCount - outputs.reduce(0) { $0 + $1.rowCount }
        report.segmentCount += 1
        report.readByteCount += entry.byteCount
        report.writtenByteCount += outputs.reduce(0) { $0 + $1.byteCount }
        return outputs.map(\.id)
    }

    // MARK: Records that are no events

    private mutating func forgetRejects() throws(StoreError) {
        let rejects = RejectsForgetting(store, filter)
        if !isDryRun { try rejects.removeLeftovers() }
        for writer in try rejects.writers() {
            let count: Int?
            if isDryRun { count = try rejects.count(of: writer) } else { count = try rejects.forget(of: writer) }
            guard let count else {
                report.remaining.append(
                    StoreFault(path: store.paths.rejects(of: writer), reason: "an ingest still writes to it"))
                continue
            }
            report.rejectCount += count
            if count > 0 { observer("\(count) records in \(store.paths.rejects(of: writer))") }
        }
        guard report.rejectCount > 0, !isDryRun else { return }
        try StoreWriter(store).commit(
            adding: [],
            noting: ForgetEntry(time: start, rowCount: 0, rejectCount: UInt64(report.rejectCount)))
    }

    /// Inputs may be called after people: those names go, and the inputs are known by what they hold as before.
    private mutating func forgetNames() throws(StoreError) {
        let forms = filter.conditions.map { $0.value.writtenForms }
        let isWanted = { (name: String) in
            let bytes = Array(name.utf8)
            return forms.allSatisfy { SoughtValue.isWord($0, in: bytes.span) }
        }
        if isDryRun {
            report.sourceCount = try store.snapshot().state.sources.count { isWanted($0.name) }
        } else {
            report.sourceCount = try store.renameSources(to: Self.forgottenName, where: isWanted)
        }
        if report.sourceCount > 0 { observer("the names of \(report.sourceCount) inputs") }
    }

    static let forgottenName = "(forgotten)"

    // MARK: What remains

    private func logRows() throws(StoreError) -> [(log: LogRange, count: Int)] {
        let snapshot = try store.snapshot()
        var found: [(LogRange, Int)] = []
        for log in snapshot.logs {
            var count = 0
            for reader in try LogSegments.read(log, in: snapshot) {
                do { count += try filter.count(in: reader) } catch {
                    throw .segment(path: store.paths.log(log.id), error)
                }
            }
            found.append((log, count))
        }
        return found
    }

    /// Tells of each file that may still hold what was forgotten.
    private mutating func tellRemaining() throws(StoreError) {
        do throws(StoreError) {
            for (log, count) in try logRows() where count > 0 {
                report.remaining.append(
                    StoreFault(
                        path: store.paths.log(log.id), reason: "\(count) events wait there to be put into segments"))
            }
        } catch {
            guard case .damaged(let path, _) = error else { throw error }
            report.remaining.append(StoreFault(path: path, reason: "damaged, 'repair' first"))
        }
        let snapshot = try store.snapshot()
        let state = snapshot.state
        for segment in state.dropped.values.sorted(by: { $0.entry.id < $1.entry.id }) {
            report.remaining.append(
                StoreFault(path: snapshot.path(segment.entry), reason: "replaced, but a reader still reads it"))
        }
        for log in state.sealedLogs.keys.sorted() {
            report.remaining.append(
                StoreFault(path: store.paths.log(log), reason: "sealed, but a reader still reads it"))
        }
        for index in state.droppedIndexes.keys.sorted() {
            report.remaining.append(
                StoreFault(path: store.paths.index(index), reason: "replaced, but a reader still reads it"))
        }
        for path in try store.unnamedSegmentFiles(state) {
            report.remaining.append(StoreFault(path: path, reason: "another process is writing it"))
        }
        let damaged = try store.damagedFiles()
        if !damaged.isEmpty {
            report.remaining.append(
                StoreFault(
                    path: store.paths.damaged, reason: "\(damaged.count) files that a repair has put aside; delete them"
                ))
        }
    }
}
