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
        ], run: run)

    /// The longest question that is read; the parser tells that longer ones are too long.
    private static let byteLimit = 1 << 21

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let text = try text(invocation.arguments[0])
        let format = try AnswerFormat(option: invocation.options["--format"])
        let query: Query
        do { query = try Query(text) } catch { throw failure(error, text) }
        let store = try StoreOptions.open(invocation)
        let snapshot: Snapshot
        do { snapshot = try store.snapshot() } catch { throw CommandFailure(error) }
        let context = try context(invocation, query, text, snapshot)
        let answer: Answer
        do {
            let config = try config(store)
            answer = try Answer(query, over: snapshot, context: context, mapping: config.state, units: config.units)
        } catch {
            switch error {
            case .query(let error): throw failure(error, text)
            case .store(let error): throw CommandFailure(error)
            }
        }
        switch answer {
        case .table(let table): try Console.write(format.text(of: table, width: Console.width))
        case .graph(let graph): try Console.write(format.text(of: graph, width: Console.width))
        case .events(var events):
            do throws(StoreError) {
                let output: any WritableFile
                do { output = try LocalFileSystem.standardOutput() } catch { throw .file(error) }
                try events.run { (lines) throws(FileError) in try output.append(lines) }
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    private static func config(_ store: Store) throws(ExecutionError) -> StoreConfig {
        do { return try StoreConfig.read(store.paths, in: store.fileSystem) } catch { throw .store(error) }
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
