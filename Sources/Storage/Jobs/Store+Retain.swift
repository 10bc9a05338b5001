/// The job that removes what is older than it has to be kept.
extension Store {
    /// Removes what is older than it has to be kept.
    ///
    /// - Parameter mapping: what events say of state, of which the last is kept.
    public func retain(
        _ policy: RetentionPolicy, keepingStateBy mapping: StateMapping = .standard, _ budget: JobBudget = .standard,
        observer: Observer = { _ in }
    ) throws(StoreError) -> JobReport? {
        guard let lock = try lock(job: "retain") else { return nil }
        defer { withExtendedLifetime(lock) {} }
        var report = JobReport()
        let now = clock.now
        let mapping = policy.keepsState ? mapping : nil
        // Another job may replace a segment while the state is read.
        while report.conflictCount < 100, try !dropWindows(policy, mapping, at: now, budget, &report, observer) {}
        try dropRows(policy, mapping, at: now, budget, &report, observer)
        if report.mergeCount > 0 { try buildIndexes(budget, &report, observer) }
        report.removedFileCount = try clean()
        return report
    }

    /// Removes whole windows. False: another process was faster, and it has to be tried again.
    private func dropWindows(
        _ policy: RetentionPolicy, _ mapping: StateMapping?, at now: Int64, _ budget: JobBudget,
        _ report: inout JobReport, _ observer: Observer
    ) throws(StoreError) -> Bool {
        let snapshot = try snapshot()
        let expired = policy.expired(snapshot.state, at: now)
        guard let last = expired.map(\.window).max() else { return true }
        let writer = try StoreWriter(self)
        var base: BaseState?
        if let mapping {
            base = try BaseState(snapshot, mapping, policy, adding: expired.map { .init(entry: $0) }, budget)
        }
        let kept = try keep(base, writer, budget, observer)
        do throws(StoreError) {
            try writer.commit(
                adding: kept.added, dropping: kept.replaced + expired.map(\.id),
                horizon: last.times(snapshot.state.windowLength).upperBound,
                outdated: Self.outdated(by: last, snapshot, mapping))
        } catch {
            if case .conflict = error {
                report.conflictCount += 1
                return false
            }
            throw error
        }
        for entry in expired { observer("dropped \(entry.tier) segment \(entry.id.fileName) of a window that is over") }
        report.droppedSegmentCount += expired.count
        report.droppedRowCount += expired.reduce(0) { $0 + $1.rowCount }
        report.keptStateCount = kept.added.reduce(0) { $0 + $1.rowCount }
        return true
    }

    /// Removes single rows. The state that they had set is kept first: when the job stops between, it is there twice,
    /// which says the same.
    private func dropRows(
        _ policy: RetentionPolicy, _ mapping: StateMapping?, at now: Int64, _ budget: JobBudget,
        _ report: inout JobReport, _ observer: Observer
    ) throws(StoreError) {
        let snapshot = try snapshot()
        let partly = try policy.partlyExpired(snapshot, at: now)
        guard !partly.isEmpty else { return }
        let writer = try StoreWriter(self)
        if let mapping {
            let base = try BaseState(
                snapshot, mapping, policy, adding: partly.map { .init(entry: $0, keeping: $1) }, budget)
            let kept = try keep(base, writer, budget, observer)
            if !kept.added.isEmpty {
                try writer.commit(
                    adding: kept.added, dropping: kept.replaced,
                    madeOf: kept.replaced + partly.map(\.0.id))
                report.keptStateCount = kept.added.reduce(0) { $0 + $1.rowCount }
            }
        }
        for (entry, filter) in partly {
            observer("removes events from \(snapshot.path(entry))")
            let merge = SegmentMerge([entry], to: entry.tier)
            let outdated = Self.outdated(by: entry.window, snapshot, mapping)
            report.add(merge, try merge.run(snapshot, writer, budget, outdating: outdated, keeping: filter))
        }
    }

    /// The keyframes that know more than what is left when events of a window go.
    private static func outdated(
        by window: TimeWindow, _ snapshot: Snapshot, _ mapping: StateMapping?
    ) -> OutdatedKeyframes {
        mapping == nil ? .all : .before(window.times(snapshot.state.windowLength).upperBound)
    }

    /// Writes a base state when it says something new.
    private func keep(
        _ base: BaseState?, _ writer: StoreWriter, _ budget: JobBudget, _ observer: Observer
    ) throws(StoreError) -> (added: [SegmentEntry], replaced: [SegmentId]) {
        guard let base, base.isNew else { return ([], []) }
        let added = try base.write(writer, budget)
        observer("kept the state that \(added.reduce(0) { $0 + $1.rowCount }) events had set")
        return (added, base.replaced)
    }
}
