import Files

/// `append` as a process of its own, and when it has acknowledged what it was given.
final class AppendProcess: Sendable {
    private let process: ToolProcess
    private let ledger: Monitor<AppendLedger>
    private let reader: WorkerThread

    init(_ store: String, _ options: [String] = []) throws(CommandFailure) {
        let process = try ToolProcess(["append", "--store", store, "--json"] + options, takesInput: true)
        let ledger = Monitor(AppendLedger())
        let reader = WorkerThread {
            var rest: [UInt8] = []
            let ended: AppendLedger.End
            do throws(CommandFailure) {
                ended = .well(
                    try process.finish { bytes in
                        rest += bytes
                        let end = rest.lastIndex(of: UInt8(ascii: "\n")) ?? -1
                        let lines = String(decoding: rest[..<(end + 1)], as: UTF8.self)
                        rest.removeFirst(end + 1)
                        let now = Console.ticks
                        let count = lines.split(separator: "\n").reduce(0) {
                            $0 + Int(JSONLine.number("events", in: $1) ?? 0)
                        }
                        if count > 0 { ledger.change { $0.acknowledge(count, at: now) } }
                    })
            } catch {
                ended = .badly(error)
            }
            ledger.change { $0.end = ended }
        }
        guard let reader else { throw CommandFailure(.inputOutput, "the system has no thread to give") }
        (self.process, self.ledger, self.reader) = (process, ledger, reader)
    }

    /// What it has computed until now, in nanoseconds.
    var processor: Int64 { process.processor }

    /// Gives it events that were due at a time, whether there was room for them then or not.
    func offer(_ lines: ArraySlice<UInt8>, count: Int, due: Int64) throws(CommandFailure) {
        ledger.change { $0.offer(count, due: due) }
        try process.write(lines)
    }

    /// Looks into what was offered and acknowledged.
    func look<Result>(_ body: (inout AppendLedger) -> Result) -> Result { ledger.change(body) }

    /// Waits until all that was offered is acknowledged.
    func waitForAll() throws(CommandFailure) {
        let end: AppendLedger.End? = ledger.wait { ledger in
            if let end = ledger.end { return .some(end) }
            return ledger.waitingCount == 0 ? .some(nil) : nil
        }
        switch end {
        case .badly(let failure): throw failure
        case .well: throw CommandFailure(.damaged, "'append' ended before it had acknowledged all events")
        case nil: break
        }
    }

    /// Tells it that nothing more comes, and waits until all is in segments.
    func finish() throws(CommandFailure) -> ProcessUsage {
        process.closeInput()
        reader.join()
        switch ledger.change({ $0.end }) {
        case .well(let result): return result.usage
        case .badly(let failure): throw failure
        case nil: preconditionFailure("the thread has ended without a word")
        }
    }
}
