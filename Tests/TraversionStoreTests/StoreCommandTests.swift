import Testing

@testable import TraversionStore

@Suite("The commands that work on a store")
struct StoreCommandTests {
    private let folder: ToolFolder
    private let events = """
        {"n":1,"service":"shop","timestamp":"2026-03-02T00:00:00.012Z"}
        {"n":2,"service":"cart","timestamp":"2026-03-02T00:00:01Z"}
        {"n":3,"service":"shop","timestamp":"2026-03-01T00:00:00Z"}

        """

    init() throws {
        folder = try ToolFolder()
        try folder.write(events, to: "in.ndjson")
    }

    @Test("a dump is taken in, given back by time or in its own order, and recognised when it comes again")
    func roundTrip() throws {
        let ingest = try folder.run("ingest", "in.ndjson")
        #expect(ingest.exitCode == 0 && ingest.errors == "")
        #expect(ingest.output.hasPrefix("in.ndjson: 3 events, "))
        let lines = events.split(separator: "\n").map(String.init)
        #expect(try folder.run("export").lines == [lines[2], lines[0], lines[1]])
        #expect(try folder.run("export", "--ingest-order").lines == lines)
        #expect(try folder.run("export", "--where-service", "cart").lines == [lines[1]])
        let from = try folder.run("export", "--from", "2026-03-02T00:00:00Z", "--to", "2026-03-02T00:00:01Z")
        #expect(from.lines == [lines[0]])
        let again = try folder.run("ingest", "in.ndjson")
        #expect(again.exitCode == 0 && again.output.hasPrefix("in.ndjson: 0 events"))
        #expect(again.errors.contains("is in the store already"))
        #expect(try folder.run("export").lines.count == 3)
        #expect(try folder.run("ingest", "in.ndjson", "--again", "--json").output.contains(#""events":3,"#))
        #expect(try folder.run("export").lines.count == 6)
    }

