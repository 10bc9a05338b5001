import Columns
import Segments

/// Writes keyframes from some time on.
///
/// Changes are read in the order of their times, in as many passes as memory asks for: what does not fit is left to the
/// next.
struct CheckpointBuild {
    private let snapshot: Snapshot
    private let mapping: StateMapping
    private let policy: CheckpointPolicy
    private let writer: StoreWriter
    private let isCancelled: () -> Bool
    private let checksum: UInt64
    private var scan: StateScan
    private var pace: Pace
    /// Rows that wait for those before them.
    private let rowLimit: Int
    private var pending: [StateRow] = []
    /// What is true at the end of the last keyframe, and which fields have changed since the last whole one.
    private var fold = StateFold<LastChange>()
    private var changed: Set<StateFold<LastChange>.Key> = []
    private var wholeEnd: Int64?
    private var wholeRowCount = 0
    /// Where the next keyframe begins.
    private var since: Int64?
    private var knownAt = Int64.min
    private(set) var written: [KeyframeEntry] = []

    /// What a row takes while it waits, roughly.
    private static let byteCountPerRow = 512

    init(
        _ plan: CheckpointPlan, _ snapshot: Snapshot, _ mapping: StateMapping, _ policy: CheckpointPolicy,
        _ writer: StoreWriter, _ budget: JobBudget, isCancelled: @escaping () -> Bool
    ) throws(StoreError) {
        self.snapshot = snapshot
        self.mapping = mapping
        self.policy = policy
        self.writer = writer
        self.isCancelled = isCancelled
        checksum = mapping.checksum
        pace = Pace(budget, snapshot.store.clock)
        rowLimit = max(2 * policy.changeCount, budget.memoryByteCount / (2 * Self.byteCountPerRow))
        scan = StateScan(snapshot, mapping)
        since = plan.start.last?.until
        for keyframe in plan.start { try load(keyframe) }
        let first = since.map { $0 + 1 } ?? .min
        for entry in plan.segments { try scan.add(entry, in: first ... .max) }
        let end = plan.segments.map(\.times.upperBound).max() ?? .max
        try run(from: first, to: end)
    }

    /// Takes what was true at the beginning.
    private mutating func load(_ keyframe: KeyframeEntry) throws(StoreError) {
        for source in try snapshot.sources(keyframe, of: nil, snapshot.open(keyframe.segment)) {
            for row in scan.take(source) {
                fold.add(row)
                if !keyframe.isWhole { changed.formUnion(row.keys) }
            }
        }
        if keyframe.isWhole {
            wholeEnd = keyframe.until
            wholeRowCount = fold.values.count
        }
        knownAt = max(knownAt, keyframe.knownAt)
        pace.spend(keyframe.segment.byteCount)
    }

    // MARK: Reading

    private mutating func run(from start: Int64, to end: Int64) throws(StoreError) {
        let parts = scan.parts.sorted { ($0.times.lowerBound, $0.source) < ($1.times.lowerBound, $1.source) }
        var first = start
        while true {
            var last = Int64.max
            for (index, part) in parts.enumerated() {
                if part.times.lowerBound > last { break }
                if isCancelled() { throw .cancelled }
                guard part.times.upperBound >= first else { continue }
                pending += try scan.rows(of: part, in: first...last)
                pace.spend(scan.takeReadByteCount())
                let next = index + 1 < parts.count ? parts[index + 1].times.lowerBound : .max
                // All rows before the next part's are here.
                if next > .min { try writeFull(before: min(next, last)) }
                if pending.count > rowLimit {
                    last = shorten()
                }
            }
            if last == .max { break }
            try writeFull(before: last)
            first = last + 1
        }
        try writeFull(before: .max)
        guard !pending.isEmpty else { return }
        pending.sort(by: Self.isEarlier)
        try write(pending, until: max(end, pending[pending.count - 1].time), isFolded: false)
    }

    private static func isEarlier(_ left: StateRow, _ right: StateRow) -> Bool {
        (left.time, left.sequence) < (right.time, right.sequence)
    }

    /// Leaves later rows to the next pass; the last time of this one.
    private mutating func shorten() -> Int64 {
        pending.sort(by: Self.isEarlier)
        let last = pending[pending.count / 2].time
        pending.removeAll { $0.time > last }
        return last
    }

    // MARK: Writing

    /// Writes as many keyframes as there are changes enough for, all of them before a time.
    private mutating func writeFull(before end: Int64) throws(StoreError) {
        // Cheap, as long as there are too few.
        guard pending.reduce(0, { $0 + $1.fields.count }) > policy.changeCount else { return }
        pending.sort(by: Self.isEarlier)
        var first = 0
        while true {
            var count = 0
            var next = first
            while next < pending.count, count < policy.changeCount {
                count += pending[next].fields.count
                next += 1
            }
            // Those of one time stay together, and something has to follow.
            while next < pending.count, pending[next].time == pending[next - 1].time { next += 1 }
            guard next < pending.count, pending[next - 1].time < end else { break }
            try write(Array(pending[first..<next]), until: pending[next - 1].time, isFolded: false)
            try writeFolded(pending[first..<next])
            first = next
        }
        pending.removeFirst(first)
    }

    /// Writes what is true behind some more rows.
    private mutating func writeFolded(_ rows: ArraySlice<StateRow>) throws(StoreError) {
        for row in rows {
            fold.add(row)
            changed.formUnion(row.keys)
        }
        fold.dropEnded(scan.keys)
        if wholeEnd == nil || changed.count * policy.wholeShare >= fold.values.count {
            try write(fold.rows(of: fold.values.keys, scan.keys), until: since ?? .min, isFolded: true, isWhole: true)
            changed.removeAll()
            wholeEnd = since
        } else {
            try write(fold.rows(of: changed, scan.keys), until: since ?? .min, isFolded: true)
        }
    }

    private mutating func write(
        _ rows: [StateRow], until: Int64, isFolded: Bool, isWhole: Bool = false
    ) throws(StoreError) {
        if !isFolded { knownAt = rows.reduce(knownAt) { max($0, $1.storedAt) } }
        let segment = try writer.beginSegment(
            snapshot.state.windowLength.window(of: until), options: .forKeyframes, kind: .keyframe)
        let ordered = isFolded ? rows : rows.ordered(scan.keys)
        do throws(SegmentError) {
            var content = ContentChecksum()
            try SegmentRewriter.append(StateRowBatch.batch(ordered, scan.keys), to: segment.writer, &content)
        } catch {
            throw .segment(path: segment.path, error)
        }
        guard let entry = try segment.finish() else { return }
        pace.spend(entry.byteCount)
        written.append(
            KeyframeEntry(
                segment: entry, since: isFolded ? (isWhole ? nil : wholeEnd) : since, until: until, isFolded: isFolded,
                manifest: snapshot.state.number, knownAt: knownAt, mapping: checksum))
        if !isFolded { since = until }
    }
}

extension StateRow {
    fileprivate var keys: [StateFold<LastChange>.Key] { fields.map { .init(entity: entity, field: $0.path) } }
}

extension SegmentWriterOptions {
    /// One zone for each page, so that what one service needs is little, and nothing is looked for by its id.
    static var forKeyframes: SegmentWriterOptions {
        var options = SegmentWriterOptions(tier: .hot)
        options.zoneCountPerPage = 1
        options.timePath = StateRowBatch.time
        options.eventIdPaths = []
        options.traceIdPaths = []
        options.spanIdPaths = []
        return options
    }
}
