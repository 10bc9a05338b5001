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

    /// Moves the segments of windows that are over into the tier that is due; into the cold one, if that is wanted, a
    /// sample of them. State that the mapping knows is never left out.
    public func moveTiers(
        _ budget: JobBudget = .standard, policy: TierPolicy = .standard, sampling: SamplingPolicy? = nil,
        keepingStateBy mapping: StateMapping = .standard, observer: Observer = { _ in }
    ) throws(StoreError) -> JobReport? {
        try rewrite("tier", budget, observer, sampling: sampling.map { ($0, mapping) }) { state, now in
            policy.plan(state, at: now, rowLimit: budget.rowCountPerSegment)
        }
    }

    /// Runs merges until the plan is empty. Nil: another process runs this job.
    private func rewrite(
        _ job: String, _ budget: JobBudget, _ observer: Observer, indexesAlways: Bool = false,
        sampling: (policy: SamplingPolicy, mapping: StateMapping)? = nil,
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
            report.add(merge, try merge.run(snapshot, writer, budget, sampling: merge.tier == .cold ? sampling : nil))
        }
        if indexesAlways || report.mergeCount > 0 { try buildIndexes(budget, &report, observer) }
        report.removedFileCount = try clean()
        return report
    }
}
