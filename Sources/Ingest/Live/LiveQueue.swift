import Columns
import Storage

/// What the threads that append share.
struct LiveQueue {
    /// A batch that waits to be made durable.
    final class Ticket {
        let lines: StoredBuffer
        let eventCount: Int
        var outcome: Outcome?

        init(_ lines: StoredBuffer, eventCount: Int) {
            self.lines = lines
            self.eventCount = eventCount
        }
    }

    enum Outcome {
        case durable(firstSequence: UInt64, storedAt: Int64)
        case failed(StoreError)
    }

    /// A log file and what was appended to it.
    struct OpenLog {
        let writer: LogWriter
        /// When it was begun.
        let time: Int64
        var eventCount = 0
    }

    /// A log file to which nothing is appended any more.
    struct FullLog {
        let id: LogId
        let eventCount: Int
    }

    /// Batches in the order in which they came.
    var tickets: [Ticket] = []
    /// Whether a thread writes to the log. Only that one touches the log and the sequence.
    var isWriting = false
    var log: OpenLog?
    var nextLogNumber: UInt32 = 1
    var nextSequence: UInt64

    /// Files that wait to be sealed. Only the thread that seals touches the writer.
    var full: [FullLog] = []
    var isSealing = false
    var writer: StoreWriter?

    /// Why nothing is appended any more.
    var failure: StoreError?
    var isClosed = false

    /// Why another batch is not taken.
    var refusal: StoreError? { failure ?? (isClosed ? .invalid("the appender is closed") : nil) }

    init(_ writer: StoreWriter) {
        self.writer = writer
        nextSequence = writer.firstSequence
    }

    /// Files that may wait to be sealed; more, and appending waits.
    static let fullLogLimit = 8
    /// Stored bytes that one sync makes durable, when it is more than one batch.
    private static let groupByteLimit = 8 << 20

    /// Takes the batches that one sync will make durable.
    mutating func takeGroup() -> [Ticket] {
        var count = 0
        var byteCount = 0
        for ticket in tickets {
            byteCount += ticket.lines.byteCount
            if count > 0, byteCount > Self.groupByteLimit { break }
            count += 1
        }
        defer { tickets.removeFirst(count) }
        return Array(tickets[..<count])
    }

    /// Ends the log file that is being written.
    mutating func endLog() {
        guard let log else { return }
        full.append(FullLog(id: log.writer.id, eventCount: log.eventCount))
        self.log = nil
    }

    /// From now on nothing is appended; whoever waits is told.
    mutating func fail(_ error: StoreError) {
        if failure == nil { failure = error }
        for ticket in tickets { ticket.outcome = .failed(failure ?? error) }
        tickets = []
    }
}
