import Glibc
import Synchronization

/// Lets a command that writes a file stop cleanly when the user interrupts it.
enum Interruption {
    private static let isRequested = Atomic<Bool>(false)

    /// From now on an interrupt only sets the flag; a second one ends the process.
    static func listen() {
        _ = isRequested.load(ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            _ = signal(number) { number in
                Interruption.isRequested.store(true, ordering: .relaxed)
                _ = signal(number, SIG_DFL)
            }
        }
    }

    static var isWanted: Bool { isRequested.load(ordering: .relaxed) }

    static func check() throws(CommandFailure) {
        if isWanted {
            throw CommandFailure(.interrupted, "interrupted; nothing was written")
        }
    }
}
