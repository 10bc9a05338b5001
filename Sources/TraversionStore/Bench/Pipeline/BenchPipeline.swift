import Columns
import Files
import Traversion
import Workload

/// The whole way of made-up events through stores, each part by the command that users run.
struct BenchPipeline {
    private let folder: String
    private let eventCount: Int
    private let repeats: Int
    private(set) var report: BenchReport

    /// So many commits make the segments that `compact` merges.
    private static let commitCount = 10
    private static let readByteCount = 256 << 10

    init(_ folder: String, eventCount: Int, repeats: Int) {
        (self.folder, self.eventCount, self.repeats) = (folder, eventCount, repeats)
        report = BenchReport(eventCount: eventCount)
    }

    private var input: String { "\(folder)/events.ndjson" }
    private var store: String { "\(folder)/store" }

    mutating func run() throws(CommandFailure) {
        try step("generate", ["generate", "--events", "\(eventCount)", "--out", input])
        report.inputByteCount = try byteCount(of: input)
        try step("ingest", ["ingest", input, "--store", "\(folder)/ingested"], "\(folder)/ingested")
        try append("\(folder)/appended")
        // Those of one ingest are one segment of a window: nothing to merge.
        let commit = max(1, eventCount / Self.commitCount)
        _ = try ToolProcess.run(["ingest", input, "--store", store, "--commit-events", "\(commit)"])
        try step("compact", ["compact", "--store", store], store)
        try step("checkpoint", ["checkpoint", "--store", store])
        try ask("hot")
        try tier("warm", #"{"tiers": {"warmAfter": "0s", "coldAfter": "36500d"}}"#)
        try tier("cold", #"{"tiers": {"warmAfter": "0s", "coldAfter": "0s"}}"#)
        try ask("cold")
        try step("export", ["export", "--store", store])
        try step("verify", ["verify", "--store", store])
    }

    private mutating func step(
        _ name: String, _ arguments: [String], _ stored: String? = nil
    ) throws(CommandFailure) {
        tell(name)
        let usage = try ToolProcess.run(arguments).usage
        try add(name, usage, stored)
    }

    private mutating func add(_ name: String, _ usage: ProcessUsage, _ stored: String?) throws(CommandFailure) {
        let stored = try stored.map { path throws(CommandFailure) in try storedByteCount(path) }
        report.steps.append(
            BenchStep(name: name, usage: usage, eventCount: eventCount, storedByteCount: stored))
    }

    /// Live events, as fast as they go; then what has to be done until all of them are in segments.
    private mutating func append(_ path: String) throws(CommandFailure) {
        tell("append")
        let start = Console.ticks
        let process = try AppendProcess(path)
        let stream: any ByteStream
        do { stream = try LocalFileSystem().stream(input) } catch { throw CommandFailure(error) }
        while true {
            try Interruption.check()
            let bytes: [UInt8]
            do { bytes = try stream.read(upTo: Self.readByteCount) } catch { throw CommandFailure(error) }
            if bytes.isEmpty { break }
            var lineCount = 0
            for byte in bytes where byte == UInt8(ascii: "\n") { lineCount += 1 }
            try process.offer(bytes[...], count: lineCount, due: Console.ticks)
        }
        try process.waitForAll()
        var appended = ProcessUsage()
        (appended.elapsed, appended.processor) = (Console.ticks - start, process.processor)
        var sealed = try process.finish()
        appended.peakByteCount = sealed.peakByteCount
        sealed.elapsed -= appended.elapsed
        sealed.processor -= appended.processor
        try add("append", appended, nil)
        try add("seal", sealed, path)
    }

    private mutating func tier(_ name: String, _ settings: String) throws(CommandFailure) {
        try Self.write(settings, asSettingsOf: store)
        try step("tier, to \(name)", ["tier", "--store", store], store)
    }

    static func write(_ settings: String, asSettingsOf store: String) throws(CommandFailure) {
        let file = try SegmentFile.begin("\(store)/traversion.json", isForced: true)
        do { try file.append(Array(settings.utf8)) } catch { throw CommandFailure(error) }
        try SegmentFile.publish(file)
    }

    private mutating func ask(_ tier: String) throws(CommandFailure) {
        let middle = WorkloadOptions.usualStart + WorkloadOptions(eventCount: eventCount).length / 2
        guard let subjects = try BenchSubjects(in: store, from: middle, where: "eventType = 'error'") else {
            throw .usage("so few events have no error to ask about; give more --events")
        }
        for statement in BenchStatement.all(subjects) {
            tell("\(tier): \(statement.name)")
            report.answers.append(try BenchAnswer(statement, tier: tier, store: store, repeats: repeats))
        }
    }

    private func byteCount(of path: String) throws(CommandFailure) -> Int {
        do { return try LocalFileSystem().byteCount(of: path) } catch { throw CommandFailure(error) }
    }

    private func storedByteCount(_ path: String) throws(CommandFailure) -> Int {
        do { return try Engine(opening: path).statistics().byteCount } catch { throw CommandFailure(error) }
    }

    private func tell(_ text: String) { if Console.isWatched { Console.printError("bench: \(text)") } }
}
