import Glibc
import Testing

@testable import TraversionStore

@Suite("Measuring the whole way")
struct BenchCommandTests {
    private let folder: ToolFolder

    init() throws { folder = try ToolFolder() }

    /// The numbers that a line of JSON gives to a name, in their order.
    private func numbers(_ name: String, in text: String) -> [Double] {
        text.split(whereSeparator: { "{,}[]".contains($0) }).filter { $0.hasPrefix("\"\(name)\":") }
            .compactMap { Double($0.dropFirst(name.utf8.count + 3)) }
    }

    @Test("every part and every statement of both tiers is there with its figures, and the folder is left empty")
    func pipeline() throws {
        mkdir(folder.path + "/disk", 0o700)
        let run = try folder.run("bench", "--events", "1000", "--repeat", "2", "--folder", "disk", "--json")
        #expect(run.exitCode == 0 && run.errors == "", "\(run.errors)")
        #expect(run.lines.count == 1)
        #expect(numbers("events", in: run.output) == Array(repeating: 1000, count: 11))
        let steps = [
            "generate", "ingest", "append", "seal", "compact", "checkpoint", "tier, to warm", "tier, to cold", "export",
            "verify",
        ]
        for step in steps { #expect(run.output.contains(#"{"step":"\#(step)","#)) }
        #expect(numbers("storedBytes", in: run.output).count == 5)
        #expect(numbers("rows", in: run.output).count == 24)
        for (name, count) in [
            ("cpuMicrosecondsPerEvent", 10), ("eventsPerSecond", 10), ("warmMs", 24), ("firstMs", 24),
            ("processMs", 24), ("processCpuMs", 24), ("peakBytes", 34), ("cores", 1), ("inputBytes", 1),
        ] {
            let found = numbers(name, in: run.output)
            #expect(found.count == count && found.allSatisfy { $0 > 0 }, "\(name): \(found)")
        }
        #expect(try folder.names == ["disk"])
        #expect(rmdir(folder.path + "/disk") == 0)
    }

    @Test("a rate of live events is told with its lag, its shares and the rates that were tried")
    func throughput() throws {
        mkdir(folder.path + "/disk", 0o700)
        let run = try folder.run(
            "bench", "throughput", "--rate", "200", "--seconds", "0.5", "--search", "0.2", "--folder", "disk", "--json")
        #expect(run.exitCode == 0 && run.errors == "", "\(run.errors)")
        #expect(numbers("rate", in: run.output) == [200, numbers("held", in: run.output)[0] == 1 ? 400 : 100])
        for process in ["append", "query", "compact", "checkpoint", "tier", "bench itself, which makes the events"] {
            #expect(run.output.contains(#"{"process":"\#(process)","#), "\(process)")
        }
        for name in ["dueEvents", "acknowledgedP50Ms", "acknowledgedP99Ms", "acknowledgedMostMs"] {
            let found = numbers(name, in: run.output)
            #expect(found.count == 2 && found.allSatisfy { $0 > 0 }, "\(name): \(found)")
        }
        #expect(rmdir(folder.path + "/disk") == 0)
    }

    @Test("an interrupt ends it with what it has, or with nothing when that is too early, and the folder is left empty")
    func interrupt() throws {
        mkdir(folder.path + "/disk", 0o700)
        let run = try folder.interrupt(
            afterSeconds: 3, "bench", "throughput", "--rate", "200", "--seconds", "600", "--folder", "disk", "--json")
        #expect(run.exitCode == 130, "\(run.errors)")
        #expect(run.errors.hasPrefix("traversion-store: interrupted"))
        #expect(numbers("rate", in: run.output).count == run.lines.count)
        #expect(rmdir(folder.path + "/disk") == 0)
    }

    @Test("what is shown to people names the machine, the load and the units, and counts by event")
    func text() {
        var report = BenchReport(eventCount: 2000)
        report.inputByteCount = 800_000
        var usage = ProcessUsage()
        (usage.elapsed, usage.processor, usage.peakByteCount) = (500_000_000, 4_000_000, 30_000_000)
        report.steps = [BenchStep(name: "ingest", usage: usage, eventCount: 2000, storedByteCount: 61_000)]
        #expect(report.text.contains(" cores, ") && report.text.contains(", load "))
        #expect(report.text.contains("2,000 events of 'traversion-store generate', 800.0 kB, 400 bytes each"))
        let words = report.text.split(separator: "\n").last?.split(separator: " ")
        #expect(words == ["ingest", "0.50", "0.00", "2.00", "4,000", "30", "30.5"])
    }

    @Test(
        "a wrong command line ends with 2 and says what is right",
        arguments: [
            (["bench", "--events", "10"], "needs 1000 or more"),
            (["bench", "--repeat", "1"], "needs 2 or more"),
            (["bench", "--rate", "10"], "unknown option '--rate'"),
            (["bench", "thruput"], "did you mean 'throughput'?"),
            (["bench", "throughput", "--rate", "1"], "needs a number from 100"),
            (["bench", "throughput", "--seconds", "0"], "needs a number from 0.1"),
            (["bench", "throughput", "--search", "-1"], "needs a number from 0"),
        ])
    func usage(arguments: [String], message: String) throws {
        let failure = try #require(throws: CommandFailure.self) {
            guard case .run(let command, let invocation) = try ArgumentParser(Tool.commands).parse(arguments) else {
                return
            }
            try command.run(invocation)
        }
        #expect(failure.exitCode == .usage)
        #expect(failure.message?.contains(message) == true, "\(failure.message ?? "")")
    }

