package import Execution
import Files

/// How a question is asked.
public struct QuerySettings: Sendable {
    /// What `now` means in a statement.
    public enum Now: Sendable {
        /// The time at which it is asked.
        case clock
        /// Right behind the newest event of the store: for dumps of old days.
        case newestEvent
        /// Nanoseconds since 1970.
        case time(Int64)
    }

    public var now = Now.clock
    /// The zone of times that name none, unless the statement says `AT TIME ZONE`: an offset such as `+02:00`, or a
    /// name such as `Europe/Berlin`.
    public var timeZone = "UTC"
    /// Threads that work at once.
    public var threadCount = 2
    /// The most memory that what was found may take; a question that needs more is refused.
    public var memoryByteLimit = 256 << 20
    /// Whether numbers that segments gave before are used again, and kept for the next time. The answer is the same.
    public var usesResultCache = true
    /// Stops the question.
    public var cancellation: Cancellation?
    /// Asked besides, again and again while the question is answered.
    package var isInterrupted: @Sendable () -> Bool = { false }

    /// Is told what is done.
    package var recorder: QueryRecorder?

    public init() {}

    var execution: QueryOptions {
        var options = QueryOptions()
        options.threadCount = max(1, threadCount)
        options.memoryByteLimit = memoryByteLimit
        options.recorder = recorder
        options.isCancelled = { [cancellation, isInterrupted] in cancellation?.isCancelled ?? false || isInterrupted() }
        return options
    }
}
