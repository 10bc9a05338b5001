import Files
import Ingest
import Storage
import Traversion
import Workload

/// `demo`: a store of one bad night, and the way from the error back to its cause.
enum DemoCommand {
    static let command = Command(
        words: ["demo"], summary: "makes a store of one bad night and walks back from the error to its cause",
        arguments: [],
        options: [
            .init(
                name: "--store", valueName: "DIR",
                help:
                    "where the store is made, to ask it more afterwards\n(default: a temporary folder, removed at the end)"
            ),
            .init(name: "--rate", valueName: "COUNT", help: "events of one second of the night (default: 115)"),
        ], run: run)

    /// Lines of an answer that are shown.
    private static let lineLimit = 12

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        Interruption.listen()
        let screen = DemoScreen()
        let temporary = invocation.has("--store") ? nil : try TemporaryFolder()
        let path = invocation.options["--store"] ?? temporary.map { "\($0.path)/store" } ?? ""
        defer { withExtendedLifetime(temporary) {} }

        let store = try StoreOptions.create(path, .day)
        let start = Console.ticks
        let rate = try invocation.number("--rate", in: 10...10_000) ?? 115
        let truth = try fill(store, NightStory.workload(eventsPerSecond: rate))
        let engine: Engine
        let statistics: StoreStatistics
        do {
            engine = try Engine(store)
            _ = try engine.checkpoint()
            statistics = try engine.statistics()
        } catch {
            throw CommandFailure(error)
        }
        try screen.title("One night, one store")
        try screen.tell(
            "\(Quantity.count(truth.eventCount)) events of \(truth.services.count) services on \(truth.hostCount) hosts,"
                + " 03:00 to 04:00: \(Quantity.bytes(truth.byteCount)) of JSON became"
                + " \(Quantity.bytes(statistics.byteCount)) in \(Quantity.seconds(Console.ticks - start)).")
        guard let incident = truth.incidents.last, let error = incident.furthestSample else {
            preconditionFailure("a night without an incident")
        }
        var wrongCount = 0
        for step in DemoStep.all(incident, error) where try !show(step, engine, screen) { wrongCount += 1 }
        try screen.title("The cause")
        try screen.tell(
            "\(incident.trigger?.eventType ?? "") \(incident.trigger?.detail ?? "") of \(incident.rootService), a"
                + " \(incident.fault.split(separator: "_").joined(separator: " ")); the last good moment was a second before it."
        )
        if temporary == nil {
            try screen.tell(
                "\nAsk more: \(Tool.name) query --store \(path) --now end 'TIMELINE LAST 10 minutes COUNT BY service'")
        } else {
            try screen.tell("\nTo ask more questions, keep the store: \(Tool.name) demo --store night")
        }
        if wrongCount > 0 {
            throw CommandFailure(
                .damaged, "\(wrongCount) answers are not what is known of the night; please report this")
        }
    }

    /// Makes the events and takes them in, and returns what is known of them.
    private static func fill(_ store: Store, _ night: FleetWorkload) throws(CommandFailure) -> WorkloadTruth {
        let stream = GeneratedStream(night)
        do throws(IngestFailure) {
            var options = StoreIngest.Options()
            options.format = .ndjson
            let ingest = try StoreIngest(store, options: options, isRepeatable: false) { () throws(FileError) in stream
            }
            try ingest.runWatched(totalByteCount: nil)
        } catch {
            throw CommandFailure(error)
        }
        return stream.workload.truth
    }

    /// Asks one question, and tells whether its answer is right.
    private static func show(
        _ step: DemoStep, _ engine: Engine, _ screen: DemoScreen
    ) throws(CommandFailure) -> Bool {
        try Interruption.check()
        try screen.title(step.title)
        try screen.tell(step.story)
        try screen.statement(step.statement)
        let table: AnswerTable
        let start = Console.ticks
        do {
            var result = try engine.query(step.statement)
            var rows: [[AnswerTable.Cell]] = []
            while let row = try result.next() { rows.append(row) }
            table = AnswerTable(columns: result.columns, rows: rows)
        } catch {
            throw CommandFailure(error)
        }
        let elapsed = Quantity.decimal(Double(Console.ticks - start) / 1e6, digits: 1)
        let shown = AnswerFormat.table.text(of: step.shown(of: table), width: Console.width - 2)
        try screen.answer(shown, limit: Self.lineLimit)
        let isRight = step.isTrue(table)
        try screen.check(isRight, "\(step.claim) (\(elapsed) ms)")
        return isRight
    }
}
