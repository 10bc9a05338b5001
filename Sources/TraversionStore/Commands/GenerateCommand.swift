import Columns
import Files
import Workload

/// `generate`: events of a made-up fleet, to try things with.
enum GenerateCommand {
    static let command = Command(
        words: ["generate"], summary: "makes up the events of a fleet of services, with incidents whose cause is known",
        arguments: [],
        options: [
            .init(name: "--events", valueName: "COUNT", help: "how many events (default: 1000000)"),
            .init(name: "--seed", valueName: "NUMBER", help: "the same seed gives the same bytes (default: 42)"),
            .init(
                name: "--rate", valueName: "COUNT",
                help: "events of one second of the fleet's time (default: 115)"),
            .init(
                name: "--start", valueName: "TIME",
                help: "when the fleet's time begins (default: 2026-03-02T00:00:00Z)"),
            .init(name: "--incidents", valueName: "COUNT", help: "how many incidents (default: one in ten minutes)"),
            .init(
                name: "--late", valueName: "SHARE",
                help: "the share of events that arrive late, up to ten minutes (default: 0.03)"),
            .init(name: "--out", valueName: "FILE", help: "where the events go (default: standard output)"),
            .init(
                name: "--truth", valueName: "FILE",
                help: "where it is written down what caused each incident, as JSON"),
            SegmentFile.forceOption,
        ], run: run)

    /// Where bytes go: a file that appears when it is whole, or standard output.
    private enum Output {
        case file(PendingFile)
        case standard(any WritableFile)

        func append(_ bytes: [UInt8]) throws(CommandFailure) {
            do {
                switch self {
                case .file(let file): try file.append(bytes)
                case .standard(let file): try file.append(bytes)
                }
            } catch {
                throw CommandFailure(error)
            }
        }

        func publish() throws(CommandFailure) {
            if case .file(let file) = self { try SegmentFile.publish(file) }
        }
    }

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        var workload = FleetWorkload(try options(invocation))
        let events = try output(invocation.options["--out"] ?? "-", invocation)
        let truth = try invocation.options["--truth"].map { path throws(CommandFailure) in
            try output(path, invocation)
        }
        Interruption.listen()
        var progress = Progress(totalByteCount: nil)
        defer { progress.clear() }
        while let bytes = workload.next() {
            try events.append(bytes)
            try Interruption.check()
            progress.update(byteCount: workload.byteCount, eventCount: workload.eventCount)
        }
        try truth?.append(workload.truth.json)
        try events.publish()
        try truth?.publish()
        progress.clear()
        Console.printError(
            "\(Quantity.count(workload.eventCount)) events, \(Quantity.bytes(workload.byteCount)),"
                + " \(workload.truth.incidents.count) incidents")
    }

    private static func options(_ invocation: Invocation) throws(CommandFailure) -> WorkloadOptions {
        var options = WorkloadOptions(eventCount: try invocation.count("--events") ?? 1_000_000)
        if let seed = try invocation.count("--seed") { options.seed = UInt64(seed) }
        if let rate = try invocation.number("--rate", in: 0.1...1_000_000) { options.eventsPerSecond = rate }
        if let start = try invocation.time("--start") { options.start = start }
        options.incidentCount = try invocation.count("--incidents")
        if let share = try invocation.number("--late", in: 0...1) { options.lateShare = share }
        guard options.isWithinTime else {
            throw .usage("so many events at this rate go beyond the year 2262; give a higher --rate or fewer --events")
        }
        return options
    }

    private static func output(_ path: String, _ invocation: Invocation) throws(CommandFailure) -> Output {
        if path != "-" { return .file(try SegmentFile.begin(path, isForced: invocation.has("--force"))) }
        do { return .standard(try LocalFileSystem.standardOutput()) } catch { throw CommandFailure(error) }
    }
}
