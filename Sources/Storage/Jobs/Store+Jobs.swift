/// The jobs that keep a store small and fast. Each does nothing when there is nothing to do, and can be killed at any
/// time: what it had not committed is removed by the next.
extension Store {
    /// Told before each step, for those who want to see what goes on.
    public typealias Observer = (_ step: String) -> Void

    /// Merges small segments of a window, and makes the indexes that are missing.
    public func compact(
        _ budget: JobBudget = .standard, policy: CompactionPolicy = CompactionPolicy(), observer: Observer = { _ in }
    ) throws(StoreError) -> JobReport? {
        try rewrite("compact", budget, observer, indexesAlways: true) { state, now in
            policy.plan(state, at: now, rowLimit: budget.rowCountPerSegment)
        }
    }

    /// Moves the segments of windows that are over into the tier that is due.
    public func moveTiers(
        _ budget: JobBudget = .standard, policy: TierPolicy = .standard, observer: Observer = { _ in }
    ) throws(StoreError) -> JobReport? {
        try rewrite("tier", budget, observer) { state, now in
            policy.plan(state, at: now, rowLimit: budget.rowCountPerSegment)
        }
    }

    /// Removes what is older than it has to be kept.
    public func retain(
        _ policy: RetentionPolicy, _ budget: JobBudget = .standard, observer: Observer = { _ in }
    ) throws(StoreError) -> JobReport? {
        guard let lock = try lock(job: "retain") else { return nil }
        defer { withExtendedLifetime(lock) {} }
        var report = JobReport()
        let now = clock.now
        try dropWindows(policy, at: now, &report, observer)
        try dropRows(policy, at: now, budget, &report, observer)
        if report.mergeCount > 0 { try buildIndexes(budget, &report, observer) }
        report.removedFileCount = try clean()
        return report
    }

    private func dropWindows(
        _ policy: RetentionPolicy, at now: Int64, _ report: inout JobReport, _ observer: Observer
    ) throws(StoreError) {
        var expired: [SegmentEntry] = []
        _ = try manifests.commit(at: now) { (state) throws(StoreError) in
            expired = policy.expired(state, at: now)
            return expired.map { .dropSegment($0.id) }
        }
        for entry in expired { observer("dropped \(entry.tier) segment \(entry.id.fileName) of a window that is over") }
        report.droppedSegmentCount = expired.count
        report.droppedRowCount = expired.reduce(0) { $0 + $1.rowCount }
    }

    private func dropRows(
        _ policy: RetentionPolicy, at now: Int64, _ budget: JobBudget, _ report: inout JobReport, _ observer: Observer
    ) throws(StoreError) {
        let snapshot = try snapshot()
        let partly = try policy.partlyExpired(snapshot, at: now)
        guard !partly.isEmpty else { return }
        let writer = try StoreWriter(self)
        for (entry, filter) in partly {
            observer("removes events from \(snapshot.path(entry))")
            let merge = SegmentMerge([entry], to: entry.tier)
            report.add(merge, try merge.run(snapshot, writer, budget, keeping: filter))
        }
    }

    /// Runs merges until the plan is empty. Nil: another process runs this job.
    private func rewrite(
        _ job: String, _ budget: JobBudget, _ observer: Observer, indexesAlways: Bool = false,
        _ plan: (StoreState, Int64) -> [SegmentMerge]
    ) throws(StoreError) -> JobReport? {
        guard let lock = try lock(job: job) else { return nil }
        defer { withExtendedLifetime(lock) {} }
        var report = JobReport()
        var writer: StoreWriter?
        // A merge that lost its inputs to another job is planned anew, but not for ever.
        while report.conflictCount < 100 {
            let snapshot = try snapshot()
            guard let merge = plan(snapshot.state, clock.now).first else { break }
            if writer == nil { writer = try StoreWriter(self) }
            guard let writer else { break }
            observer(
                "\(merge.inputs.count) segments of \(merge.inputs[0].window.label(snapshot.state.windowLength)) -> "
                    + "\(merge.tier): " + merge.inputs.map { snapshot.path($0) }.joined(separator: ", "))
            report.add(merge, try merge.run(snapshot, writer, budget))
        }
        if indexesAlways || report.mergeCount > 0 { try buildIndexes(budget, &report, observer) }
        report.removedFileCount = try clean()
        return report
    }
}
