import Glibc
import Synchronization

/// Lets a command that writes a file stop cleanly when the user interrupts it.
enum Interruption {
    private static let isRequested = Atomic<Bool>(false)

    /// From now on an interrupt only sets the flag; a second one ends the process.
    static func listen() {
        _ = isRequested.load(ordering: .relaxed)
        // Who runs with `nohup` wants to go on when the terminal is closed.
        for number in [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP]) {
            _ = signal(number) { number in
                Interruption.isRequested.store(true, ordering: .relaxed)
                _ = signal(number, SIG_DFL)
            }
        }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard unsafe sigaction(number, nil, &action) == 0 else { return false }
        return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// From now on an interrupt sets the flag, however often it comes.
    static func listenAlways() {
        _ = isRequested.load(ordering: .relaxed)
        _ = signal(SIGINT) { _ in Interruption.isRequested.store(true, ordering: .relaxed) }
    }

    /// What was interrupted has stopped.
    static func forget() { isRequested.store(false, ordering: .relaxed) }

    static var isWanted: Bool { isRequested.load(ordering: .relaxed) }

    static func check() throws(CommandFailure) {
        if isWanted {
            throw CommandFailure(.interrupted, "interrupted; nothing was written")
        }
    }
}
