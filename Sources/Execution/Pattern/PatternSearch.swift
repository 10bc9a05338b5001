import Files
import Segments
import Storage
import TimeQL

/// Reads the events that a pattern is about, in order, and leads them through it: those of some keys on one lane, those
/// of others on another.
struct PatternSearch {
    let scan: EventScan
    let reader: PartReader
    let options: QueryOptions
    let lanes: [PatternLane]
    private let tests: PatternTests
    private let keysOfThreads: [KeysOfThread]
    private let limit: Int
    /// Whether matches are found in order, and only some are asked for.
    private let stopsEarly: Bool

    /// A turn ends when so many events are found, and what is read already.
    private static let eventsOfTurn = 1 << 18
    /// So many rows are looked through in a turn that may be the last, unless a part has more.
    private static let rowsAtOnce = 1 << 19
    /// So many events are led through the pattern at once.
    private static let chunkLength = 1 << 20
    /// Fewer events are not worth another thread.
    private static let eventsOfThread = 4096

    init(
        _ scan: EventScan, tests: PatternTests, keys: PatternKeys, automaton: PatternAutomaton,
        matcher: PatternMatcher, limit: Int, options: QueryOptions
    ) throws(StoreError) {
        self.tests = tests
        self.limit = limit
        self.options = options
        let stopsEarly = matcher.findsInOrder && limit < .max
        self.stopsEarly = stopsEarly
        let laneCount = keys.fields.isEmpty || stopsEarly ? 1 : max(1, min(options.threadCount, KeysOfThread.mostLanes))
        keysOfThreads = (0..<max(1, options.threadCount)).map { _ in KeysOfThread(keys, laneCount: laneCount) }
        lanes = (0..<laneCount).map {
            PatternLane(
                $0, tests: tests, keys: keys, matcher: matcher,
                chunkLength: stopsEarly ? 0 : Self.chunkLength / laneCount, options: options)
        }
        var scan = scan
        try scan.restrict(to: tests, of: automaton, tellsPartial: matcher.tellsPartial)
        self.scan = scan
        reader = PartReader(scan, threadCount: options.threadCount)
    }

    /// The matches, those that ended first first.
    func run(before end: Int64) throws -> [FoundMatch] {
        let parts = scan.parts.sorted { ($0.times.lowerBound, $0.number) < ($1.times.lowerBound, $1.number) }
        let placeOfPart = Dictionary(
            uniqueKeysWithValues: scan.parts.enumerated().map { ($0.element.number, $0.offset) })
        var place = 0
        while place < parts.count {
            let turn = try readTurn(parts[place...], placeOfPart: placeOfPart)
            place += turn.count
            // No event before the first of the next part will come.
            let bounds = (place - turn.count..<place).map {
                $0 + 1 < parts.count ? parts[$0 + 1].times.lowerBound : nil
            }
            try lead(turn, before: bounds)
            if stopsEarly, lanes[0].matcher.matches.count >= limit { break }
        }
        let last = lanes.reduce(end) { max($0, $1.lastTime) }
        let found = try onLanes(eventCount: lanes.reduce(0) { $0 + $1.eventCount }) { lane, number in
            lane.finish(before: last)
            return lane.matcher.found(lane: number).sorted { $0.comesBefore($1) }
        }
        // Those of each lane are in order, which leaves little to sort.
        return Array((found.count == 1 ? found[0] : found.joined().sorted { $0.comesBefore($1) }).prefix(limit))
    }

    // MARK: Reading

    /// What one thread has found in a part, for each lane, with the keys of that thread.
    private struct Found: Sendable {
        var thread: Int
        var events: [[PatternEvent]]
    }

    /// What the next parts hold, one behind the other.
    private struct Turn: Sendable {
        var parts: [Found] = []
        var eventCount = 0
    }

    /// The events of the next parts, by part. Few parts are read ahead when it may end at any of them; else there are
    /// as many as memory holds, since threads begin and end with every turn.
    private func readTurn(
        _ parts: ArraySlice<EventScan.Part>, placeOfPart: [Int: Int]
    ) throws(ExecutionError) -> [Found] {
        let count =
            stopsEarly
            ? PartReader.turnLength(
                parts, after: parts.startIndex, threadCount: reader.threadCount, rowLimit: Self.rowsAtOnce)
            : parts.count
        let (tests, keysOfThreads, laneCount) = (tests, keysOfThreads, lanes.count)
        let turn = try reader.read(parts.prefix(count), into: Turn(), isCancelled: options.isCancelled) {
            (scan, part, thread) throws(StoreError) in
            let events = try Self.events(
                in: part, number: placeOfPart[part.number] ?? 0, &scan, tests, keysOfThreads[thread], laneCount)
            return Found(thread: thread, events: events)
        } join: { turn, found in
            turn.parts.append(found)
            turn.eventCount += found.events.reduce(0) { $0 + $1.count }
        } isEnough: {
            $0.eventCount >= Self.eventsOfTurn
        }
        return turn.parts
    }

