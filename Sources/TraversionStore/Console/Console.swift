import Files
import Glibc

/// Where the tool speaks: answers go to standard output, everything else to standard error.
enum Console {
    /// Prints a line to standard output.
    static func print(_ text: String) throws(CommandFailure) {
        do {
            try LocalFileSystem.standardOutput().append(Array((text + "\n").utf8))
        } catch {
            throw CommandFailure(error)
        }
    }

    static func printError(_ text: String) { writeError(text + "\n") }

    /// Writes to standard error; that this fails can be told to nobody.
    static func writeError(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Whether somebody watches standard error.
    static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }

    /// Nanoseconds since 1970 UTC.
    static var now: Int64 { nanoseconds(CLOCK_REALTIME) }

    /// Nanoseconds of a clock that never jumps.
    static var ticks: Int64 { nanoseconds(CLOCK_MONOTONIC) }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
