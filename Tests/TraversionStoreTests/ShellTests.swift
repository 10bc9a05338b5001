import Execution
import Glibc
import Testing

@testable import TraversionStore

@Suite("The shell, and questions of dumps")
struct ShellTests {
    private let folder: ToolFolder
    private let events = """
        {"n":1,"service":"shop","timestamp":"2026-03-02T00:00:00Z","cpu":1}
        {"n":2,"service":"cart","timestamp":"2026-03-02T00:00:01Z"}

        """

    init() throws {
        folder = try ToolFolder()
        try folder.write(events, to: "in.ndjson")
    }

    @Test("statements of a pipe end with semicolons, may take several lines, and go on behind a mistake")
    func pipe() throws {
        #expect(try folder.run("ingest", "in.ndjson").exitCode == 0)
        let run = try folder.run(
            "shell",
            input: "TIMELINE -- all; of it\n COUNT; TIMELINE COUNT BY servce;\n\\format csv\n"
                + "TIMELINE WHERE service = ';' COUNT; TIMELINE FOR n LIMIT 1")
        #expect(run.lines == [#"{"count":2}"#, "count", "0", "n", "1"])
        #expect(run.exitCode == 2)
        #expect(run.errors.contains("line 1, column 19: no event has a field 'servce'"))
        #expect(run.errors.contains("did you mean service?"))
    }

    @Test("commands of the shell set the format, what now is and whether times are told; others are a mistake")
    func commands() throws {
        #expect(try folder.run("ingest", "in.ndjson").exitCode == 0)
        let run = try folder.run(
            "shell", "--format", "csv",
            input:
                "\\now end\nTIMELINE LAST 1 s COUNT;\n\\timing\nTIMELINE COUNT;\n\\formt json\n\\help\n\\quit\nTIMELINE;"
        )
        #expect(run.lines == ["count", "1", "count", "2"])
        #expect(run.errors.contains("\"coldMs\":") && run.errors.contains("did you mean '\\format'?"))
        #expect(run.errors.contains("Control-C"))
        #expect(run.exitCode == 2)
        #expect(try folder.run("shell", input: "\\quit\nTIMELINE;").exitCode == 0)
    }

    @Test("words are completed: keywords in the letters in which they were begun, fields, and services within quotes")
    func completion() {
        let words = WordCompletion(
            fields: ["service", "severity", "state.cpu", "time"], services: ["api", "api-2", "db"])
        #expect(words.complete("TIMEL").insertion == "INE ")
        #expect(words.complete("trav").insertion == "erse ")
        #expect(words.complete("TIMELINE WHERE serv").insertion == "ice ")
        #expect(words.complete("TIMELINE WHERE se").choices == ["service", "severity"])
        #expect(words.complete("x state.c").insertion == "pu ")
        #expect(words.complete("WHERE service = 'd").insertion == "b")
        #expect(words.complete("WHERE service = 'a").insertion == "pi")
        #expect(words.complete("WHERE service = 'a").choices == ["api", "api-2"])
        #expect(words.complete("WHERE service = 'it''s' qqq").choices == [])
    }

    @Test("a dump is asked without a store, several as one, and nothing is left of it")
    func file() throws {
        let one = try folder.run("query", "--file", "in.ndjson", "TIMELINE COUNT BY service")
        #expect(one.lines == [#"{"service":"cart","count":1}"#, #"{"service":"shop","count":1}"#])
        try folder.write("timestamp,service,n\n2026-03-02T00:00:02Z,db,3\n", to: "more.csv")
        let both = try folder.run("query", "--file", "in.ndjson", "--file=more.csv", "TIMELINE COUNT")
        #expect(both.lines == [#"{"count":3}"#])
        #expect(try folder.run("query", "--file", "nothing", "TIMELINE COUNT").exitCode == 4)
        #expect(try folder.run("query", "--file", "in.ndjson", "--store", "x", "TIMELINE COUNT").exitCode == 2)
        #expect(try folder.names == ["in.ndjson", "more.csv"])
        var path = ""
        do {
            let temporary = try TemporaryStore()
            try temporary.take(folder.path + "/in.ndjson", timeZone: .utc)
            path = temporary.store.paths.root
            withExtendedLifetime(temporary) { #expect(access(path, F_OK) == 0) }
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test("a profile has a span for the question and for what each thread did")
    func profile() throws {
        let run = try folder.run("query", "--file", "in.ndjson", "--profile", "trace.json", "TIMELINE COUNT BY service")
        #expect(run.exitCode == 0)
        let trace = String(decoding: try folder.read("trace.json"), as: UTF8.self)
        #expect(trace.hasPrefix("{\"traceEvents\":[") && trace.contains(#""displayTimeUnit":"ms""#))
        for name in ["query", "fragment", "filter", "decode"] {
            #expect(trace.contains("{\"name\":\"\(name)\",\"cat\":\"query\",\"ph\":\"X\",\"pid\":1,\"tid\":0,"))
        }
        #expect(trace.contains(#""args":{"rows":2,"found":2,"bytes":"#))
    }

    @Test("a plan is a table for people, and an object for machines")
    func plans() throws {
        let json = try folder.run(
            "query", "--file", "in.ndjson", "--format", "json", "EXPLAIN COMPARE now WITH '1 h ago'")
        #expect(json.output.hasPrefix(#"[{"step":"query","detail":"COMPARE 'now' WITH '1 h ago'"},"#))
        #expect(json.output.contains(#","steps":[{"step":"keyframe","detail":"none: the store has no keyframes"#))
        let lines = try folder.run("query", "--file", "in.ndjson", "EXPLAIN TIMELINE COUNT").lines
        #expect(lines[0] == #"{"depth":0,"step":"query","detail":"TIMELINE COUNT"}"#)
    }

    @Test("a table fits its lines: long texts are cut, and when that is not enough each row is a list")
    func widths() {
        let long = String(repeating: "abc ", count: 20)
        let table = AnswerTable(columns: ["one", "two", "n"], rows: [[.text(long), .text("x"), .integer(7)]])
        let lines = AnswerFormat.table.text(of: table, width: 40).split(separator: "\n")
        #expect(lines.count == 2 && lines.allSatisfy { $0.count <= 40 })
        #expect(lines[1].hasSuffix("…  x    7"))
        let wide = AnswerTable(
            columns: (0..<10).map { "column\($0)" }, rows: [(0..<10).map { .text("value \($0) \(long)") }])
        let list = AnswerFormat.table.text(of: wide, width: 40).split(separator: "\n")
        #expect(list.allSatisfy { $0.count <= 40 } && list[0] == "row      1")
        #expect(list.contains { $0.hasPrefix("column9  value 9 abc") })
    }
}
