public import Storage

/// How a ``LiveAppender`` works.
public struct LiveOptions: Sendable {
    /// Where events have their canonical fields, before the usual places: `timestamp=@t,service=app`.
    public var mapping = ""
    /// What is masked before anything is written.
    public var mask = MaskPolicy.secrets
    /// When a log file is sealed: after so many events, bytes or nanoseconds, whichever comes first.
    public var eventCountPerLog = 1 << 19
    public var byteCountPerLog = 64 << 20
    public var nanosecondsPerLog: Int64 = 60_000_000_000
    /// Whether a thread seals what is due. Else only `seal` and `close` do.
    public var sealsInBackground = true
    /// What events say of state, for keyframes that a thread keeps near what is sealed in the background; nil: none are
    /// written.
    public var keyframes: StateMapping?

    public init() {}
}
