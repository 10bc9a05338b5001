/// `bench`: what this machine takes for the whole way of events.
enum BenchCommand {
    static let command = Command(
        words: ["bench"],
        summary: "measures the whole way on this machine: ingest, append, jobs and every kind of question",
        arguments: [],
        options: [
            .init(
                name: "--events", valueName: "COUNT",
                help: "how many events, at least 1000 (default: 200000, which take about a minute);\nsee also"
                    + " '\(Tool.name) bench throughput --help'"),
            .init(
                name: "--repeat", valueName: "N",
                help: "asks each question N times in one process, and once in each of N / 3 others (default: 15)"),
            folderOption, SegmentFile.jsonOption,
        ], run: run)

    static let folderOption = Command.Option(
        name: "--folder", valueName: "DIR",
        help: "where the disk is that is measured; all that is written is removed at the end\n(default: $TMPDIR or"
            + " /tmp)")

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let count = try invocation.count("--events") ?? 200_000
        guard count >= 1000 else { throw .usage("option --events needs 1000 or more") }
        let repeats = try invocation.count("--repeat") ?? 15
        guard repeats >= 2 else { throw .usage("option --repeat needs 2 or more") }
        Interruption.listen()
        let folder = try TemporaryFolder(in: invocation.options["--folder"])
        defer { withExtendedLifetime(folder) {} }
        var pipeline = BenchPipeline(folder.path, eventCount: count, repeats: repeats)
        try pipeline.run()
        try Console.print(invocation.has("--json") ? pipeline.report.line.text : pipeline.report.text)
    }
}
