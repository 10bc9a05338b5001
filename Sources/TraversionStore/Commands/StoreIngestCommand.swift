import Files
import Ingest
import Storage

/// `ingest`: dumps of events into a store.
struct StoreIngestCommand {
    static let command = Command(
        words: ["ingest"], summary: "takes dumps of events into a store",
        arguments: [
            .init(
                name: "FILE", help: "a dump of events in any supported format, or - for standard input",
                isRepeated: true)
        ],
        options: [
            StoreOptions.store,
            .init(
                name: "--format", valueName: "FORMAT",
                help: "the input's format, found by looking when it is not given:\n\(InputFormat.names)"),
            .init(
                name: "--map", valueName: "FIELD=PATH,...",
                help: "where the events have a field: timestamp=@timestamp,service=app.name\n(common names are known)"),
            StoreOptions.mask,
            Invocation.timeZoneOption,
            .init(
                name: "--strict", valueName: nil, help: "stops at the first line that is no event, with nothing stored"),
            .init(name: "--again", valueName: nil, help: "takes a file in even if the store has it already"),
            .init(
                name: "--follow", valueName: nil,
                help: "goes on with what is written to the files, as tail -F does, until it is told to stop"),
            .init(
                name: "--commit-after", valueName: "SECONDS",
                help: "following: the longest that events wait to be stored (default: 10)"),
            .init(
                name: "--commit-events", valueName: "COUNT",
                help: "the most events that are stored at once (default: 4194304, following 262144)"),
            SegmentFile.jsonOption,
        ]
    ) { (invocation) throws(CommandFailure) in
        let command = try StoreIngestCommand(invocation)
        if invocation.has("--follow") { return try command.follow() }
        for input in invocation.arguments { try command.take(input) }
    }

    let invocation: Invocation
    let store: Store
    private(set) var options = StoreIngest.Options()

    private init(_ invocation: Invocation) throws(CommandFailure) {
        self.invocation = invocation
        options.format = try invocation.format()
        options.timeZone = try invocation.timeZone()
        options.isStrict = invocation.has("--strict")
        options.isAgain = invocation.has("--again")
        if invocation.has("--follow") { options.eventCountPerCommit = 1 << 18 }
        if let count = try invocation.count("--commit-events") { options.eventCountPerCommit = max(1, count) }
        if let seconds = try invocation.count("--commit-after") {
            options.nanosecondsPerCommit = Int64(min(seconds, 86_400)) * 1_000_000_000
        }
        store = try StoreOptions.openOrCreate(invocation)
        try readSettings()
        if options.isAgain { try warnOfForgotten() }
        Interruption.listen()
    }

    /// What was forgotten may stand in the input that is taken in once more.
    private func warnOfForgotten() throws(CommandFailure) {
        let forgets: [ForgetEntry]
        do { forgets = try store.snapshot().state.forgets } catch { throw CommandFailure(error) }
        guard !forgets.isEmpty else { return }
        Console.printError(
            "--again brings back what 'forget' has removed, as far as it is in the input; run 'forget' again afterwards"
        )
    }

    /// What the store's settings say, and before that what the command line says.
    private mutating func readSettings() throws(CommandFailure) {
        let config: StoreConfig
        do { config = try StoreConfig.read(store.paths, in: store.fileSystem) } catch { throw CommandFailure(error) }
        for (field, path) in config.fields {
            if let mistake = options.mapping.take("\(field)=\(path)") {
                throw .usage("\(store.paths.config), fields: \(mistake)")
            }
        }
        options.mask = config.mask
        if let text = invocation.options["--mask"], let mistake = options.mask.take(text) {
            throw .usage("option --mask: \(mistake)")
        }
        if let text = invocation.options["--map"], let mistake = options.mapping.take(text) {
            throw .usage("option --map: \(mistake)")
        }
    }

    private func take(_ input: String) throws(CommandFailure) {
        let fileSystem = LocalFileSystem()
        let total = input == "-" ? nil : try? fileSystem.byteCount(of: input)
        let ingest: StoreIngest
        let elapsed: Int64
        do throws(IngestFailure) {
            ingest = try StoreIngest(store, options: options, isRepeatable: input != "-") { () throws(FileError) in
                try fileSystem.stream(input)
            }
            elapsed = try ingest.runWatched(totalByteCount: total)
        } catch {
            throw CommandFailure(error)
        }
        try tell(input, ingest, elapsed: elapsed)
    }

    private func tell(_ input: String, _ ingest: StoreIngest, elapsed: Int64) throws(CommandFailure) {
        let summary = ingest.summary
        if invocation.has("--json") {
            var line = JSONLine()
            line.add("input", input)
            line.add("store", store.paths.root)
            line.add("format", ingest.format.rawValue)
            line.add("events", summary.eventCount)
            line.add("rejects", summary.rejectCount)
            line.add("segments", summary.segmentCount)
            line.add("inputBytes", summary.inputByteCount)
            line.add("knownBytes", summary.knownByteCount)
            line.add("segmentBytes", summary.segmentByteCount)
            line.add("nanoseconds", elapsed)
            line.add("masked", summary.maskedCounts.values.reduce(0, +))
            for kind in MaskKind.allCases {
                if let count = summary.maskedCounts[kind] { line.add("masked.\(kind.rawValue)", count) }
            }
            return try Console.print(line.text)
        }
        if let known = summary.known {
            let what = summary.inputByteCount == 0 ? "is in the store already" : "was in the store up to here"
            Console.printError(
                "\(input): \(Quantity.bytes(summary.knownByteCount)) \(what), as \(known.name)"
                    + (summary.inputByteCount == 0 ? "; --again takes it in once more" : ""))
        }
        let rate = Int(Double(summary.eventCount) / max(Double(elapsed) / 1e9, 1e-9))
        try Console.print(
            "\(input): \(Quantity.count(summary.eventCount)) events, \(Quantity.bytes(summary.inputByteCount)) -> "
                + "\(summary.segmentCount) segments, \(Quantity.bytes(summary.segmentByteCount)), "
                + "\(Quantity.seconds(elapsed)), \(Quantity.count(rate)) events/s")
        if !summary.maskedCounts.isEmpty {
            try Console.print("\(input): masked \(Quantity.masked(summary.maskedCounts))")
        }
        if let path = summary.rejectsPath {
            Console.printError("\(Quantity.rejects(summary.rejectCount)): see \(path)")
        }
    }
}
