import Files
import TimeQL
import Traversion

/// `query`: answers a question in TimeQL.
enum StoreQuery {
    static let command = Command(
        words: ["query"], summary: "answers a question in TimeQL, such as 'TIMELINE LAST 1 hour COUNT BY service'",
        arguments: [.init(name: "QUERY", help: "the question, as one argument; - reads it from standard input")],
        options: [
            StoreOptions.store,
            .init(
                name: "--format", valueName: "FORMAT",
                help: "how numbers are shown: \(AnswerFormat.names)\n(default: table on a terminal, else ndjson);"
                    + " events are lines of JSON always"),
            .init(
                name: "--now", valueName: "TIME",
                help: "what 'now' is: a time, or end for that of the newest event\n(default: the time of the clock)"),
            Invocation.timeZoneOption,
            .init(
                name: "--param", valueName: "NAME=VALUE", help: "the value of $NAME in the question", isRepeated: true),
            .init(name: "--threads", valueName: "N", help: "threads that work at once (default: 2)"),
            .init(
                name: "--memory", valueName: "SIZE",
                help: "the most memory that the answer may take while it is made (default: 256M)"),
            .init(name: "--repeat", valueName: "N", help: "asks N times; the last answer is shown"),
            .init(
                name: "--cache", valueName: nil,
                help: "with --repeat: uses again what segments gave the time before (figures are made without)"),
            .init(
                name: "--timing", valueName: nil,
                help: "tells on standard error how long it took: the first time, and of all times the middle"),
        ], run: run)

    /// The longest question that is read; the parser tells that longer ones are too long.
    private static let byteLimit = 1 << 21

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let text = try text(invocation.arguments[0])
        let format = try AnswerFormat(option: invocation.options["--format"])
        // A mistake in the question is told whether there is a store or not.
        do { _ = try Query(text) } catch { throw CommandFailure(.query(error, statement: text)) }
        let session = try Session(invocation)
        let repeats = max(1, try invocation.count("--repeat") ?? 1)
        var timing = QueryTiming()
        for turn in 0..<repeats {
            let isLast = turn == repeats - 1
            var notes: [String] = []
            try timing.measure { () throws(CommandFailure) in
                notes = try session.answer(text, format) { (bytes) throws(FileError) in
                    // Only one of the answers is shown.
                    if isLast { try LocalFileSystem.standardOutput().append(bytes) }
                }
            }
            if isLast { for note in notes { Console.printError("note: \(note)") } }
        }
        if invocation.has("--timing") { Console.printError(timing.line) }
    }

    /// A store that is open, and how questions are asked of it.
    private struct Session {
        let view: StoreView
        let parameters: [String: String]
        let settings: QuerySettings

        init(_ invocation: Invocation) throws(CommandFailure) {
            let store = try StoreOptions.open(invocation)
            do { view = try Engine(store).view() } catch { throw CommandFailure(error) }
            parameters = try StoreQuery.parameters(invocation)
            var settings = QuerySettings()
            if let threads = try invocation.count("--threads") {
                guard (1...64).contains(threads) else { throw .usage("option --threads needs a number from 1 to 64") }
                settings.threadCount = threads
            }
            if let memory = try invocation.size("--memory") { settings.memoryByteLimit = memory }
            settings.usesResultCache = invocation.has("--cache")
            settings.now = try StoreQuery.now(invocation, parameters)
            if let zone = invocation.options["--timezone"] { settings.timeZone = zone }
            Interruption.listen()
            settings.isInterrupted = { Interruption.isWanted }
            self.settings = settings
        }

        /// Shows the answer, and gives what people should know of it.
        func answer(
            _ text: String, _ format: AnswerFormat, _ write: ([UInt8]) throws(FileError) -> Void
        ) throws(CommandFailure) -> [String] {
            var result: QueryResult
            do { result = try view.query(text, parameters: parameters, options: settings) } catch {
                throw CommandFailure(error)
            }
            let shown: String
            switch result.answer {
            case .table(let table): shown = format.text(of: table, width: Console.width)
            case .graph(let graph): shown = try format.text(of: graph, width: Console.width)
            case .plan(let plan): shown = format.text(of: plan, width: Console.width)
            case .events:
                while let lines = try next(of: &result) {
                    do { try write(lines) } catch { throw CommandFailure(error) }
                }
                return []
            }
            do { try write(Array(shown.utf8)) } catch { throw CommandFailure(error) }
            return result.notes
        }

        private func next(of result: inout QueryResult) throws(CommandFailure) -> [UInt8]? {
            do { return try result.nextLines() } catch { throw CommandFailure(error) }
        }
    }

    private static func text(_ argument: String) throws(CommandFailure) -> String {
        guard argument == "-" else { return argument }
        do {
            return String(decoding: try LocalFileSystem().stream("-").read(upTo: byteLimit), as: UTF8.self)
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func parameters(_ invocation: Invocation) throws(CommandFailure) -> [String: String] {
        var parameters: [String: String] = [:]
        for parameter in invocation.lists["--param"] ?? [] {
            let sides = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[0].isEmpty else { throw .usage("option --param needs NAME=VALUE") }
            parameters[String(sides[0])] = String(sides[1])
        }
        return parameters
    }

    private static func now(
        _ invocation: Invocation, _ parameters: [String: String]
    ) throws(CommandFailure) -> QuerySettings.Now {
        let zone = try invocation.timeZone()
        guard let text = invocation.options["--now"] else { return .clock }
        if text == "end" { return .newestEvent }
        let context = TimeContext(now: Console.now, zone: zone, parameters: parameters)
        let time = TimeExpression(base: .text(text), offsets: [], range: SourceRange(0, text.utf8.count))
        do { return .time(try context.resolve(time)) } catch {
            throw .usage("option --now needs a time such as 2026-03-02T00:00:00Z, or end; '\(text)' is neither")
        }
    }
}
