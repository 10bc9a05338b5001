import Glibc
import Synchronization

/// A command of this same tool as a process of its own: what is measured is what users run.
final class ToolProcess: Sendable {
    private let arguments: [String]
    private let process: pid_t
    private let output: Int32
    private let errors: Int32
    /// Where its standard input is written; -1 when it has none, or no more.
    private let input: Atomic<Int32>
    private let start = Console.ticks

    /// What is kept of what it says.
    private static let keptByteLimit = 1 << 16
    /// Pipes of a process that is being started must not be seen by another that is.
    private static let starting = Mutex(())

    init(_ arguments: [String], takesInput: Bool = false) throws(CommandFailure) {
        self.arguments = arguments
        let started = Self.starting.withLock { _ in Self.start(arguments, takesInput: takesInput) }
        guard let started else {
            throw CommandFailure(
                .inputOutput, "cannot start '\(arguments[0])': \(unsafe String(cString: strerror(errno)))")
        }
        (process, output, errors) = (started.process, started.output, started.errors)
        input = Atomic(started.input)
    }

    /// Runs a command to its end.
    static func run(_ arguments: [String]) throws(CommandFailure) -> ToolResult {
        try ToolProcess(arguments).finish()
    }

    /// What its threads have computed until now, in nanoseconds.
    var processor: Int64 {
        var clock = clockid_t()
        var time = timespec()
        guard unsafe clock_getcpuclockid(process, &clock) == 0, unsafe clock_gettime(clock, &time) == 0 else {
            return 0
        }
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Writes to its standard input, and waits while that is full.
    func write(_ bytes: ArraySlice<UInt8>) throws(CommandFailure) {
        var rest = bytes
        while !rest.isEmpty {
            let file = input.load(ordering: .relaxed)
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure(.inputOutput, "'\(arguments[0])' takes no more events") }
            rest = rest.dropFirst(count)
        }
    }

    /// Tells it that nothing more comes.
    func closeInput() {
        let file = input.exchange(-1, ordering: .relaxed)
        if file >= 0 { close(file) }
    }

    /// Waits for its end, and passes on what it says. It is told to stop when the user interrupts, but for one that
    /// waits for more input: that is for whoever gives it.
    func finish(_ take: (ArraySlice<UInt8>) -> Void = { _ in }) throws(CommandFailure) -> ToolResult {
        var result = ToolResult()
        var isOpen = [true, true]
        var isTold = input.load(ordering: .relaxed) >= 0
        while isOpen.contains(true) {
            if Interruption.isWanted, !isTold {
                kill(process, SIGTERM)
                isTold = true
            }
            var files = [output, errors].indices.map { index in
                pollfd(fd: isOpen[index] ? [output, errors][index] : -1, events: Int16(POLLIN), revents: 0)
            }
            guard unsafe poll(&files, 2, 200) > 0 else { continue }
            for index in files.indices where files[index].revents != 0 {
                let bytes = Self.read(files[index].fd)
                isOpen[index] = !bytes.isEmpty
                if index == 0 {
                    take(bytes)
                    result.takeOutput(bytes, keeping: Self.keptByteLimit)
                } else if result.errors.utf8.count < Self.keptByteLimit {
                    result.errors += String(decoding: bytes, as: UTF8.self)
                }
            }
        }
        var (status, usage) = (Int32(0), rusage())
        while unsafe wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        result.usage = ProcessUsage(elapsed: Console.ticks - start, usage)
        closeInput()
        close(output)
        close(errors)
        // The lower seven bits are the signal that ended it, 0 when it ended by itself.
        try check(status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F, result)
        return result
    }

    private func check(_ exitCode: Int32, _ result: ToolResult) throws(CommandFailure) {
        guard exitCode != 0 else { return }
        if Interruption.isWanted { throw CommandFailure(.interrupted, "interrupted") }
        let words = arguments.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " ")
        throw CommandFailure(
            ExitCode(rawValue: exitCode) ?? .inputOutput, "'\(words)' ended with \(exitCode):\n\(result.errors)")
    }

    private static func read(_ file: Int32) -> ArraySlice<UInt8> {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            return buffer[..<max(0, count)]
        }
    }
}
