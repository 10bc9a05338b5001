import Testing

@Suite("Events that are made up")
struct GenerateCommandTests {
    private let folder: ToolFolder

    init() throws { folder = try ToolFolder() }

    @Test("all of them are taken in, and the truth is beside them")
    func ingest() throws {
        let made = try folder.run("generate", "--events", "3000", "--out", "e.ndjson", "--truth", "truth.json")
        #expect(made.exitCode == 0, "\(made.errors)")
        let taken = try folder.run("ingest", "e.ndjson", "--json")
        #expect(taken.output.contains(#""rejects":0"#), "\(taken.output)")
        let count = try folder.run("query", "TIMELINE COUNT WHERE eventId EXISTS", "--format", "csv")
        #expect(count.lines.last?.hasSuffix("3000") == true, "\(count.output)")
    }

    @Test("standard output gets the same bytes as a file")
    func output() throws {
        let shown = try folder.run("generate", "--events", "500", "--seed", "7")
        _ = try folder.run("generate", "--events", "500", "--seed", "7", "--out", "e.ndjson")
        #expect(Array(shown.output.utf8) == (try folder.read("e.ndjson")))
        #expect(shown.lines.count == 500)
    }

    @Test(
        "what makes no sense is refused, and nothing is written",
        arguments: [("--rate", "0"), ("--late", "2"), ("--events", "-1"), ("--events", "900000000000000")])
    func refusals(option: String, value: String) throws {
        let run = try folder.run("generate", "--out", "e.ndjson", option, value)
        #expect(run.exitCode == 2)
        #expect(try folder.names.isEmpty)
    }
}
