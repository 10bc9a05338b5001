import Storage
import Traversion
import Workload

/// Live events at a rate, while their store is asked and tidied up by processes of their own.
struct BenchThroughput {
    private let store: String
    private(set) var report: ThroughputReport
    private var events = EndlessEvents()

    /// Events that are there before anything is measured, to be asked about.
    private static let firstCount = 5_000
    /// A minute is to hold what otherwise takes days: log files are short, windows are small, and all that is sealed is
    /// moved to the cold tier at once.
    private static let sealSeconds = 5
    private static let settings = #"{"tiers": {"warmAfter": "0s", "coldAfter": "0s"}}"#
    private static let queryPause: Int64 = 200_000_000
    private static let jobPause: Int64 = 1_000_000_000
    private static let stepSeconds = 3.0

    init(_ folder: String, rate: Int, seconds: Double) {
        store = "\(folder)/store"
        report = ThroughputReport(sealSeconds: Self.sealSeconds)
        (self.rate, self.seconds) = (rate, seconds)
    }

    private let rate: Int
    private let seconds: Double

    /// - Parameter searchSeconds: how long the highest rate is looked for.
    mutating func run(searchSeconds: Double) throws(CommandFailure) {
        _ = try ToolProcess.run(["init", "--store", store, "--window", "1h"])
        try BenchPipeline.write(Self.settings, asSettingsOf: store)
        let process = try AppendProcess(store, ["--seal-after", "\(Self.sealSeconds)"])
        try process.offer(events.take(Self.firstCount)[...], count: Self.firstCount, due: Console.ticks)
        try process.waitForAll()
        _ = process.look { $0.takeWaits() }
        let start = WorkloadOptions.usualStart
        guard let subjects = try BenchSubjects(in: store, from: start, where: "parentSpanId EXISTS") else {
            preconditionFailure("the first events have no spans")
        }
        let queries = try CommandLoop(
            BenchStatement.all(subjects).map { statement in
                ("query", ["query", "--store", store, "--format", "ndjson", statement.text])
            }, pause: Self.queryPause)
        let jobs = try CommandLoop(
            ["compact", "checkpoint", "tier"].map { ($0, [$0, "--store", store]) }, pause: Self.jobPause)
        var failures: [CommandFailure] = []
        do throws(CommandFailure) { try measure(process, [queries, jobs], searchSeconds) } catch {
            failures.append(error)
        }
        // Nothing may go on in a folder that is removed.
        for loop in [queries, jobs] { do throws(CommandFailure) { try loop.stop() } catch { failures.append(error) } }
        do throws(CommandFailure) { _ = try process.finish() } catch { failures.append(error) }
        if let failure = failures.first { throw failure }
        try check(process.look { $0.acknowledgedCount })
    }

    private mutating func measure(
        _ process: AppendProcess, _ beside: [CommandLoop], _ searchSeconds: Double
    ) throws(CommandFailure) {
        let (appended, own) = (process.processor, QueryTiming.processorTime)
        let run = try PacedRun(rate: rate, seconds: seconds, &events, to: process)
        report.run = run
        report.highestRate = run.isHeld ? rate : 0
        report.add("append", nil, process.processor - appended)
        for taken in beside.flatMap(\.taken) { report.add(taken.name, taken.runs, taken.processor) }
        report.add("bench itself, which makes the events", nil, QueryTiming.processorTime - own)
        if searchSeconds > 0 { try search(run, process, searchSeconds) }
    }

    /// Doubles the rate until it is not held, then halves the distance.
    private mutating func search(
        _ run: PacedRun, _ process: AppendProcess, _ searchSeconds: Double
    ) throws(CommandFailure) {
        let stepSeconds = min(searchSeconds, Self.stepSeconds)
        let lastStart = Console.ticks + Int64((searchSeconds - stepSeconds) * 1e9)
        var held = run.isHeld ? rate : 0
        var missed = run.isHeld ? nil : rate
        repeat {
            let rate = missed.map { ($0 + held) / 2 } ?? held * 2
            let step = try PacedRun(rate: rate, seconds: stepSeconds, &events, to: process)
            if Interruption.isWanted { break }
            report.steps.append(step)
            if step.isHeld { held = rate } else { missed = rate }
        } while Console.ticks < lastStart && missed.map({ $0 - held > $0 / 16 }) ?? true
        report.highestRate = held
    }

    /// All that was acknowledged is there.
    private func check(_ acknowledgedCount: Int) throws(CommandFailure) {
        let count: Int
        do { count = try Engine(opening: store).statistics().eventCount } catch { throw CommandFailure(error) }
        guard count == acknowledgedCount else {
            throw CommandFailure(
                .damaged, "\(acknowledgedCount) events were acknowledged, and \(count) are stored; please report this")
        }
    }
}
