import Ingest
import Storage

/// `compact`, `tier`, `retain` and `checkpoint`: what cron runs.
enum StoreJobs {
    static let compact = job(
        "compact",
        "merges small segments, makes missing indexes, and seals what appenders that died have left in the log"
    ) { (store, budget, config, observer) throws(StoreError) in
        StoreAppend.tell(try LogRecovery.run(store))
        return try store.compact(budget, observer: observer)
    }

    static let tier = job(
        "tier", "rewrites segments of windows that are over smaller: hot, warm, cold"
    ) { (store, budget, config, observer) throws(StoreError) in
        try store.moveTiers(
            budget, policy: config.tiers, sampling: config.sampling, keepingStateBy: config.state, observer: observer)
    }

    static let retain = job(
        "retain", "removes events that have to be kept no longer"
    ) { (store, budget, config, observer) throws(StoreError) in
        try store.retain(config.retention, keepingStateBy: config.state, budget, observer: observer)
    }

    static let checkpoint = job(
        "checkpoint", "writes down what was true and what has changed since, so that STATE is answered at once"
    ) { (store, budget, config, observer) throws(StoreError) in
        try store.checkpoint(config.state, budget, observer: observer)
    }

    /// What all jobs take.
    static let options: [Command.Option] = [
        StoreOptions.store,
        .init(name: "--memory", valueName: "SIZE", help: "the most memory to use (default: 256M; at least 64M)"),
        .init(name: "--io", valueName: "SIZE", help: "the most bytes to read and write a second"),
        .init(name: "--verbose", valueName: nil, help: "tells of each step on standard error", shortName: "-v"),
        SegmentFile.jsonOption,
    ]

    static func budget(_ invocation: Invocation) throws(CommandFailure) -> JobBudget {
        var budget = JobBudget.standard
        if let memory = try invocation.size("--memory") { budget = JobBudget(memoryByteCount: memory) }
        budget.inputOutputRate = try invocation.size("--io")
        return budget
    }

    private typealias Job =
        @Sendable (Store, JobBudget, StoreConfig, Store.Observer) throws(StoreError) -> JobReport?

    private static func job(_ name: String, _ summary: String, _ run: @escaping Job) -> Command {
        Command(
            words: [name], summary: summary, arguments: [],
            options: options
        ) { (invocation) throws(CommandFailure) in
            let budget = try budget(invocation)
            let store = try StoreOptions.open(invocation)
            let start = Console.ticks
            let isVerbose = invocation.has("--verbose")
            let report: JobReport?
            do throws(StoreError) {
                let config = try StoreConfig.read(store.paths, in: store.fileSystem)
                report = try run(store, budget, config) { step in
                    if isVerbose { Console.printError("\(name): \(step)") }
                }
            } catch {
                throw CommandFailure(error)
            }
            try tell(name, report, Console.ticks - start, isJSON: invocation.has("--json"))
        }
    }

    private static func tell(
        _ name: String, _ report: JobReport?, _ elapsed: Int64, isJSON: Bool
    ) throws(CommandFailure) {
        guard let report else {
            return try Console.print("\(name): another process does it; nothing to do here")
        }
        if isJSON {
            var line = JSONLine()
            line.add("job", name)
            line.add("merges", report.mergeCount)
            line.add("inputSegments", report.inputCount)
            line.add("outputSegments", report.outputCount)
            line.add("rows", report.rowCount)
            line.add("readBytes", report.readByteCount)
            line.add("writtenBytes", report.writtenByteCount)
            line.add("droppedSegments", report.droppedSegmentCount)
            line.add("droppedRows", report.droppedRowCount)
            line.add("keptState", report.keptStateCount)
            line.add("removedFiles", report.removedFileCount)
            line.add("indexes", report.indexCount)
            line.add("indexBytes", report.indexByteCount)
            line.add("keyframes", report.keyframeCount)
            line.add("keyframeBytes", report.keyframeByteCount)
            line.add("nanoseconds", elapsed)
            return try Console.print(line.text)
        }
        guard !report.didNothing else { return try Console.print("\(name): nothing to do") }
        var parts: [String] = []
        if report.mergeCount > 0 {
            parts.append(
                "\(report.inputCount) segments (\(Quantity.bytes(report.readByteCount))) -> \(report.outputCount) "
                    + "(\(Quantity.bytes(report.writtenByteCount))), \(Quantity.count(report.rowCount)) events")
        }
        if report.indexCount > 0 {
            parts.append("\(report.indexCount) indexes (\(Quantity.bytes(report.indexByteCount)))")
        }
        if report.keyframeCount > 0 {
            parts.append("\(report.keyframeCount) keyframes (\(Quantity.bytes(report.keyframeByteCount)))")
        }
        if report.checkpointedCount > 0 { parts.append("of \(report.checkpointedCount) new segments") }
        if report.droppedSegmentCount > 0 { parts.append("\(report.droppedSegmentCount) segments dropped") }
        if report.droppedRowCount > 0 { parts.append("\(Quantity.count(report.droppedRowCount)) events removed") }
        if report.keptStateCount > 0 {
            parts.append("state of \(Quantity.count(report.keptStateCount)) events kept")
        }
        if report.removedFileCount > 0 { parts.append("\(report.removedFileCount) files removed") }
        try Console.print("\(name): \(parts.joined(separator: ", ")), \(Quantity.seconds(elapsed))")
    }
}
