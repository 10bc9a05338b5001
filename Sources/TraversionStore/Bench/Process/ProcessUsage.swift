import Glibc

/// What a process has taken, from its start to its end.
struct ProcessUsage {
    /// Nanoseconds of the clock.
    var elapsed: Int64 = 0
    /// Nanoseconds that its threads have computed, in the kernel and outside.
    var processor: Int64 = 0
    /// The most memory that it had at once. A process begins with the peak of the one that starts it, so that this is
    /// never less than what the measuring process has had: which keeps nothing, and stays below that of any command.
    var peakByteCount = 0

    init() {}

    init(elapsed: Int64, _ usage: rusage) {
        self.elapsed = elapsed
        processor = [usage.ru_utime, usage.ru_stime]
            .reduce(0) { $0 + Int64($1.tv_sec) * 1_000_000_000 + Int64($1.tv_usec) * 1000 }
        peakByteCount = usage.ru_maxrss << 10
    }
}
