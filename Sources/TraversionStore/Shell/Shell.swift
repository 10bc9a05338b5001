import Bytes
import Files
import Glibc
import TimeQL
import Traversion

/// `shell`: asks one question after another.
struct Shell {
    static let command = Command(
        words: ["shell"], summary: "asks questions one after another, each of which ends with a semicolon",
        arguments: [], options: QuerySession.options, run: start)

    private static func start(_ invocation: Invocation) throws(CommandFailure) {
        let store = try StoreOptions.open(invocation)
        let engine: Engine
        do { engine = try Engine(store) } catch { throw CommandFailure(error) }
        var shell = Shell(try QuerySession(invocation, engine))
        Interruption.listenAlways()
        if isatty(STDIN_FILENO) == 1 { shell.converse() } else { try shell.readAll() }
    }

    private static let help = """
        Questions are TimeQL (Docs/TimeQL.md), end with a semicolon and may take several lines:
          STATE AT 'now' WHERE service = 'api-gateway';
          TIMELINE LAST 1 hour WHERE error_occurred COUNT BY service;
          EXPLAIN TIMELINE WHERE message CONTAINS 'timeout' COUNT;
        Control-C stops a question that runs, and gives up one that is being written. Tab completes keywords, fields
        and, within quotes, services.
          \\format [FORMAT]   how answers are shown: \(AnswerFormat.names)
          \\now [TIME]        what 'now' is: a time, end for that of the newest event, or clock
          \\timing            tells how long each answer took, or no longer
          \\help              this
          \\quit              ends, as Control-D does
        """

    private var session: QuerySession
    private var tellsTiming = false
    private var buffer = StatementBuffer()

    init(_ session: QuerySession) { self.session = session }

    // MARK: A terminal

    private mutating func converse() {
        let completion = LineEditor.Completion()
        guard let editor = LineEditor(completion: completion) else { return }
        var words: WordCompletion?
        let session = session
        completion.complete = { line in
            let known = words ?? Self.words(session)
            words = known
            let (insertion, choices) = known.complete(line)
            guard insertion.isEmpty, choices.count > 1 else { return insertion }
            let shown = choices.prefix(100).joined(separator: "  ")
            Console.printError("\n" + shown + (choices.count > 100 ? "  … \(choices.count - 100) more" : ""))
            return nil
        }
        Console.printError("\\help tells what there is; \\quit ends.")
        var entry = ""
        while true {
            switch editor.read(prompt: buffer.isOpen ? "        ...> " : "traversion> ") {
            case .end: return Console.printError("")
            case .givenUp:
                buffer = StatementBuffer()
                entry = ""
            case .text(let line):
                entry += (entry.isEmpty ? "" : entry.contains("--") ? "\n" : " ") + line
                guard take(line) else { return }
                if !buffer.isOpen {
                    if !entry.allSatisfy(\.isWhitespace) { editor.remember(entry) }
                    entry = ""
                }
            }
        }
    }

    private static func words(_ session: QuerySession) -> WordCompletion {
        var words = WordCompletion(fields: [], services: [])
        guard let view = try? session.engine.view() else { return words }
        words.fields = (try? view.fieldNames()) ?? []
        if var services = try? view.query("TIMELINE COUNT BY service TOP 1000 BY COUNT") {
            while let row = try? services.next() {
                if case .text(let name) = row[0] { words.services.append(name) }
            }
        }
        words.services.sort()
        return words
    }

    // MARK: A pipe

    /// All statements of standard input, the last perhaps without a semicolon. It goes on behind mistakes, and ends with
    /// the first.
    private mutating func readAll() throws(CommandFailure) {
        var first: CommandFailure?
        reading: while let line = readLine() {
            for statement in statements(line) {
                do { try run(statement) } catch {
                    if error.exitCode == .success { break reading }
                    if error.exitCode == .brokenPipe || error.exitCode == .interrupted { throw error }
                    Console.printError(error.message ?? "")
                    first = first ?? CommandFailure(error.exitCode, nil)
                }
            }
        }
        if let statement = buffer.finish() { try run(statement) }
        if let first { throw first }
    }

    // MARK: Lines

    /// Does what a line completes; false when it was the last.
    private mutating func take(_ line: String) -> Bool {
        for statement in statements(line) {
            // What came while nothing ran is about nothing.
            Interruption.forget()
            do {
                try run(statement)
            } catch {
                if error.exitCode == .success { return false }
                if let message = error.message { Console.printError(message) }
            }
        }
        return true
    }

    /// The statements that end in a line; a command of the shell is one by itself.
    private mutating func statements(_ line: String) -> [String] {
        if !buffer.isOpen, line.drop(while: \.isWhitespace).first == "\\" { return [line] }
        return buffer.add(line: line)
    }

    private mutating func run(_ statement: String) throws(CommandFailure) {
        if statement.drop(while: \.isWhitespace).first == "\\" { return try runCommand(statement) }
        let view: StoreView
        do { view = try session.engine.view() } catch { throw CommandFailure(error) }
        var timing = QueryTiming()
        let session = session
        var notes: [String] = []
        try timing.measure { () throws(CommandFailure) in
            notes = try session.answer(statement, over: view) { (bytes) throws(FileError) in
                try LocalFileSystem.standardOutput().append(bytes)
            }
        }
        for note in notes { Console.printError("note: \(note)") }
        if tellsTiming { Console.printError(timing.line) }
    }

    private mutating func runCommand(_ line: String) throws(CommandFailure) {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let argument = words.count > 1 ? words[1].split(separator: " ").joined(separator: " ") : nil
        switch words[0].drop(while: \.isWhitespace) {
        case "\\help", "\\h", "\\?": Console.printError(Self.help)
        case "\\quit", "\\q", "\\exit": throw CommandFailure(.success, nil)
        case "\\timing":
            tellsTiming.toggle()
            Console.printError("timing is \(tellsTiming ? "on" : "off")")
        case "\\format":
            if let argument { session.format = try AnswerFormat(option: argument) }
            Console.printError("the format is \(session.format.rawValue)")
        case "\\now":
            try session.setNow(argument ?? "clock")
            Console.printError("now is \(argument ?? "clock")")
        default:
            let names = ["\\help", "\\quit", "\\timing", "\\format", "\\now"]
            throw .usage("unknown command '\(words[0])'\(suggestion(words[0], names)); \\help lists the commands")
        }
    }
}
