/// What was offered to `append`, and how long each batch has waited to be acknowledged.
struct AppendLedger {
    enum End {
        case well(ToolResult)
        case badly(CommandFailure)
    }

    /// Of a batch: how many events there were with it, and when it was due.
    private var batches: [(end: Int, due: Int64)] = []
    /// The first of the batches that is not acknowledged.
    private var next = 0
    private var offeredCount = 0
    private(set) var acknowledgedCount = 0
    /// Nanoseconds from when batches were due to their acknowledgements.
    private(set) var waits = Durations()
    var end: End?

    var waitingCount: Int { offeredCount - acknowledgedCount }

    mutating func offer(_ count: Int, due: Int64) {
        offeredCount += count
        batches.append((offeredCount, due))
    }

    mutating func acknowledge(_ count: Int, at time: Int64) {
        acknowledgedCount += count
        while next < batches.count, batches[next].end <= acknowledgedCount {
            waits.add(time - batches[next].due)
            next += 1
        }
    }

    /// The waits since the last time they were taken.
    mutating func takeWaits() -> Durations {
        batches.removeFirst(next)
        next = 0
        defer { waits = Durations() }
        return waits
    }
}
