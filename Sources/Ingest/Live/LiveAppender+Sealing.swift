public import Storage

/// How what was appended comes into segments, and into keyframes behind them.
extension LiveAppender {
    /// Puts everything that was appended into segments.
    public func seal() throws(StoreError) {
        endLog { _ in true }
        try sealFull()
    }

    /// Seals everything and ends. After a failure it only ends: the log is kept for whoever opens the store next.
    public func close() throws(StoreError) {
        let thread = sealer.change { thread in
            defer { thread = nil }
            return thread
        }
        let keeping = keeper.change { thread in
            defer { thread = nil }
            return thread
        }
        queue.change { $0.isClosed = true }
        sealed.change { $0.isOver = true }
        thread?.join()
        keeping?.join()
        defer { queue.change { $0.writer = nil } }
        // Batches that are queued are still written: their threads wait for that.
        let isSound: Bool = queue.wait { queue in
            queue.isWriting || !queue.tickets.isEmpty ? nil : queue.failure == nil
        }
        guard isSound else { return }
        endLog { _ in true }
        try sealFull()
        try store.clean()
    }

    /// Ends the log file that is being written, when it is due.
    private func endLog(when isDue: (LiveQueue.OpenLog) -> Bool) {
        let isDone: Bool = queue.wait { queue in
            guard !queue.isWriting else { return nil }
            if let log = queue.log, isDue(log) { queue.endLog() }
            return true
        }
        precondition(isDone)
    }

    /// Seals the files that wait for it, one thread at a time.
    private func sealFull() throws(StoreError) {
        let (logs, writer): ([LiveQueue.FullLog], StoreWriter?) = queue.wait { queue in
            guard !queue.isSealing else { return nil }
            queue.isSealing = true
            return (queue.full, queue.writer)
        }
        defer { queue.change { $0.isSealing = false } }
        guard let writer else { return }
        do throws(StoreError) {
            for log in logs {
                var sealing = LogSealing(writer, storeId: storeId)
                let found = try sealing.add(log.id).eventCount
                guard found == log.eventCount else {
                    throw .invalid(
                        "\(store.paths.log(log.id)): \(log.eventCount) events were appended, \(found) are found")
                }
                try sealing.commit()
                queue.change { _ = $0.full.removeFirst() }
            }
        } catch {
            let failure = readOnly(error)
            queue.change { $0.fail(failure) }
            throw failure
        }
    }

    func sealInBackground() {
        while true {
            let isClosed: Bool = queue.wait { .some($0.isClosed || $0.failure != nil) }
            if isClosed { return }
            let now = store.clock.now
            // A clock that jumps back must not keep a file open for ever.
            endLog { now - $0.time >= options.nanosecondsPerLog || now < $0.time }
            if queue.wait(until: { .some(!$0.full.isEmpty) }) {
                // A failure is told to whoever appends next.
                guard (try? sealFull()) != nil else { return }
                sealed.change { $0.count += 1 }
                _ = try? store.clean()
            } else {
                queue.waitForChange(atMost: Self.sealPause)
            }
        }
    }

    private static let sealPause: Int64 = 200_000_000

    /// Looks for what keyframes do not know whenever something was sealed. Sealing does not wait for it.
    func keepKeyframes(_ mapping: StateMapping) {
        var keyframes = LiveKeyframes(store, mapping)
        var seen = 0
        while true {
            let next: (count: Int, isOver: Bool) = sealed.wait { $0.isOver || $0.count > seen ? $0 : nil }
            if next.isOver { return }
            seen = next.count
            // Whatever it fails at, events are safe: the next time tries again.
            try? keyframes.update { [sealed] in sealed.wait { .some($0.isOver) } }
        }
    }
}
