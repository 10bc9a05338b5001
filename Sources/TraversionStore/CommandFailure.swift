import Bytes
import Files
import Glibc
import Ingest
import Segments
import Storage
import Traversion

/// How the process ends.
enum ExitCode: Int32 {
    case success = 0
    /// The command line is wrong.
    case usage = 2
    /// The input is not what it should be: a damaged segment, a line that is no event.
    case damaged = 3
    /// The operating system refused something.
    case inputOutput = 4
    /// What had to go is not all gone.
    case remaining = 5
    case interrupted = 130
    /// Whoever read the output stopped; shells show processes that the signal ended so.
    case brokenPipe = 141
}

/// Why a command stopped.
struct CommandFailure: Error, Equatable {
    var exitCode: ExitCode
    /// What is wrong and what to do; nil when there is nobody to tell.
    var message: String?

    init(_ exitCode: ExitCode, _ message: String?) {
        self.exitCode = exitCode
        self.message = message
    }

    static func usage(_ message: String) -> CommandFailure { CommandFailure(.usage, message) }

    init(_ error: FileError) {
        if error.errorNumber == EPIPE {
            self.init(.brokenPipe, nil)
            return
        }
        let remedy =
            switch error.kind {
            case .notFound: "; check the path"
            case .permission: "; check who may read and write there"
            case .noSpace: "; make room and run the command again"
            case .wrongType: "; give the path of a file"
            default: ""
            }
        self.init(error.kind == .damaged ? .damaged : .inputOutput, "\(error)\(remedy)")
    }

    init(_ error: SegmentError, _ path: String) {
        switch error {
        case .damaged(let damage):
            let what = damage.kind == .unsupported ? "needs a newer reader" : "is damaged or no segment"
            self.init(.damaged, "\(path) \(what): byte \(damage.byteOffset): \(damage.reason)")
        case .io(let text): self.init(.inputOutput, text)
        case .invalid(let text): self.init(.usage, text)
        }
    }

    init(_ error: StoreError) {
        switch error {
        case .file(let error): self.init(error)
        case .cancelled: self.init(.interrupted, "interrupted")
        case .segment(let path, let error): self.init(error, path)
        case .damaged: self.init(.damaged, "\(error); run '\(Tool.name) verify'")
        case .notAStore:
            self.init(.usage, "\(error); make one with '\(Tool.name) init', or name another with --store")
        case .occupied: self.init(.usage, "\(error)")
        case .invalid, .conflict, .readOnly: self.init(.inputOutput, "\(error)")
        }
    }

    init(_ error: EngineError) {
        switch error {
        case .store(let error): self.init(error)
        case .query, .notOpenForAppends: self.init(.usage, "\(error)")
        // The text begins with the name of the setting, which is that of the option.
        case .invalid(let text): self.init(.usage, "option --\(text)")
        case .cancelled: self.init(.interrupted, "interrupted")
        }
    }

    init(_ error: IngestFailure) {
        switch error {
        case .input(let error): self.init(error)
        case .store(let error): self.init(error)
        case .stopped:
            self.init(.interrupted, "interrupted; what was committed stands, and running it again goes on from there")
        }
    }

    init(_ error: IngestError) {
        switch error {
        case .line(let line): self.init(.damaged, "\(line)")
        case .file(let file): self.init(file)
        case .unknownFormat(let path):
            self.init(.damaged, "cannot tell the format of \(path); say it with --format: \(InputFormat.names)")
        }
    }
}
