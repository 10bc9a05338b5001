import Execution
import Files
import Storage
import TimeQL
import Traversion

/// `query`: answers a question in TimeQL.
enum StoreQuery {
    static let command = Command(
        words: ["query"], summary: "answers a question in TimeQL, such as 'TIMELINE LAST 1 hour COUNT BY service'",
        arguments: [.init(name: "QUERY", help: "the question, as one argument; - reads it from standard input")],
        options: QuerySession.options + [
            .init(
                name: "--file", valueName: "DUMP",
                help: "asks a dump of events in place of a store, in any format that ingest takes;\nseveral are asked"
                    + " as one. They are read once and kept, unmasked, as columns in a\ndirectory under $TMPDIR"
                    + " until the answer is there: about a tenth of their bytes, and\na second for each 100 MB or"
                    + " so. For more than a few questions make a store",
                isRepeated: true),
            .init(
                name: "--profile", valueName: "FILE",
                help: "writes what each thread did and when, for chrome://tracing or ui.perfetto.dev"),
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
        // A mistake in the question is told whether there is a store or not.
        do { _ = try Query(text) } catch { throw CommandFailure(.query(error, statement: text)) }
        Interruption.listen()
        guard let dumps = invocation.lists["--file"] else {
            return try answer(text, invocation, try StoreOptions.open(invocation))
        }
        guard !invocation.has("--store") else { throw .usage("--file and --store do not go together; give one") }
        let temporary = try TemporaryStore()
        defer { withExtendedLifetime(temporary) {} }
        for dump in dumps { try temporary.take(dump, timeZone: invocation.timeZone()) }
        try answer(text, invocation, temporary.store)
    }

    private static func answer(
        _ text: String, _ invocation: Invocation, _ store: Store
    ) throws(CommandFailure) {
        let engine: Engine
        do { engine = try Engine(store) } catch { throw CommandFailure(error) }
        var session = try QuerySession(invocation, engine)
        let profile = invocation.options["--profile"].map { QueryProfile($0) }
        session.settings.recorder = profile?.recorder
        session.settings.usesResultCache = invocation.has("--cache")
        let view: StoreView
        do { view = try engine.view() } catch { throw CommandFailure(error) }
        let repeats = max(1, try invocation.count("--repeat") ?? 1)
        var timing = QueryTiming()
        for turn in 0..<repeats {
            let isLast = turn == repeats - 1
            var notes: [String] = []
            let start = profile?.recorder.now ?? 0
            try timing.measure { () throws(CommandFailure) in
                notes = try session.answer(text, over: view) { (bytes) throws(FileError) in
                    // Only one of the answers is shown.
                    if isLast { try LocalFileSystem.standardOutput().append(bytes) }
                }
            }
            if isLast { for note in notes { Console.printError("note: \(note)") } }
            profile?.recorder.add("query", from: start)
        }
        try profile?.write()
        if invocation.has("--timing") { Console.printError(timing.line) }
    }

    private static func text(_ argument: String) throws(CommandFailure) -> String {
        guard argument == "-" else { return argument }
        do {
            return String(decoding: try LocalFileSystem().stream("-").read(upTo: byteLimit), as: UTF8.self)
        } catch {
            throw CommandFailure(error)
        }
    }
}
