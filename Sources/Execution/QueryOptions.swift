/// How a query may be run. None of it changes the answer.
public struct QueryOptions: Sendable {
    /// Threads that work at once.
    public var threadCount = 2
    /// The most memory that what was found may take; a query that needs more is refused.
    public var memoryByteLimit = 256 << 20
    /// Asked again and again while a query runs, by any thread: whether to stop.
    public var isCancelled: @Sendable () -> Bool = { false }
    /// Is told what is done.
    public var recorder: QueryRecorder?

    /// What segments gave to other questions; nil: nothing is kept.
    public var resultCache: ResultCache?

    public init() {}

    /// The same for what nobody is to be told of.
    var unrecorded: QueryOptions {
        var options = self
        options.recorder = nil
        return options
    }
}
