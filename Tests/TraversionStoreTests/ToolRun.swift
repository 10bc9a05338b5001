import Files
import Glibc
import Testing

/// One run of the built command in a folder of its own.
struct ToolRun {
    var exitCode: Int32
    var output: String
    var errors: String
    /// The most memory that it had at once; nil when it was not measured.
    var peakByteCount: Int?

    var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// A folder for the files of a test, removed with everything in it when the test is over.
final class ToolFolder {
    let path: String
    private let fileSystem = LocalFileSystem()
    /// The command stands beside the tests in the folder of products.
    private let tool: String

    init() throws {
        var template = Array("/tmp/traversion-store-tests-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
        let tests = try #require(realpath("/proc/self/exe", nil))
        defer { free(tests) }
        tool = String(cString: tests).split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/traversion-store"
    }

    deinit {
        remove(path)
    }

    private func remove(_ folder: String) {
        for name in (try? fileSystem.list(folder)) ?? [] where unlink(folder + "/" + name) != 0 {
            remove(folder + "/" + name)
        }
        rmdir(folder)
    }

    var names: [String] { get throws { try fileSystem.list(path).filter { !$0.hasPrefix("standard-") } } }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    func write(_ bytes: [UInt8], to name: String) throws {
        unlink(path + "/" + name)
        try fileSystem.create(path + "/" + name).append(bytes)
    }

    func read(_ name: String) throws -> [UInt8] { try fileSystem.readAll(path + "/" + name) }

    /// Runs the command in the folder with `input` as its standard input. `outputPath` takes its standard output
    /// elsewhere.
    func run(_ arguments: String..., input: String = "", outputPath: String? = nil) throws -> ToolRun {
        try run([tool] + arguments, input, outputPath)
    }

    /// Like `run`, but interrupts the command when it takes longer.
    func interrupt(afterSeconds seconds: Int, _ arguments: String...) throws -> ToolRun {
        let timeout = ["timeout", "--foreground", "--preserve-status", "--signal=INT", "\(seconds)"]
        return try run(timeout + [tool] + arguments, "", nil)
    }

    /// Like `run`, and measures the memory that the command takes. A process begins with the peak of the one that
    /// started it, which the tests would be; so another, small one starts it.
    func measure(_ arguments: String..., outputPath: String? = nil) throws -> ToolRun {
        var result = try run(["python3", "-c", Self.measurement, tool] + arguments, "", outputPath)
        let kibibytes = String(decoding: try read("standard-peak"), as: UTF8.self)
        result.peakByteCount = try #require(Int(kibibytes)) << 10
        return result
    }

    private static let measurement = """
        import os, sys
        process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
        _, status, usage = os.wait4(process, 0)
        with open("standard-peak", "w") as file: file.write(str(usage.ru_maxrss))
        code = os.waitstatus_to_exitcode(status)
        sys.exit(code if code >= 0 else 128 - code)
        """

    private func run(_ command: [String], _ input: String, _ outputPath: String?) throws -> ToolRun {
        try write(input, to: "standard-input")
        try write("", to: "standard-output")
        try write("", to: "standard-errors")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, path + "/standard-input", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath ?? path + "/standard-output", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, path + "/standard-errors", O_WRONLY, 0)
        // The folder is changed by `env`: Swift does not see the call that would do it here.
        let line = ["env", "--chdir", path] + command
        var words: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        // Threads of tests block signals, which processes would go on with.
        var attributes = posix_spawnattr_t()
        var noSignals = sigset_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var process: pid_t = 0
        try #require(posix_spawnp(&process, "env", &actions, &attributes, &words, environ) == 0, "cannot run env")
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {}
        // The lower seven bits are the signal that ended it, 0 when it ended by itself.
        let exitCode = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        return ToolRun(
            exitCode: exitCode, output: String(decoding: try read("standard-output"), as: UTF8.self),
            errors: String(decoding: try read("standard-errors"), as: UTF8.self))
    }
}
