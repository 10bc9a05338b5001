import Files

/// A time in which events came at a rate, whether they were acknowledged as fast or not.
struct PacedRun {
    let rate: Int
    private(set) var elapsed: Int64 = 0
    /// Events that were due, and those of them that were acknowledged within the time.
    private(set) var dueCount = 0
    private(set) var acknowledgedCount = 0
    /// The most events that were due and not yet acknowledged.
    private(set) var mostWaiting = 0
    /// From when events were due to their acknowledgement.
    private(set) var waits = Durations()

    /// Events come in batches: a hundred a second.
    private static let interval: Int64 = 10_000_000
    /// A rate is held when no more than the events of a quarter of a second wait at the end.
    private static let allowedLag = 0.25

    var isHeld: Bool { Double(waitingCount) <= Self.allowedLag * Double(rate) }
    private var waitingCount: Int { dueCount - acknowledgedCount }

    /// How far acknowledgements were behind at most, and at the end, in milliseconds of events.
    var mostLag: Double { Double(mostWaiting) * 1000 / Double(rate) }
    var lastLag: Double { Double(waitingCount) * 1000 / Double(rate) }

    /// Gives events to `append` until the time is over or the user interrupts, and waits for what is not acknowledged.
    init(
        rate: Int, seconds: Double, _ events: inout EndlessEvents, to process: AppendProcess
    ) throws(CommandFailure) {
        self.rate = rate
        let clock = SystemClock()
        let start = Console.ticks
        let end = start + Int64(seconds * 1e9)
        let before = process.look { $0.acknowledgedCount }
        var due = start
        var offeredCount = 0
        while due < end, Console.ticks < end, !Interruption.isWanted {
            due = min(end, due + Self.interval)
            // Made before they are due, if there is time.
            let lines = events.take(count(in: due - start) - offeredCount)
            let wait = due - Console.ticks
            if wait > 0 { clock.sleep(wait) }
            try process.offer(lines[...], count: count(in: due - start) - offeredCount, due: due)
            offeredCount = count(in: due - start)
            let acknowledged = process.look { $0.acknowledgedCount }
            mostWaiting = max(mostWaiting, count(in: Console.ticks - start) - (acknowledged - before))
        }
        elapsed = min(Console.ticks, max(end, start + 1)) - start
        dueCount = count(in: elapsed)
        acknowledgedCount = process.look { $0.acknowledgedCount } - before
        mostWaiting = max(mostWaiting, waitingCount)
        try process.waitForAll()
        waits = process.look { $0.takeWaits() }
    }

    private func count(in nanoseconds: Int64) -> Int { Int(Double(rate) * Double(nanoseconds) / 1e9) }

    func add(to line: inout JSONLine) {
        line.add("rate", rate)
        line.add("nanoseconds", elapsed)
        line.add("held", isHeld ? 1 : 0)
        line.add("dueEvents", dueCount)
        line.add("acknowledgedEvents", acknowledgedCount)
        line.add("mostLagMs", mostLag)
        line.add("lastLagMs", lastLag)
        line.add("acknowledgedP50Ms", waits.milliseconds(0.5))
        line.add("acknowledgedP99Ms", waits.milliseconds(0.99))
        line.add("acknowledgedMostMs", waits.milliseconds(1))
    }
}
