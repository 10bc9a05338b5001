/// How a rate was held and what that took, for people and for machines.
struct ThroughputReport {
    private struct Share {
        var name: String
        var runs: Durations?
        var processor: Int64
    }

    private let machine = BenchMachine()
    private let sealSeconds: Int
    private var shares: [Share] = []
    var run: PacedRun?
    var steps: [PacedRun] = []
    var highestRate = 0

    init(sealSeconds: Int) { self.sealSeconds = sealSeconds }

    /// Adds what a command took beside the rate, `runs` times; nil: all the time.
    mutating func add(_ name: String, _ runs: Durations?, _ processor: Int64) {
        shares.append(Share(name: name, runs: runs, processor: processor))
    }

    /// Nil: it was interrupted before anything was measured.
    var text: String? {
        guard let run else { return nil }
        let milliseconds = { (value: Double) in Quantity.decimal(value, digits: 1) }
        let waits = [0.5, 0.99, 1].map { milliseconds(run.waits.milliseconds($0)) }
        let rows = shares.map { share in
            [
                share.name, share.runs.map { Quantity.count($0.count) } ?? "",
                Quantity.decimal(Double(share.processor) / 1e9, digits: 2),
                Quantity.decimal(100 * self.share(share, run), digits: 1),
                share.runs.map { milliseconds($0.milliseconds(0.5)) } ?? "",
                share.runs.map { milliseconds($0.milliseconds(0.99)) } ?? "",
            ]
        }
        let tried = steps.map { "\(Quantity.count($0.rate)) \($0.isHeld ? "held" : "not")" }.joined(separator: ", ")
        return """
            \(machine.text)

            \(Quantity.count(run.rate)) events/s for \(Quantity.seconds(run.elapsed)): \(run.isHeld ? "held" : "NOT HELD")
            \(Quantity.count(run.acknowledgedCount)) of \(Quantity.count(run.dueCount)) events that were due are \
            acknowledged, each after it is durable
            lag of acknowledgements: \(milliseconds(run.mostLag)) ms of events at most, \(milliseconds(run.lastLag)) at the end
            from due to acknowledged: p50 \(waits[0]) ms, p99 \(waits[1]) ms, at most \(waits[2]) ms
            meanwhile, each run a process of its own; the log is sealed every \(sealSeconds) s, and all goes to the cold tier:

            \(BenchReport.table(["", "runs", "CPU s", "% of a core", "p50 ms", "p99 ms"], rows))

            highest rate that was held: \(Quantity.count(highestRate)) events/s\(tried.isEmpty ? "" : " (\(tried))")
            """
    }

    private func share(_ share: Share, _ run: PacedRun) -> Double { Double(share.processor) / Double(run.elapsed) }

    var line: JSONLine? {
        guard let run else { return nil }
        var line = JSONLine()
        machine.add(to: &line)
        run.add(to: &line)
        line.add("sealSeconds", sealSeconds)
        line.add(
            "processes",
            shares.map { share in
                var line = JSONLine()
                line.add("process", share.name)
                line.add("cpuNanoseconds", share.processor)
                line.add("cpuShareOfACore", self.share(share, run))
                guard let runs = share.runs else { return line }
                line.add("runs", runs.count)
                line.add("p50Ms", runs.milliseconds(0.5))
                line.add("p99Ms", runs.milliseconds(0.99))
                return line
            })
        line.add("highestRate", highestRate)
        line.add(
            "steps",
            steps.map { step in
                var line = JSONLine()
                step.add(to: &line)
                return line
            })
        return line
    }
}
