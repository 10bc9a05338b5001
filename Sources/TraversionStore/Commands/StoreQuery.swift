import Execution
import Files
import Storage
import TimeQL
import Times

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
                name: "--timing", valueName: nil,
                help: "tells on standard error how long it took: the first time, and of all times the middle"),
        ], run: run)

    /// The longest question that is read; the parser tells that longer ones are too long.
    private static let byteLimit = 1 << 21

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let text = try text(invocation.arguments[0])
        let format = try AnswerFormat(option: invocation.options["--format"])
        let query: Query
        do { query = try Query(text) } catch { throw failure(error, text) }
        let session = try Session(invocation, query, text)
        let repeats = max(1, try invocation.count("--repeat") ?? 1)
        var timing = QueryTiming()
        for turn in 0..<repeats {
            let isLast = turn == repeats - 1
            try timing.measure { () throws(CommandFailure) in
                try session.answer(query, text, format) { (bytes) throws(FileError) in
                    // Only one of the answers is shown.
                    if isLast { try LocalFileSystem.standardOutput().append(bytes) }
                }
            }
        }
        if invocation.has("--timing") { Console.printError(timing.line) }
    }

    /// A store that is open, and how questions are asked of it.
    private struct Session {
        let pool: ReaderPool
        let context: TimeContext
        let config: StoreConfig
        let options: QueryOptions

        init(_ invocation: Invocation, _ query: Query, _ text: String) throws(CommandFailure) {
            let store = try StoreOptions.open(invocation)
            do throws(StoreError) {
                pool = ReaderPool(try store.snapshot())
                config = try StoreConfig.read(store.paths, in: store.fileSystem)
            } catch {
                throw CommandFailure(error)
            }
            context = try StoreQuery.context(invocation, query, text, pool.snapshot)
            var options = QueryOptions()
            if let threads = try invocation.count("--threads") {
                guard (1...64).contains(threads) else { throw .usage("option --threads needs a number from 1 to 64") }
                options.threadCount = threads
            }
            if let memory = try invocation.size("--memory") { options.memoryByteLimit = memory }
            Interruption.listen()
            options.isCancelled = { Interruption.isWanted }
            self.options = options
        }

        func answer(
            _ query: Query, _ text: String, _ format: AnswerFormat, _ write: ([UInt8]) throws(FileError) -> Void
        ) throws(CommandFailure) {
            let answer: Answer
            do {
                answer = try Answer(
                    query, over: pool, context: context, mapping: config.state, units: config.units, options: options)
            } catch {
                throw StoreQuery.failure(error, text)
            }
            let shown: String
            switch answer {
            case .table(let table): shown = format.text(of: table, width: Console.width)
            case .graph(let graph): shown = try format.text(of: graph, width: Console.width)
            case .events(var events):
                do { return try events.run(write) } catch { throw StoreQuery.failure(error, text) }
            }
            do { try write(Array(shown.utf8)) } catch { throw CommandFailure(error) }
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

    private static func failure(_ error: QueryError, _ text: String) -> CommandFailure {
        .usage(error.report(in: text))
    }

    private static func failure(_ error: ExecutionError, _ text: String) -> CommandFailure {
        switch error {
        case .query(let error): failure(error, text)
        case .store(let error): CommandFailure(error)
        case .cancelled: CommandFailure(.interrupted, "interrupted")
        }
    }

    private static func context(
        _ invocation: Invocation, _ query: Query, _ text: String, _ snapshot: Snapshot
    ) throws(CommandFailure) -> TimeContext {
        var context = TimeContext(now: Console.now, zone: try invocation.timeZone())
        for parameter in invocation.lists["--param"] ?? [] {
            let sides = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[0].isEmpty else { throw .usage("option --param needs NAME=VALUE") }
            context.parameters[String(sides[0])] = String(sides[1])
        }
        if let zone = query.timeZone {
            guard let rules = TimeZoneRules(zone.name, files: SegmentFile.fileSystem) else {
                let error = QueryError(
                    .name, "'\(zone.name)' is no time zone", at: zone.range,
                    hint: "give an offset such as +02:00, or a name such as Europe/Berlin")
                throw failure(error, text)
            }
            context.zone = rules
        }
        context.now = try now(invocation, context, snapshot)
        return context
    }

    private static func now(
        _ invocation: Invocation, _ context: TimeContext, _ snapshot: Snapshot
    ) throws(CommandFailure) -> Int64 {
        guard let text = invocation.options["--now"] else { return context.now }
        if text == "end" {
            do {
                // The end of a period is not in it, and the newest event is to be.
                return try snapshot.newestTime().map { $0 + 1 } ?? context.now
            } catch {
                throw CommandFailure(error)
            }
        }
        let time = TimeExpression(base: .text(text), offsets: [], range: SourceRange(0, text.utf8.count))
        do { return try context.resolve(time) } catch {
            throw .usage("option --now needs a time such as 2026-03-02T00:00:00Z, or end; '\(text)' is neither")
        }
    }
}