    @Test("a folder that is not there is told")
    func noFolder() throws {
        let run = try folder.run("bench", "--folder", "nowhere")
        #expect(run.exitCode == 4 && run.errors.contains("cannot make a folder in nowhere"), "\(run.errors)")
    }

    @Test("help names the options of both")
    func help() throws {
        #expect(try folder.run("bench", "--help").output.contains("--events COUNT"))
        #expect(try folder.run("bench", "throughput", "--help").output.contains("--rate COUNT"))
    }
}

@Suite("Acknowledgements of what was due")
struct AppendLedgerTests {
    @Test("a batch has waited from when it was due until its last event was acknowledged")
    func waits() {
        var ledger = AppendLedger()
        ledger.offer(10, due: 1_000_000)
        ledger.offer(10, due: 2_000_000)
        ledger.acknowledge(9, at: 3_000_000)
        #expect(ledger.waits.count == 0 && ledger.waitingCount == 11)
        ledger.acknowledge(11, at: 5_000_000)
        let waits = ledger.takeWaits()
        #expect(waits.count == 2 && waits.milliseconds(0) == 3 && waits.milliseconds(1) == 4)
        ledger.offer(1, due: 6_000_000)
        ledger.acknowledge(1, at: 8_000_000)
        #expect(ledger.takeWaits().milliseconds(0.99) == 2 && ledger.waitingCount == 0)
        #expect(ledger.takeWaits().milliseconds(0.5) == 0)
    }

    @Test("numbers are read back from lines as they are written")
    func numbers() {
        var line = JSONLine()
        line.add("name", "n")
        line.add("events", 12)
        line.add("warm", 1.5)
        #expect(JSONLine.number("events", in: line.text[...]) == 12)
        #expect(JSONLine.number("warm", in: line.text[...]) == 1.5)
        #expect(JSONLine.number("event", in: line.text[...]) == nil)
        #expect(JSONLine.number("name", in: line.text[...]) == nil)
    }

    @Test("the times of a repeated question are found behind its notes")
    func timing() throws {
        var timing = QueryTiming()
        for _ in 0..<3 { timing.measure {} }
        let figures = try #require(QueryTiming.figures(in: "note: something\n" + timing.line + "\n"))
        #expect(figures.first >= 0 && figures.middle >= 0)
        #expect(QueryTiming.figures(in: "note: something\n") == nil)
    }
}

@Suite("Events without an end")
struct EndlessEventsTests {
    @Test("as many lines as are asked for, the same as all at once")
    func lines() {
        var (one, other) = (EndlessEvents(), EndlessEvents())
        let parts = (0..<30).flatMap { one.take($0) }
        #expect(parts == other.take((0..<30).reduce(0, +)))
        #expect(parts.count { $0 == UInt8(ascii: "\n") } == 435)
    }
}
