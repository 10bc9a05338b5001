import Glibc

/// Standard input of a command that must notice an interruption while it waits.
enum StandardInput {
    /// Waits until there is something to read, or the end; false when the user interrupts.
    static func isReady() -> Bool {
        while !Interruption.isWanted {
            var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            // Anything but a pipe or a terminal is always ready.
            if unsafe poll(&input, 1, 200) > 0 { return true }
        }
        return false
    }
}
