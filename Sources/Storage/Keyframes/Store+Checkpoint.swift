extension Store {
    /// Writes down what was true at some times, and what has changed between, so that nobody needs to go through all
    /// events to tell what was true (Format/Store.md, 8). Nil: another process does it.
    ///
    /// - Parameter mapping: what events say of state.
    /// - Parameter isCancelled: asked again and again: whether to end with ``StoreError/cancelled``.
    public func checkpoint(
        _ mapping: StateMapping = .standard, _ budget: JobBudget = .standard,
        policy: CheckpointPolicy = .standard, isCancelled: @escaping () -> Bool = { false },
        observer: Observer = { _ in }
    ) throws(StoreError) -> JobReport? {
        guard let lock = try lock(job: "checkpoint") else { return nil }
        defer { withExtendedLifetime(lock) {} }
        var report = JobReport()
        // Another job may replace a segment while it is read.
        while report.conflictCount < 100 {
            let snapshot = try snapshot()
            guard let plan = try CheckpointPlan(snapshot, mapping, policy) else { break }
            let writer = try StoreWriter(self)
            var keyframes: [KeyframeEntry] = []
            if plan.writes {
                observer(plan.description)
                keyframes = try CheckpointBuild(
                    plan, snapshot, mapping, policy, writer, budget, isCancelled: isCancelled
                ).written
            }
            do throws(StoreError) {
                try writer.commit(keyframes, replacing: plan.replaced, of: plan.segments)
            } catch {
                guard case .conflict = error else { throw error }
                report.conflictCount += 1
                continue
            }
            report.checkpointedCount = plan.segments.count { !snapshot.state.checkpointed.contains($0.id) }
            report.keyframeCount = keyframes.count
            report.keyframeByteCount = keyframes.reduce(0) { $0 + $1.segment.byteCount }
            break
        }
        report.removedFileCount = try clean()
        return report
    }
}

extension StoreWriter {
    /// Makes keyframes part of the store in place of others. A conflict: segments that they were made of are gone.
    fileprivate func commit(
        _ keyframes: [KeyframeEntry], replacing replaced: [SegmentId], of segments: [SegmentEntry]
    ) throws(StoreError) {
        _ = try store.manifests.commit(at: store.clock.now) { (state) throws(StoreError) in
            guard segments.allSatisfy({ state.segment($0.id) != nil }),
                replaced.allSatisfy({ state.keyframes[$0] != nil })
            else { throw .conflict("the segments that keyframes were made of were changed by another process") }
            let news = segments.map(\.id).filter { !state.checkpointed.contains($0) }.sorted()
            return replaced.map { .dropSegment($0) } + keyframes.map { .addKeyframe($0) }
                + (news.isEmpty ? [] : [.checkpointed(news)])
        }
    }
}

extension CheckpointPlan {
    fileprivate var description: String {
        let news = "\(segments.count) segments, \(segments.reduce(0) { $0 + $1.rowCount }) events"
        return kept.isEmpty
            ? "keyframes of all changes: \(news)"
            : "\(kept.count) keyframes stay, \(replaced.count) are written again: \(news)"
    }
}
