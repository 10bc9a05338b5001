extension Store {
    /// Makes the indexes that are missing. Nothing is done while another process does it.
    func buildIndexes(
        _ budget: JobBudget, _ report: inout JobReport, _ observer: Observer
    ) throws(StoreError) {
        guard let lock = try lock(job: "index") else { return }
        defer { withExtendedLifetime(lock) {} }
        var writer: StoreWriter?
        var passed: Set<TimeWindow> = []
        while true {
            // Each build looks at the store anew: the segments of a plan may be gone when its turn comes.
            let snapshot = try snapshot()
            let plan = IndexPolicy().plan(snapshot.state, at: clock.now)
            guard let build = plan.first(where: { !passed.contains($0.segments[0].window) }) else { return }
            // Once for each window, so that one that changes all the time does not keep the others waiting.
            passed.insert(build.segments[0].window)
            if writer == nil { writer = try StoreWriter(self) }
            guard let writer else { return }
            let label = build.segments[0].window.label(snapshot.state.windowLength)
            observer("index of \(label): \(build.rowCount) events in \(build.segments.count) segments")
            do throws(StoreError) {
                switch try build.run(snapshot, writer, budget) {
                case .added(let entry):
                    report.indexCount += 1
                    report.indexByteCount += entry.byteCount
                case .conflict: report.conflictCount += 1
                case .refused: observer("the ids of \(label) cannot be indexed; its segments are looked into")
                }
            } catch {
                guard case .segment(_, .damaged) = error else { throw error }
                observer("no index of \(label): \(error)")
            }
        }
    }
}
