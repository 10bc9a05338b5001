import Synchronization

/// A clock that stands still until it is set, for tests.
public final class ManualClock: Clock {
    private let time: Mutex<Int64>

    public init(_ now: Int64) { time = Mutex(now) }

    public var now: Int64 { time.withLock { $0 } }

    public func set(_ now: Int64) { time.withLock { $0 = now } }

    public func sleep(_ nanoseconds: Int64) { advance(by: nanoseconds) }

    public func advance(by nanoseconds: Int64) { time.withLock { $0 += nanoseconds } }
}
