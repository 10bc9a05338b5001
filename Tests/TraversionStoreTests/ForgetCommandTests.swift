import Glibc
import Testing

@testable import TraversionStore

@Suite("Forgetting on the command line")
struct ForgetCommandTests {
    private let folder: ToolFolder

    init() throws {
        folder = try ToolFolder()
        let events = (0..<6).map { #"{"n":\#($0),"time":\#($0),"user":{"id":"u-\#($0 % 2)000"}}"# + "\n" }
        try folder.write(events.joined(), to: "in.ndjson")
        _ = try folder.run("ingest", "in.ndjson")
    }

    @Test("events are counted, removed and looked for, and the value is never told")
    func forget() throws {
        let before = try folder.run("verify", "--forgotten", "user.id=u-1000")
        #expect(before.exitCode == 5 && before.output.contains(": 3 events\n"))
        let dry = try folder.run("forget", "--where", "user.id=u-1000", "--dry-run")
        #expect(dry.exitCode == 0 && dry.output.hasPrefix("forget: 3 events in 1 of 1 segments would be removed"))
        #expect(try folder.run("export").lines.count == 6)
        let forget = try folder.run("forget", "--where=user.id=u-1000", "-v")
        #expect(forget.exitCode == 0 && forget.lines.count == 1)
        #expect(forget.output.hasPrefix("forget: 3 events in 1 of 1 segments removed, 1 files removed, "))
        #expect(try folder.run("export").lines.count == 3)
        let after = try folder.run("verify", "--forgotten", "user.id=u-1000")
        #expect(after.exitCode == 0 && after.output.contains("nothing is left"))
        for run in [before, dry, forget, after] { #expect(!(run.output + run.errors).contains("u-1000")) }
        #expect(try folder.run("forget", "--where", "user.id=u-1000").output == "forget: nothing to do\n")
        #expect(try folder.run("stats").output.contains("1 times something was forgotten: 3 events"))
        #expect(try folder.run("ingest", "in.ndjson").output.hasPrefix("in.ndjson: 0 events"))
        let again = try folder.run("ingest", "in.ndjson", "--again")
        #expect(again.exitCode == 0 && again.errors.contains("brings back what 'forget' has removed"))
    }

    @Test("conditions come from standard input, so that no history keeps them")
    func input() throws {
        let forget = try folder.run("forget", "--where", "-", "--json", input: "user.id=u-1000\nn=3\n")
        #expect(forget.output.hasPrefix(#"{"job":"forget","rows":1,"segments":1,"#))
        let verify = try folder.run("verify", "--forgotten", "-", input: "user.id=u-1000\nn=3\n")
        #expect(verify.exitCode == 0 && verify.output.hasPrefix("looked for the events alone in "))
        #expect(try folder.run("forget", "--where-any", "-", input: "u-1000\n").output.contains("2 events"))
    }

    @Test("a field that is not there is told, with what may have been meant")
    func hint() throws {
        let run = try folder.run("forget", "--where", "id=u-1000")
        #expect(run.exitCode == 0 && run.errors == "forget: no event has a field 'id'; there is user.id\n")
    }

    @Test("what is still held is told, and ends with a code of its own")
    func remaining() throws {
        mkdir(folder.path + "/traversion-data/damaged", 0o755)
        try folder.write("x", to: "traversion-data/damaged/x")
        let run = try folder.run("forget", "--where", "user.id=u-1000")
        #expect(run.exitCode == 5 && run.output.contains("3 events"))
        #expect(run.errors.contains("traversion-data/damaged: 1 files that a repair has put aside; delete them"))
    }

    @Test(
        "mistakes are told",
        arguments: [
            ["--where", "user"], ["--where", "=1"], ["--where", "a="], ["--wait", "soon", "--where", "a=1"], [],
        ])
    func mistakes(_ arguments: [String]) throws {
        let run =
            switch arguments.count {
            case 0: try folder.run("forget")
            case 2: try folder.run("forget", arguments[0], arguments[1])
            default: try folder.run("forget", arguments[0], arguments[1], arguments[2], arguments[3])
            }
        #expect(run.exitCode == 2 && run.errors.contains("--w"))
    }
}
