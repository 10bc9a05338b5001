import Glibc
import Testing

@testable import TraversionStore

@Suite("The command line tool")
struct CommandLineTests {
    private let folder: ToolFolder
    private let events = """
        {"timestamp":"2026-03-02T00:00:00.012Z","eventId":"4ec7b99952194ec6","service":"shop","n":1,"state":{"cpu":0.5}}
        {"timestamp":"2026-03-02T00:00:01Z","eventId":"4ec7b99952194ec7","service":"cart","n":2.50,"tags":["a", "b"]}
        {"a.b":null,"a":{"b":{}},"timestamp":"2026-03-02T00:00:02Z"}

        """

    init() throws { folder = try ToolFolder() }

    @Test(
        "events written are read back with their keys sorted, and the segment is sound",
        arguments: ["hot", "warm", "cold"])
    func roundTrip(tier: String) throws {
        try folder.write(events, to: "in.ndjson")
        let write = try folder.run("segment", "write", "in.ndjson", "out.seg", "--tier", tier)
        #expect(write.exitCode == 0 && write.errors == "")
        #expect(write.output.hasPrefix("3 events, "))
        let read = try folder.run("segment", "read", "out.seg")
        #expect(read.exitCode == 0 && read.errors == "")
        #expect(
            read.lines == [
                #"{"eventId":"4ec7b99952194ec6","n":1,"service":"shop","state":{"cpu":0.5},"#
                    + #""timestamp":"2026-03-02T00:00:00.012Z"}"#,
                #"{"eventId":"4ec7b99952194ec7","n":2.50,"service":"cart","tags":["a","b"],"#
                    + #""timestamp":"2026-03-02T00:00:01Z"}"#,
                #"{"a":{"b":{}},"a.b":null,"timestamp":"2026-03-02T00:00:02Z"}"#,
            ])
        let verify = try folder.run("segment", "verify", "out.seg")
        #expect(verify.exitCode == 0 && verify.output.hasPrefix("out.seg is sound: 3 events"))
        let inspect = try folder.run("segment", "inspect", "out.seg")
        #expect(inspect.exitCode == 0 && inspect.output.contains("\ntier       \(tier)\n"))
        #expect(inspect.output.contains("timestamps 2026-03-02T00:00:00.012Z … 2026-03-02T00:00:02Z\n"))
    }

    @Test("a segment is told about as text, as JSON, as hexadecimal and column by column")
    func inspect() throws {
        _ = try folder.run("segment", "write", "-", "out.seg", input: events)
        let json = try folder.run("segment", "inspect", "out.seg", "--json")
        #expect(json.exitCode == 0 && json.lines.count == 1)
        #expect(json.output.hasPrefix(#"{"segment":"out.seg","fileBytes":"#))
        let column = try folder.run("segment", "inspect", "out.seg", "--column", "state,(shape)")
        #expect(
            column.lines.filter { $0.hasPrefix("column ") }.sorted() == ["column     (shape)", "column     state.cpu"])
        let hex = try folder.run("segment", "inspect", "out.seg", "--hex")
        #expect(hex.exitCode == 0 && hex.output.hasPrefix("; header\n0000: 54 52 56 53 45 47 31 0a "))
        #expect(try folder.run("segment", "inspect", "out.seg", "--column", "stat").exitCode == 2)
        #expect(try folder.run("segment", "inspect", "out.seg", "--hex", "--json").exitCode == 2)
    }

    @Test("standard input is read with -, and identical input gives identical bytes")
    func standardInput() throws {
        for name in ["one.seg", "two.seg"] {
            let arguments = ["segment", "write", "-", name]
            let run = try folder.run(
                arguments[0], arguments[1], arguments[2], arguments[3], "--stored-at=2026-03-02T01:00:00+01:00",
                "--first-sequence", "18446744073709551613", input: events)
            #expect(run.exitCode == 0)
        }
        #expect(try folder.read("one.seg") == folder.read("two.seg"))
        let read = try folder.run("segment", "read", "one.seg", "--system", "--columns", "n,\"a.b\"")
        #expect(
            read.lines == [
                #"{"event":{"n":1},"sequence":18446744073709551613,"storedAt":1772409600000000000}"#,
                #"{"event":{"n":2.50},"sequence":18446744073709551614,"storedAt":1772409600000000000}"#,
                #"{"event":{"a.b":null},"sequence":18446744073709551615,"storedAt":1772409600000000000}"#,
            ])
        let limited = try folder.run("segment", "read", "one.seg", "--limit", "1", "--columns=state")
        #expect(limited.lines == [#"{"state":{"cpu":0.5}}"#])
        #expect(try folder.run("segment", "read", "one.seg", "--limit", "0").output == "")
    }

    @Test("an input without events gives a segment without events")
    func emptyInput() throws {
        #expect(try folder.run("segment", "write", "-", "out.seg", input: "\n").exitCode == 0)
        let read = try folder.run("segment", "read", "out.seg")
        #expect(read.exitCode == 0 && read.output == "")
        #expect(try folder.run("segment", "verify", "out.seg").exitCode == 0)
    }

    @Test("a device or a directory is never replaced by a segment, and never read as one")
    func noRegularFile() throws {
        try folder.write(events, to: "in.ndjson")
        mkfifo(folder.path + "/pipe", 0o600)
        for target in ["pipe", folder.path] {
            for force in ["--force", "--tier=hot"] {
                let run = try folder.run("segment", "write", "in.ndjson", target, force)
                #expect(run.exitCode == 4 && run.errors.contains("is a directory, a pipe or a device; give the path"))
            }
            let read = try folder.run("segment", "read", target)
            #expect(read.exitCode == 4 && read.errors.contains("give the path of a file"))
        }
        #expect(try folder.names == ["in.ndjson", "pipe"])
    }

    @Test("names that can be none are told before anything is opened")
    func noNames() throws {
        for run in [try folder.run("segment", "read", ""), try folder.run("segment", "write", "in.ndjson", "")] {
            #expect(run.exitCode == 2 && run.errors.contains("SEGMENT is empty\nusage: "))
        }
        let read = try folder.run("segment", "verify", "-")
        #expect(read.exitCode == 2 && read.errors.contains("cannot be read from standard input; name a file"))
    }

    @Test("a column that is not there is told with the nearest that is")
    func nearestColumn() throws {
        _ = try folder.run("segment", "write", "-", "a.seg", input: "{\"service\":1}\n")
        let run = try folder.run("segment", "inspect", "--column", "servce", "a.seg")
        #expect(run.exitCode == 2 && run.errors.contains("no event has the path 'servce'; did you mean 'service'?"))
    }

    @Test("a rewritten segment says the same")
    func rewrite() throws {
        _ = try folder.run("segment", "write", "-", "hot.seg", "--stored-at", "-5", input: events)
        let rewrite = try folder.run("segment", "rewrite", "hot.seg", "cold.seg", "--tier", "cold")
        #expect(rewrite.exitCode == 0 && rewrite.errors == "")
        let read = try folder.run("segment", "read", "cold.seg", "--system")
        #expect(try read.output == folder.run("segment", "read", "hot.seg", "--system").output)
        #expect(read.output.contains(#""storedAt":-5"#))
        // In its own place, too.
        #expect(try folder.run("segment", "rewrite", "hot.seg", "hot.seg", "--tier=warm", "--force").exitCode == 0)
        #expect(try read.output == folder.run("segment", "read", "hot.seg", "--system").output)
        #expect(try folder.names == ["cold.seg", "hot.seg"])
    }

    @Test("a bad line stops the write with its place and leaves no file behind, or is left out on demand")
    func badLine() throws {
        try folder.write("{\"a\":1}\n{\"a\":tru}\n[]\n{\"a\":2}\n", to: "in.ndjson")
        let stopped = try folder.run("segment", "write", "in.ndjson", "out.seg")
        #expect(stopped.exitCode == 3)
        #expect(stopped.errors.hasPrefix("traversion-store: in.ndjson, line 2, byte 13: not a JSON value"))
        #expect(stopped.errors.contains("--skip-bad-lines"))
        #expect(try folder.names == ["in.ndjson"])
        let skipped = try folder.run("segment", "write", "in.ndjson", "out.seg", "--skip-bad-lines", "--json")
        #expect(skipped.exitCode == 0)
        #expect(skipped.output.contains(#""events":2,"skippedLines":2,"#))
        #expect(skipped.errors.contains("left out: in.ndjson, line 3, byte 18: an event must be a JSON object"))
        #expect(try folder.run("segment", "read", "out.seg").lines == [#"{"a":1}"#, #"{"a":2}"#])
    }

    @Test("a file that is there is only replaced by force")
    func force() throws {
        try folder.write("mine", to: "out.seg")
        let refused = try folder.run("segment", "write", "-", "out.seg", input: events)
        #expect(refused.exitCode == 4 && refused.errors.contains("--force"))
        #expect(try folder.read("out.seg") == Array("mine".utf8))
        #expect(try folder.run("segment", "write", "-", "out.seg", "--force", input: events).exitCode == 0)
        #expect(try folder.run("segment", "verify", "out.seg").exitCode == 0)
    }

    @Test(
        "a damaged segment is told by every command that reads it", arguments: ["read", "verify", "inspect", "rewrite"])
    func damaged(command: String) throws {
        _ = try folder.run("segment", "write", "-", "good.seg", input: events)
        let good = try folder.read("good.seg")
        var flipped = good
        flipped[good.count - 70] ^= 1
        for bytes in [[], Array("no segment".utf8), Array(good.dropLast()), flipped] {
            try folder.write(bytes, to: "bad.seg")
            let run =
                command == "rewrite"
                ? try folder.run("segment", command, "bad.seg", "new.seg")
                : try folder.run("segment", command, "bad.seg")
            #expect(run.exitCode == 3 && run.output == "")
            #expect(run.errors.hasPrefix("traversion-store: bad.seg is damaged or no segment: byte "))
        }
        #expect(try folder.names == ["bad.seg", "good.seg"])
    }

    @Test("every flipped bit in the pages is found by verify")
    func verifyFindsFlips() throws {
        _ = try folder.run("segment", "write", "-", "good.seg", input: events)
        let good = try folder.read("good.seg")
        for place in stride(from: 16, to: good.count, by: max(1, good.count / 25)) {
            var bytes = good
            bytes[place] ^= 0x10
            try folder.write(bytes, to: "bad.seg")
            #expect(try folder.run("segment", "verify", "bad.seg").exitCode == 3, "byte \(place)")
        }
    }

    @Test("trouble of the operating system ends with 4 and names the file")
    func inputOutput() throws {
        for arguments in [
            ["segment", "read", "nothing.seg"], ["segment", "verify", "."], ["segment", "write", "nothing", "out.seg"],
            ["segment", "write", "-", "no/where.seg"], ["segment", "rewrite", "nothing.seg", "out.seg"],
        ] {
            let run = try folder.run(arguments[0], arguments[1], arguments[2], arguments.dropFirst(3).first ?? "--json")
            guard arguments != ["segment", "read", "nothing.seg"] else {
                #expect(run.exitCode == 2)
                continue
            }
            #expect(run.exitCode == 4, "\(arguments)")
            #expect(run.errors.contains(arguments[2] == "-" ? "no/where.seg" : arguments[2]))
        }
        let run = try folder.run("segment", "read", "nothing.seg")
        #expect(run.exitCode == 4 && run.errors.contains("check the path"))
        #expect(try folder.names == [])
    }

    @Test("a full device is told")
    func fullDevice() throws {
        _ = try folder.run("segment", "write", "-", "out.seg", input: events)
        let run = try folder.run("segment", "read", "out.seg", outputPath: "/dev/full")
        #expect(run.exitCode == 4 && run.errors.contains("make room"))
    }

    @Test(
        "a wrong command line ends with 2 and names the mistake and the nearest name",
        arguments: [
            (["segmnt"], "unknown command 'segmnt'; did you mean 'segment'?"),
            (["segment", "raed"], "unknown command 'raed'; did you mean 'read'?"),
            (["segment", "qqqq"], "unknown command 'qqqq' ("), ([], "a command is missing"),
            (["segment"], "a command is missing"), (["--verbose"], "unknown option '--verbose'"),
            (["segment", "write", "a", "b", "--teir", "hot"], "unknown option '--teir'; did you mean '--tier'?"),
            (["segment", "write", "a", "b", "--tier", "worm"], "unknown tier 'worm'; did you mean 'warm'?"),
            (["segment", "write", "a", "b", "--tier"], "option --tier needs a value; give it as --tier TIER"),
            (["segment", "write", "a", "b", "--tier", "--json"], "option --tier needs a value"),
            (["segment", "write", "a", "b", "--force=yes"], "option --force takes no value"),
            (["segment", "write", "a", "b", "--json", "--json"], "option --json is given twice"),
            (["segment", "write", "a"], "SEGMENT is missing"), (["segment", "write"], "INPUT is missing"),
            (["segment", "read", "a", "b"], "'b' is one argument too many"),
            (["segment", "read", "a", "--limit", "many"], "option --limit needs a whole number"),
            (["segment", "read", "a", "--limit=-1"], "option --limit needs a whole number"),
            (["segment", "read", "a", "--columns", "\"a"], "a quote is not closed"),
            (["segment", "write", "a", "b", "--stored-at", "today"], "'today' is neither"),
            (["segment", "write", "a", "b", "--first-sequence", "-1"], "needs a whole number from 0"),
            (["segment", "write", "a", "-"], "name a file"),
        ])
    func usage(arguments: [String], message: String) throws {
        try folder.write(events, to: "a")
        let failure = try #require(throws: CommandFailure.self) {
            guard case .run(let command, var invocation) = try ArgumentParser(Tool.commands).parse(arguments) else {
                return
            }
            invocation.arguments = invocation.arguments.map { $0 == "a" ? folder.path + "/a" : $0 }
            try command.run(invocation)
        }
        #expect(failure.exitCode == .usage)
        #expect(failure.message?.contains(message) == true, "\(failure.message ?? "")")
    }

    @Test("mistakes go to standard error with 2, a path that no event has too")
    func usageOfTheBuiltTool() throws {
        let run = try folder.run("segment", "wirte")
        #expect(run.exitCode == 2 && run.output == "" && run.errors.hasPrefix("traversion-store: unknown command"))
        _ = try folder.run("segment", "write", "-", "out.seg", input: events)
        let path = try folder.run("segment", "read", "out.seg", "--columns", "servce")
        #expect(path.exitCode == 2 && path.errors.contains("did you mean 'service'?"))
    }

    @Test("help is there at every level and names what there is to name")
    func help() throws {
        let tool = try folder.run("--help")
        #expect(tool.exitCode == 0 && tool.output.contains("segment  ") && tool.errors == "")
        #expect(try folder.run("-h").output == tool.output)
        let segment = try folder.run("segment", "--help")
        for name in ["write", "read", "inspect", "verify", "rewrite"] {
            #expect(segment.output.contains("  \(name) "))
            let command = try folder.run("segment", name, "x", "--help")
            #expect(command.exitCode == 0 && command.output.contains("usage: traversion-store segment \(name) "))
        }
        #expect(try folder.run("segment", "write", "--help").output.contains("--first-sequence NUMBER"))
        #expect(try folder.run("--version").output.hasPrefix("traversion-store \(Tool.version) (lz4 "))
    }
}
