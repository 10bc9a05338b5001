import Ingest
import Storage

/// `ingest --follow`: files that are being written.
extension StoreIngestCommand {
    /// What was taken in while it ran.
    private final class Totals {
        var eventCount = 0
        var rejectCount = 0
        var commitCount = 0
    }

    func follow() throws(CommandFailure) {
        for (name, reason) in [
            ("--strict", "nothing could ever be stored"), ("--again", "it would begin anew for ever"),
        ]
        where invocation.has(name) {
            throw .usage("\(name) cannot be given with --follow: \(reason)")
        }
        guard !invocation.arguments.contains("-") else {
            throw .usage("standard input ends by itself: give it without --follow, or to 'append'")
        }
        let isJSON = invocation.has("--json")
        let totals = Totals()
        let start = Console.ticks
        let follow = StoreFollow(store, invocation.arguments, options: options) {
            Self.tell($0, totals, isJSON: isJSON)
        }
        do throws(IngestFailure) {
            do throws(IngestFailure) {
                while !Interruption.isWanted {
                    try follow.poll { () throws(IngestFailure) in if Interruption.isWanted { throw .stopped } }
                    if !Interruption.isWanted { store.clock.sleep(StoreFollow.pause) }
                }
            } catch {
                guard error == .stopped else { throw error }
            }
            try follow.commit()
        } catch {
            throw CommandFailure(error)
        }
        try summarize(totals, Console.ticks - start, isJSON: isJSON)
    }

    private static func tell(_ step: StoreFollow.Step, _ totals: Totals, isJSON: Bool) {
        switch step {
        case .began(let path, let format, let knownByteCount):
            let known = knownByteCount > 0 ? ", \(Quantity.bytes(knownByteCount)) of it are in the store already" : ""
            Console.printError("\(path): following it as \(format.rawValue)\(known)")
        case .committed(let path, let eventCount, let rejectCount, let byteOffset):
            totals.eventCount += eventCount
            totals.rejectCount += rejectCount
            totals.commitCount += 1
            guard isJSON else { return }
            var line = JSONLine()
            line.add("input", path)
            line.add("events", eventCount)
            line.add("rejects", rejectCount)
            line.add("byteOffset", byteOffset)
            // Whoever reads this may be gone; the events are stored all the same.
            try? Console.print(line.text)
        case .missing(let path): Console.printError("\(path) is not there yet; waiting for it")
        case .obscure(let path):
            Console.printError("\(path): the format cannot be told yet; --format names it")
        case .moved(let path): Console.printError("\(path) was renamed or removed; waiting for a new file")
        case .replaced(let path): Console.printError("\(path) was cut or written anew; beginning at its start")
        }
    }

    private func summarize(_ totals: Totals, _ elapsed: Int64, isJSON: Bool) throws(CommandFailure) {
        if isJSON {
            var line = JSONLine()
            line.add("allEvents", totals.eventCount)
            line.add("allRejects", totals.rejectCount)
            line.add("commits", totals.commitCount)
            line.add("nanoseconds", elapsed)
            return try Console.print(line.text)
        }
        let rejects = totals.rejectCount > 0 ? ", \(Quantity.count(totals.rejectCount)) records were no events" : ""
        try Console.print(
            "\(Quantity.count(totals.eventCount)) events in \(Quantity.count(totals.commitCount)) commits\(rejects), "
                + Quantity.seconds(elapsed))
    }
}