    @Test("an id is found without a time, in any form, with and without an index, and what was read is told")
    func find() throws {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        let lines = [
            #"{"spanId":"00f067aa0ba902b7","timestamp":"2026-03-02T00:00:01Z","traceId":"\#(trace)"}"#,
            #"{"parentSpanId":"00f067aa0ba902b7","timestamp":"2026-03-01T00:00:02Z","traceId":"\#(trace)"}"#,
            #"{"eventId":"order 17","timestamp":"2026-03-05T00:00:02Z"}"#,
        ]
        try folder.write(lines.map { $0 + "\n" }.joined(), to: "ids.ndjson")
        _ = try folder.run("ingest", "ids.ndjson")
        for isIndexed in [false, true] {
            if isIndexed { #expect(try folder.run("compact").output.hasPrefix("compact: 3 indexes (")) }
            #expect(try folder.run("find", trace.uppercased()).lines == [lines[1], lines[0]])
            #expect(try folder.run("find", "00f067aa0ba902b7", "--as", "span").lines == [lines[1], lines[0]])
            #expect(try folder.run("export", "--where-span", "00f067aa0ba902b7").lines == [lines[0]])
            let told = try folder.run("find", "order 17", "-v")
            #expect(told.lines == [lines[2]])
            #expect(told.errors.contains("1 events; 3 windows: \(isIndexed ? 3 : 0) indexes, "))
            let none = try folder.run("find", "order 17", "--as", "trace")
            #expect(none.exitCode == 0 && none.output == "" && none.errors.contains("no event has the id order 17"))
        }
        #expect(try folder.run("stats").output.contains("3 indexes of ids, "))
        #expect(try folder.run("verify").output.contains("3 indexes, "))
        #expect(try folder.run("find", trace, "--as", "spans").errors.contains("did you mean 'span'"))
    }

    @Test("several files, standard input and a store of another name")
    func inputs() throws {
        try folder.write(#"{"time":1,"a":"x"}"# + "\n", to: "other.json")
        let run = try folder.run("ingest", "--store", "s", "in.ndjson", "other.json")
        #expect(run.exitCode == 0 && run.lines.count == 2)
        let piped = try folder.run("ingest", "--store=s", "-", input: #"{"ts":2.5}"# + "\nnonsense\n")
        #expect(piped.exitCode == 0 && piped.errors.contains("1 record is no event: see s/rejects/"))
        let again = try folder.run("ingest", "--store=s", "-", input: #"{"ts":2.5}"# + "\nnonsense\n")
        #expect(again.exitCode == 4 && again.errors.contains("begins like standard input, which the store has"))
        #expect(try folder.run("segments", "--store", "s").lines.last?.contains(" 5 events, ") == true)
        #expect(try folder.run("segments", "--store", "s", "--json").lines.count == 4)
    }

    @Test("the jobs say what they did, in one line, and do nothing when there is nothing to do")
    func jobs() throws {
        _ = try folder.run("init", "--window", "1h")
        for number in 0..<4 {
            _ = try folder.run("ingest", "-", input: #"{"time":\#(number),"n":\#(number)}"# + "\n")
        }
        let compact = try folder.run("compact", "-v")
        #expect(compact.exitCode == 0 && compact.lines.count == 1)
        #expect(compact.output.hasPrefix("compact: 4 segments (") && compact.errors.contains("compact: 4 segments of"))
        #expect(try folder.run("compact").output == "compact: nothing to do\n")
        let tier = try folder.run("tier", "--memory", "64M", "--io=100M")
        #expect(tier.exitCode == 0 && tier.output.hasPrefix("tier: 1 segments ("))
        #expect(try folder.run("segments", "--json").output.contains(#""tier":"cold""#))
        #expect(try folder.run("retain").output == "retain: nothing to do\n")
        let stats = try folder.run("stats")
        #expect(stats.lines.contains { $0.hasPrefix("cold         1        1       4  ") })
        #expect(stats.output.contains("4 inputs taken in, 0 of their records"))
        #expect(try folder.run("stats", "--json").output.contains(#""tier":"cold","segments":1,"windows":1,"rows":4"#))
        try folder.write(#"{"retention": {"default": "30d"}}"#, to: "traversion-data/traversion.json")
        #expect(try folder.run("retain").output.hasPrefix("retain: 1 segments dropped, 4 events removed"))
        #expect(try folder.run("verify").output.contains(" 0 segments, "))
        #expect(try folder.run("export").output == "")
    }

    @Test("a text of many lines stays in its row of a table")
    func tableOfLines() throws {
        let line = #"{"time":1,"service":"api","stack":"first\n\tsecond"}"# + "\n"
        _ = try folder.run("ingest", "-", input: line)
        let table = try folder.run("query", "TIMELINE COUNT BY stack", "--format", "table")
        #expect(table.lines.count == 2 && table.output.contains("first second") == false)
        #expect(table.output.contains("first  second"))
    }

    @Test("events are shown in every form: in tables by the fields asked for, else by those that tell them apart")
    func formsOfEvents() throws {
        let lines = (0..<2500).map { number in
            #"{"message":"\"a\", \#(number)","n":\#(number),"service":"api","time":\#(number + 1)}"# + "\n"
        }
        _ = try folder.run("ingest", "-", input: lines.joined())
        func events(_ format: String, _ rest: String) throws -> ToolRun {
            try folder.run("query", "TIMELINE \(rest)", "--format", format)
        }
        let titles = "time,eventId,eventType,service,host,severity,status,message"
        #expect(
            try events("csv", "LIMIT 1").lines == [titles, #"1970-01-01T00:00:01Z,,,api,,,,"""a"", 0""#])
        #expect(try events("tsv", "FOR n, service WHERE n > 2498").output == "n\tservice\n2499\tapi\n")
        #expect(try events("csv", "WHERE n > 9999").output == titles + "\n")
        #expect(try events("csv", "").lines.count == 2501)
        #expect(try events("csv", "").lines.filter { $0 == titles }.count == 1)
        let table = try events("table", "FOR n, message WHERE n < 2")
        #expect(table.output == "n  message\n0  \"a\", 0\n1  \"a\", 1\n")
        let objects = lines[..<2].map { $0.dropLast() }.joined(separator: ",\n ")
        #expect(try events("json", "LIMIT 2").output == "[\(objects)]\n")
        #expect(try events("json", "WHERE n > 9999").output == "[]\n")
        #expect(try events("ndjson", "LIMIT 2").output == lines[..<2].joined())
    }

    @Test("people are told that nothing was found, and when the newest event was; a pipe gets nothing")
    func nothingFound() throws {
        #expect(try folder.run("ingest", "in.ndjson").exitCode == 0)
        for question in ["TIMELINE WHERE n > 99", "TIMELINE LAST 1 hour COUNT BY n", "STATE AT '1970-01-02'"] {
            let told = try folder.run("query", question, "--format", "table")
            #expect(told.output == "" && told.exitCode == 0)
            #expect(told.errors.contains("note: nothing was found; the newest event is of "))
            let hint = "--now end (in the shell \\now end) counts from there"
            #expect(told.errors.contains(hint) == question.contains("LAST"))
            let piped = try folder.run("query", question)
            #expect(piped.output == "" && piped.errors == "")
        }
        let atEnd = try folder.run("query", "TIMELINE WHERE n > 99", "--format", "table", "--now", "end")
        #expect(atEnd.errors.contains("nothing was found") && !atEnd.errors.contains("--now end"))
    }

    @Test("checkpoint writes keyframes once, and the state is shown as objects with their fields")
    func checkpoint() throws {
        let line = #"{"time":1,"service":"api","eventId":"e1","state":{"cpu":40,"up":true}}"# + "\n"
        _ = try folder.run("ingest", "-", input: line)
        func state() throws -> String {
            try folder.run("query", "STATE AT '1970-01-02' WHERE service = 'api'", "--format", "json").output
        }
        let replayed = try state()
        let checkpoint = try folder.run("checkpoint", "-v", "--memory", "64M")
        #expect(checkpoint.exitCode == 0 && checkpoint.output.hasPrefix("checkpoint: 1 keyframes ("))
        #expect(checkpoint.errors.hasPrefix("checkpoint: keyframes of all changes: 1 segments, 1 events"))
        #expect(try folder.run("checkpoint").output == "checkpoint: nothing to do\n")
        #expect(try folder.run("verify").output.contains("1 keyframes"))
        #expect(try folder.run("stats").output.contains("1 keyframes of state, "))
        let found = try state()
        #expect(found == replayed)
        let since = #""since":"1970-01-01T00:00:01Z","event":"e1"}"#
        #expect(
            found == #"[{"service":"api","fields":{"cpu":{"value":40,"# + since + #","up":{"value":true,"# + since
                + "}}]\n")
    }

    @Test("damage is told with its place, and a repair saves the rest")
    func damage() throws {
        _ = try folder.run("ingest", "in.ndjson")
        #expect(try folder.run("verify").exitCode == 0)
        #expect(try folder.run("repair").output == "nothing is damaged\n")
        let path = "traversion-data/hot/2026-03-02/1-1.trvseg"
        var bytes = try folder.read(path)
        bytes[bytes.count - 70] ^= 1
        try folder.write(bytes, to: path)
        let verify = try folder.run("verify")
        #expect(verify.exitCode == 3 && verify.output.contains("damaged: \(path): byte "))
        #expect(verify.errors.contains("traversion-store repair"))
        let repair = try folder.run("repair")
        #expect(repair.exitCode == 0 && repair.output.contains("2 events and 0 values of others are lost"))
        #expect(try folder.run("verify").exitCode == 0)
        #expect(try folder.run("export").lines.count == 1)
    }

    @Test("mistakes are named, with what to do")
    func mistakes() throws {
        let none = try folder.run("export")
        #expect(none.exitCode == 2 && none.errors.contains("make one with 'traversion-store init'"))
        #expect(try folder.run("init", "--window", "2h").errors.contains("it can be 1h, 6h, 1d, 7d"))
        #expect(try folder.run("init").exitCode == 0)
        #expect(try folder.run("init").exitCode == 2)
        #expect(try folder.run("ingest", "absent.ndjson").exitCode == 4)
        #expect(try folder.run("ingest").errors.contains("FILE is missing"))
        #expect(try folder.run("ingest", "in.ndjson", "--map", "tme=a").errors.contains("there is no field 'tme'"))
        #expect(try folder.run("compact", "--memory", "lots").errors.contains("needs a size such as 256M"))
        #expect(try folder.run("export", "--from", "yesterday").exitCode == 2)
        #expect(try folder.run("export", "--from", "9", "--to", "9").errors.contains("--to must be later than --from"))
        try folder.write("{\n\"tires\": {}}", to: "traversion-data/traversion.json")
        let config = try folder.run("tier")
        #expect(config.exitCode != 0 && config.errors.contains("traversion.json, line 2: unknown setting 'tires'"))
        let strict = try folder.run("ingest", "--store", "s", "-", "--strict", input: "{\"time\":1}\nnonsense\n")
        #expect(strict.exitCode == 3 && strict.errors.contains("line 2"))
        #expect(try folder.run("export", "--store", "s").output == "")
    }
}
