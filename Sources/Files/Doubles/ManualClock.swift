/// A clock that stands still until it is set, for tests.
public final class ManualClock: Clock {
    private let time: Monitor<Int64>

    public init(_ now: Int64) { time = Monitor(now) }

    public var now: Int64 { time.change { $0 } }

    public func set(_ now: Int64) { time.change { $0 = now } }

    public func sleep(_ nanoseconds: Int64) { advance(by: nanoseconds) }

    public func advance(by nanoseconds: Int64) { time.change { $0 += nanoseconds } }
}