    private static func events(
        in part: EventScan.Part, number: Int, _ scan: inout EventScan, _ tests: PatternTests, _ keys: KeysOfThread,
        _ laneCount: Int
    ) throws(StoreError) -> [[PatternEvent]] {
        var events = [[PatternEvent]](repeating: [], count: laneCount)
        guard let (found, fulfilled) = try scan.foundAlternatives(in: part) else { return events }
        let (times, sequences, rowKeys) = try scan.reading(part) { () throws(SegmentError) in
            (try found.times(), try found.sequences(), try keys.keys(of: found))
        }
        for lane in events.indices { events[lane].reserveCapacity(times.count * 5 / (4 * laneCount) + 16) }
        let rows = found.rows.positions
        for row in times.indices where rowKeys[row] >= 0 {
            events[keys.lane(of: rowKeys[row])].append(
                PatternEvent(
                    time: times[row], sequence: sequences[row], bits: tests.bits(of: fulfilled[row]),
                    part: Int32(number), row: Int32(rows[row]), key: rowKeys[row]))
        }
        return events
    }

    // MARK: Matching

    /// Gives each lane what was found in some parts, behind each of which no event before a time will come.
    private func lead(_ turn: [Found], before bounds: [Int64?]) throws {
        let byteCounts = lanes.map(\.byteCount)
        let byteCount = byteCounts.reduce(0, +)
        let (keysOfThreads, limit, stopsEarly, options) = (keysOfThreads, limit, stopsEarly, options)
        let eventCount = turn.reduce(0) { $0 + $1.events.reduce(0) { $0 + $1.count } }
        _ = try onLanes(eventCount: eventCount) { lane, number in
            // What others take meanwhile counts at the end.
            let left = options.memoryByteLimit - (byteCount - byteCounts[number])
            for (found, bound) in zip(turn, bounds) {
                let keys = keysOfThreads[found.thread].keys
                try lane.add(
                    found.events[number], of: found.thread, keys, before: bound,
                    limit: stopsEarly ? limit : .max, byteLimit: left)
                if stopsEarly, lane.matcher.matches.count >= limit { break }
            }
        }
        let pendingByteCount = lanes.reduce(0) { $0 + $1.pendingByteCount }
        if max(pendingByteCount, lanes.reduce(0) { $0 + $1.byteCount }) > options.memoryByteLimit {
            throw options.patternIsTooLarge
        }
    }

    /// What is done with each lane, by threads unless it is about few events.
    private func onLanes<Found: Sendable>(
        eventCount: Int, _ body: @escaping @Sendable (PatternLane, Int) throws -> Found
    ) throws -> [Found] {
        let queue = FragmentQueue<Found, [Found]>(count: lanes.count, into: []) { $0.append($1) }
        let work: @Sendable () -> Void = { [lanes] in queue.work { try body(lanes[$0], $0) } }
        let threadCount = eventCount < Self.eventsOfThread ? 1 : lanes.count
        let threads = (1..<max(1, threadCount)).compactMap { _ in WorkerThread { work() } }
        work()
        for thread in threads { thread.join() }
        return try queue.finish()
    }

    /// What the search has come to, for people.
    func used(matchCount: Int) -> QueryPlan.Step {
        let keyCount = lanes.reduce(0) { $0 + $1.keys.count }
        let eventCount = lanes.reduce(0) { $0 + $1.eventCount }
        let byteCount = lanes.reduce(0) { $0 + $1.greatestByteCount }
        return QueryPlan.Step(
            "matched",
            "\(matchCount) matches among \(eventCount) events of \(keyCount) keys;"
                + " runs took at most \(byteCount) bytes",
            [
                "matches": .integer(matchCount), "events": .integer(eventCount), "keys": .integer(keyCount),
                "bytes": .integer(byteCount),
            ])
    }
}
