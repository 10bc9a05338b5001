import Glibc

/// Where the time comes from.
public protocol Clock: Sendable {
    /// Nanoseconds since 1970 UTC. May jump, forwards and backwards.
    var now: Int64 { get }

    /// Lets time pass.
    func sleep(_ nanoseconds: Int64)
}

/// The machine's clock.
public struct SystemClock: Clock {
    public init() {}

    public var now: Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    public func sleep(_ nanoseconds: Int64) {
        var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        // A signal may cut it short, which does no harm.
        _ = unsafe nanosleep(&time, nil)
    }
}
