import Testing

@Suite("The demo")
struct DemoCommandTests {
    @Test("every answer is what the truth says, and the store can be asked afterwards")
    func walk() throws {
        let folder = try ToolFolder()
        let run = try folder.run("demo", "--store", "night", "--rate", "25")
        #expect(run.exitCode == 0, "\(run.errors)\n\(run.output)")
        #expect(run.lines.filter { $0.contains("✓") }.count == 6)
        #expect(!run.output.contains("\u{1B}"))
        let count = try folder.run("query", "TIMELINE COUNT", "--store", "night", "--format", "csv")
        #expect(count.lines.last == "87500")
    }

    @Test("a folder that holds something is left alone")
    func occupied() throws {
        let folder = try ToolFolder()
        try folder.write("mine", to: "note")
        let run = try folder.run("demo", "--store", ".", "--rate", "25")
        #expect(run.exitCode != 0)
        #expect(try folder.read("note") == Array("mine".utf8))
    }
}
