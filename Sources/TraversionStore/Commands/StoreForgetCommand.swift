import Files
import Ingest
import Storage

/// `forget`: removes the events of a person or an entity for good.
struct StoreForgetCommand {
    static let command = Command(
        words: ["forget"], summary: "removes events of a person or thing for good, wherever the store holds them",
        arguments: [],
        options: StoreJobs.options + [
            .init(
                name: "--where", valueName: "FIELD=VALUE",
                help:
                    "events whose field is this: a canonical field, or a path with dots such as\nuser.id=42; given several times, all must be so; - reads lines from standard input",
                isRepeated: true),
            .init(
                name: "--where-any", valueName: "VALUE",
                help: "events that hold this anywhere: as a word of a text or key, a number or an id",
                isRepeated: true),
            .init(name: "--dry-run", valueName: nil, help: "counts what would be removed, and changes nothing"),
            .init(
                name: "--wait", valueName: "TIME",
                help: "tries again for so long (90s, 15m) while readers or writers keep something of it"),
        ]
    ) { (invocation) throws(CommandFailure) in
        try StoreForgetCommand(invocation).run()
    }

    private static let waitStep: Int64 = 2_000_000_000

    private let invocation: Invocation
    private let filter: ForgetFilter
    private let budget: JobBudget
    private let store: Store
    private let waitTime: Int64
    private let start = Console.ticks

    private init(_ invocation: Invocation) throws(CommandFailure) {
        self.invocation = invocation
        filter = try ForgetOptions.filter(
            "--where", invocation.lists["--where"] ?? [], anywhere: invocation.lists["--where-any"] ?? [])
        budget = try StoreJobs.budget(invocation)
        if let text = invocation.options["--wait"] {
            guard let time = TimeSpan.nanoseconds(text) else {
                throw .usage("option --wait needs a time such as 90s or 15m, '\(text)' is none")
            }
            waitTime = time
        } else {
            waitTime = 0
        }
        store = try StoreOptions.open(invocation)
    }

    private func run() throws(CommandFailure) {
        Interruption.listen()
        var total = ForgetReport()
        while true {
            guard let report = try pass() else {
                return try Console.print("forget: another process does it; nothing to do here")
            }
            total.add(report)
            guard !report.remaining.isEmpty, !isDryRun, Console.ticks - start < waitTime else { break }
            store.clock.sleep(Self.waitStep)
            if Interruption.isWanted { throw CommandFailure(.interrupted, "interrupted; run it again") }
        }
        try tell(total)
        guard total.remaining.isEmpty else {
            for fault in total.remaining { Console.printError("forget: not gone yet: \(fault)") }
            throw CommandFailure(.remaining, "not all is gone yet; run it again later, or with --wait")
        }
    }

    private var isDryRun: Bool { invocation.has("--dry-run") }

    private func pass() throws(CommandFailure) -> ForgetReport? {
        let isVerbose = invocation.has("--verbose")
        do throws(StoreError) {
            return try StoreForget.run(store, filter, budget, isDryRun: isDryRun) { step in
                if isVerbose { Console.printError("forget: \(step)") }
            }
        } catch {
            throw CommandFailure(error)
        }
    }

    private func tell(_ report: ForgetReport) throws(CommandFailure) {
        let elapsed = Console.ticks - start
        for (name, others) in report.unknownFields.sorted(by: { $0.key < $1.key }) {
            let hint = others.isEmpty ? "" : "; there is " + others.sorted().prefix(5).joined(separator: ", ")
            Console.printError("forget: no event has a field '\(name)'\(hint)")
        }
        for name in report.fieldsWithoutState where report.unknownFields[name] == nil {
            Console.printError(
                "forget: the kept state of removed events has no '\(name)', so nothing of it was looked for; use "
                    + "--where-any, or a field that it has (see retention.forgetBy)")
        }
        if invocation.has("--json") {
            var line = JSONLine()
            line.add("job", "forget")
            line.add("rows", report.rowCount + report.logRowCount)
            line.add("segments", report.segmentCount)
            line.add("examinedSegments", report.examinedCount)
            line.add("rejects", report.rejectCount)
            line.add("sources", report.sourceCount)
            line.add("readBytes", report.readByteCount)
            line.add("writtenBytes", report.writtenByteCount)
            line.add("removedFiles", report.removedFileCount)
            line.add("remaining", report.remaining.count)
            line.add("nanoseconds", elapsed)
            return try Console.print(line.text)
        }
        guard !report.didNothing else { return try Console.print("forget: nothing to do") }
        var parts = [
            "\(Quantity.count(report.rowCount + report.logRowCount)) events in \(report.segmentCount) of "
                + "\(report.examinedCount) segments" + (isDryRun ? " would be removed" : " removed")
        ]
        if report.rejectCount > 0 {
            parts.append("\(Quantity.count(report.rejectCount)) records that were no events")
        }
        if report.sourceCount > 0 { parts.append("names of \(report.sourceCount) inputs") }
        if report.removedFileCount > 0 { parts.append("\(report.removedFileCount) files removed") }
        try Console.print("forget: \(parts.joined(separator: ", ")), \(Quantity.seconds(elapsed))")
    }
}

extension ForgetReport {
    /// Adds what a further pass did; what remains is what that one found.
    fileprivate mutating func add(_ next: ForgetReport) {
        rowCount += next.rowCount
        segmentCount += next.segmentCount
        examinedCount = max(examinedCount, next.examinedCount)
        rejectCount += next.rejectCount
        sourceCount += next.sourceCount
        unknownFields = next.unknownFields
        fieldsWithoutState = next.fieldsWithoutState
        logRowCount += next.logRowCount
        readByteCount += next.readByteCount
        writtenByteCount += next.writtenByteCount
        removedFileCount += next.removedFileCount
        remaining = next.remaining
    }
}
