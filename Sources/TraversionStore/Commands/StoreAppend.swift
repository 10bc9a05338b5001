import Files
import Ingest
import Storage
import Traversion

/// `append`: live events into a store, each durable when it is acknowledged.
struct StoreAppend {
    static let command = Command(
        words: ["append"],
        summary: "appends events from standard input to a store, durable and to be read at once",
        arguments: [],
        options: [
            StoreOptions.store,
            .init(
                name: "--batch", valueName: "COUNT",
                help: "the most events that are made durable together (default: 1000); none is waited for"),
            .init(
                name: "--map", valueName: "FIELD=PATH,...",
                help: "where the events have a field: timestamp=@timestamp,service=app.name\n(common names are known)"),
            StoreOptions.mask,
            .init(
                name: "--seal-after", valueName: "SECONDS",
                help: "the longest that events stand in the log before they are put into segments\n(default: 60)"),
            .init(
                name: "--json", valueName: nil,
                help: "prints a line of JSON for each acknowledgement, and one at the end"),
        ]
    ) { (invocation) throws(CommandFailure) in
        var command = try StoreAppend(invocation)
        try command.run()
    }

    private static let readByteCount = 256 << 10

    private let engine: Engine
    private let isJSON: Bool
    private let batchCount: Int
    private let start = Console.ticks
    private var eventCount = 0
    private var rejectCount = 0
    private var lineCount = 0
    private var maskedCounts: [MaskKind: Int] = [:]
    /// What was read and not yet appended.
    private var buffer: [UInt8] = []

    private init(_ invocation: Invocation) throws(CommandFailure) {
        isJSON = invocation.has("--json")
        batchCount = max(1, try invocation.count("--batch") ?? 1000)
        let sealAfter = try invocation.number("--seal-after", in: 0.1...86_400)
        let settings = AppendSettings(
            mask: invocation.options["--mask"], fields: invocation.options["--map"],
            nanosecondsUntilSealed: sealAfter.map { Int64($0 * 1e9) })
        let store = try StoreOptions.openOrCreate(invocation)
        do { engine = try Engine(store, for: .appending(settings)) } catch { throw CommandFailure(error) }
        if let recovery = engine.recovery { Self.tell(recovery) }
    }

    /// What an appender that died has left.
    static func tell(_ recovery: LogRecovery.Result) {
        for fault in recovery.faults {
            Console.printError("damaged: \(fault); '\(Tool.name) repair' saves what can be read")
        }
        if recovery.logCount > 0 {
            Console.printError("recovered \(Quantity.count(recovery.eventCount)) events from the log")
        }
    }

    private mutating func run() throws(CommandFailure) {
        Interruption.listen()
        do throws(CommandFailure) {
            try takeAll()
        } catch {
            // What was acknowledged is told whatever happens.
            try? summarize()
            try? engine.close()
            throw error
        }
        do throws(EngineError) { try engine.close() } catch { throw CommandFailure(error) }
        try summarize()
    }

    private mutating func takeAll() throws(CommandFailure) {
        let input: any ByteStream
        do { input = try LocalFileSystem().stream("-") } catch { throw CommandFailure(error) }
        while StandardInput.isReady() {
            let before = buffer.count
            do throws(FileError) {
                let more = try [UInt8](capacity: Self.readByteCount) { (output) throws(FileError) in
                    try input.readSome(into: &output)
                }
                buffer += more
            } catch {
                throw CommandFailure(error)
            }
            let isAtEnd = buffer.count == before
            try takeLines(isAtEnd: isAtEnd)
            if isAtEnd { return }
        }
    }

    /// Appends all whole lines that are there.
    private mutating func takeLines(isAtEnd: Bool) throws(CommandFailure) {
        var start = 0
        var count = 0
        var next = 0
        while next < buffer.count {
            let end = buffer[next...].firstIndex(of: UInt8(ascii: "\n"))
            if end == nil, !isAtEnd { break }
            next = end.map { $0 + 1 } ?? buffer.count
            count += 1
            if count == batchCount {
                try append(buffer[start..<next])
                (start, count) = (next, 0)
            }
        }
        if count > 0 { try append(buffer[start..<next]) }
        buffer.removeFirst(next)
        guard buffer.count <= LiveAppender.batchByteLimit else {
            throw CommandFailure(.damaged, "line \(lineCount + 1) is longer than \(LiveAppender.batchByteLimit) bytes")
        }
    }

    private mutating func append(_ lines: ArraySlice<UInt8>) throws(CommandFailure) {
        let acknowledgement: Acknowledgement
        do { acknowledgement = try engine.append(Array(lines)) } catch { throw CommandFailure(error) }
        for line in acknowledgement.rejected {
            Console.printError("line \(lineCount + line.index + 1) is no event: \(line.reason)")
        }
        lineCount += lines.count { $0 == UInt8(ascii: "\n") }
        eventCount += acknowledgement.eventCount
        rejectCount += acknowledgement.rejected.count
        maskedCounts.merge(acknowledgement.maskedCounts, uniquingKeysWith: +)
        guard isJSON else { return }
        var line = JSONLine()
        line.add("events", acknowledgement.eventCount)
        line.add("rejects", acknowledgement.rejected.count)
        if let first = acknowledgement.firstSequence { line.add("firstSequence", first) }
        line.add("storedAt", acknowledgement.storedAt)
        try Console.print(line.text)
    }

    private func summarize() throws(CommandFailure) {
        let elapsed = Console.ticks - start
        if isJSON {
            var line = JSONLine()
            line.add("allEvents", eventCount)
            line.add("allRejects", rejectCount)
            line.add("nanoseconds", elapsed)
            line.add("masked", maskedCounts.values.reduce(0, +))
            return try Console.print(line.text)
        }
        let rate = Int(Double(eventCount) / max(Double(elapsed) / 1e9, 1e-9))
        let rejects = rejectCount > 0 ? ", \(Quantity.count(rejectCount)) lines were no events" : ""
        try Console.print(
            "\(Quantity.count(eventCount)) events acknowledged\(rejects), \(Quantity.seconds(elapsed)), "
                + "\(Quantity.count(rate)) events/s")
        if !maskedCounts.isEmpty { try Console.print("masked \(Quantity.masked(maskedCounts))") }
    }
}
