import Execution
import Files
import TimeQL
import Times
import Traversion

/// A store that is open, and how questions are asked of it.
struct QuerySession {
    /// Options of every command that asks questions.
    static let options: [Command.Option] = [
        StoreOptions.store,
        .init(
            name: "--format", valueName: "FORMAT",
            help: "how the answer is shown: \(AnswerFormat.names)\n(default: table on a terminal, else ndjson);"
                + " json and ndjson show events whole"),
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
    ]

    private static let bytesAtOnce = 1 << 16
    /// What is kept of freed memory from question to question.
    private static let keptByteCount = 32 << 20

    let engine: Engine
    let parameters: [String: String]
    var settings: QuerySettings
    var format: AnswerFormat

    init(_ invocation: Invocation, _ engine: Engine) throws(CommandFailure) {
        FreedMemory.keep(byteCount: Self.keptByteCount)
        self.engine = engine
        format = try AnswerFormat(option: invocation.options["--format"])
        parameters = try Self.parameters(invocation)
        var settings = QuerySettings()
        if let threads = try invocation.count("--threads") {
            guard (1...64).contains(threads) else { throw .usage("option --threads needs a number from 1 to 64") }
            settings.threadCount = threads
        }
        if let memory = try invocation.size("--memory") { settings.memoryByteLimit = memory }
        if let zone = invocation.options["--timezone"] { settings.timeZone = zone }
        settings.isInterrupted = { Interruption.isWanted }
        self.settings = settings
        // Tells an unknown zone with its option.
        _ = try invocation.timeZone()
        if let now = invocation.options["--now"] { try setNow(now) }
    }

    /// What `now` is from now on: a time, or `end`, or `clock`.
    mutating func setNow(_ text: String) throws(CommandFailure) {
        if text == "end" {
            settings.now = .newestEvent
            return
        }
        if text == "clock" {
            settings.now = .clock
            return
        }
        let zone = TimeZoneRules(settings.timeZone, files: SegmentFile.fileSystem) ?? .utc
        let context = TimeContext(now: Console.now, zone: zone, parameters: parameters)
        let time = TimeExpression(base: .text(text), offsets: [], range: SourceRange(0, text.utf8.count))
        do { settings.now = .time(try context.resolve(time)) } catch {
            throw .usage("--now needs a time such as 2026-03-02T00:00:00Z, or end; '\(text)' is neither")
        }
    }

    /// Answers as the format has it, and gives what people should know of the answer. What a view holds stays the same
    /// from one question to the next.
    func answer(
        _ text: String, over view: StoreView, _ write: ([UInt8]) throws(FileError) -> Void
    ) throws(CommandFailure) -> [String] {
        var result: QueryResult
        do { result = try view.query(text, parameters: parameters, options: settings) } catch {
            throw CommandFailure(error)
        }
        let shown: [UInt8]
        switch result.answer {
        case .table(let table) where format == .ndjson:
            try table.writeJSONLines(threadCount: settings.threadCount) { (lines) throws(CommandFailure) in
                try show(lines, write)
            }
            return result.notes
        case .table(let table) where table.rowCount == 0 && format == .table:
            return result.notes + [try nothingFound(text, in: view)]
        case .table(let table): shown = Array(format.text(of: table, width: Console.width).utf8)
        case .graph(let graph): shown = Array(try format.text(of: graph, width: Console.width).utf8)
        case .plan(let plan): shown = Array(format.text(of: plan, width: Console.width).utf8)
        case .events(let events):
            let count = try show(&result, columns: events.columns, write)
            return count == 0 && format == .table ? result.notes + [try nothingFound(text, in: view)] : result.notes
        }
        for start in stride(from: 0, to: shown.count, by: Self.bytesAtOnce) {
            try show(Array(shown[start..<min(start + Self.bytesAtOnce, shown.count)]), write)
        }
        return result.notes
    }

    /// Whether a question names times that are counted from now.
    private static func countsFromNow(_ text: String) -> Bool {
        let words: Set = ["last", "ago", "now", "today", "yesterday", "same"]
        return text.lowercased().split(whereSeparator: { !$0.isLetter }).contains { words.contains(String($0)) }
    }

    /// For people: an empty screen does not tell a question about the wrong time from one that has no answer.
    private func nothingFound(_ text: String, in view: StoreView) throws(CommandFailure) -> String {
        let newest: Int64?
        do { newest = try view.newestEventTime() } catch { throw CommandFailure(error) }
        guard let newest else { return "nothing was found: there are no events" }
        var time: [UInt8] = []
        AnswerTable.Cell.append(time: newest, to: &time)
        var note = "nothing was found; the newest event is of \(String(decoding: time, as: UTF8.self))"
        if case .clock = settings.now, Self.countsFromNow(text) {
            note += ", and --now end (in the shell \\now end) counts from there"
        }
        return note
    }

    /// Whoever has seen enough of a long answer need not see its end.
    func show(_ bytes: [UInt8], _ write: ([UInt8]) throws(FileError) -> Void) throws(CommandFailure) {
        if settings.isInterrupted() { throw CommandFailure(.interrupted, "interrupted") }
        do { try write(bytes) } catch { throw CommandFailure(error) }
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
}
