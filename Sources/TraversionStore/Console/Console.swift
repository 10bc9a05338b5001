import Files
import Glibc

/// Where the tool speaks: answers go to standard output, everything else to standard error.
enum Console {
    /// Prints a line to standard output.
    static func print(_ text: String) throws(CommandFailure) { try write(text + "\n") }

    /// Writes to standard output.
    static func write(_ text: String) throws(CommandFailure) {
        do {
            try LocalFileSystem.standardOutput().append(Array(text.utf8))
        } catch {
            throw CommandFailure(error)
        }
    }

    static func printError(_ text: String) { writeError(text + "\n") }

    /// Writes to standard error; that this fails can be told to nobody.
    static func writeError(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Whether somebody watches standard error.
    static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }

    /// How many characters a line of standard output has; 120 where it is no terminal.
    static var width: Int {
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 120 }
        return Int(size.ws_col)
    }

    /// Nanoseconds since 1970 UTC.
    static var now: Int64 { SystemClock().now }

    /// Nanoseconds of a clock that never jumps.
    static var ticks: Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
