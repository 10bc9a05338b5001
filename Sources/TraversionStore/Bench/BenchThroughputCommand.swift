/// `bench throughput`: whether this machine holds a rate of live events, and which is the highest.
enum BenchThroughputCommand {
    static let command = Command(
        words: ["bench", "throughput"],
        summary: "appends live events at a rate, with questions and jobs beside them, and tells how that is held",
        arguments: [],
        options: [
            .init(name: "--rate", valueName: "COUNT", help: "events a second (default: 10000)"),
            .init(name: "--seconds", valueName: "SECONDS", help: "how long the rate is to be held (default: 60)"),
            .init(
                name: "--search", valueName: "SECONDS",
                help: "how long the highest rate that is held is looked for, afterwards (default: 30)"),
            BenchCommand.folderOption, SegmentFile.jsonOption,
        ], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let rate = Int(try invocation.number("--rate", in: 100...10_000_000) ?? 10_000)
        let seconds = try invocation.number("--seconds", in: 0.1...86_400) ?? 60
        let searchSeconds = try invocation.number("--search", in: 0...3_600) ?? 30
        Interruption.listen()
        let folder = try TemporaryFolder(in: invocation.options["--folder"])
        defer { withExtendedLifetime(folder) {} }
        var bench = BenchThroughput(folder.path, rate: rate, seconds: seconds)
        try bench.run(searchSeconds: searchSeconds)
        let text = invocation.has("--json") ? bench.report.line?.text : bench.report.text
        if let text { try Console.print(text) }
        if Interruption.isWanted { throw CommandFailure(.interrupted, "interrupted; the figures are of what was done") }
    }
}
