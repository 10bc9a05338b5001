import Segments
import Storage
import TimeQL

/// Reads the events that a pattern is about, in order, and leads them through it.
struct PatternSearch {
    private let scan: EventScan
    private var tests: PatternTests
    private var keys: PatternKeys
    private let keysOfThreads: [KeysOfThread]
    private let reader: PartReader
    private var eventCount = 0
    private var greatestByteCount = 0
    private(set) var matcher: PatternMatcher
    private let limit: Int
    private let options: QueryOptions
    private var byteLimit: Int { options.memoryByteLimit }

    init(
        _ scan: EventScan, tests: PatternTests, keys: PatternKeys, automaton: PatternAutomaton,
        matcher: PatternMatcher, limit: Int, options: QueryOptions
    ) throws(StoreError) {
        self.tests = tests
        self.keys = keys
        keysOfThreads = (0..<max(1, options.threadCount)).map { _ in KeysOfThread(keys) }
        self.matcher = matcher
        self.limit = limit
        self.options = options
        var scan = scan
        try scan.restrict(to: tests, of: automaton, tellsPartial: matcher.tellsPartial)
        self.scan = scan
        reader = PartReader(scan, threadCount: options.threadCount)
    }

    /// The matches, those that ended first first, and what their keys stand for.
    mutating func run(before end: Int64) throws -> (matches: [PatternMatcher.Match], keys: PatternKeys) {
        let parts = scan.parts.sorted { ($0.times.lowerBound, $0.number) < ($1.times.lowerBound, $1.number) }
        var waiting: [PatternEvent] = []
        // Events that all those before have come of, and that are not looked at yet.
        var ready: [PatternEvent] = []
        let stopsEarly = matcher.findsInOrder && limit < .max
        var last = end
        let placeOfPart = Dictionary(
            uniqueKeysWithValues: scan.parts.enumerated().map { ($0.element.number, $0.offset) })
        var turn: [Found] = []
        for number in parts.indices {
            // The first found comes last.
            if turn.isEmpty {
                turn = try readTurn(parts[number...], placeOfPart: placeOfPart, stopsEarly: stopsEarly).reversed()
            }
            add(turn.removeLast(), to: &waiting)
            let next = number + 1 < parts.count ? parts[number + 1].times.lowerBound : nil
            let count = next.map { next in waiting.firstIndex { $0.time >= next } ?? waiting.count } ?? waiting.count
            if count > 0 { last = max(last, waiting[count - 1].time) }
            ready += waiting[..<count]
            waiting.removeFirst(count)
            let byteCount = (waiting.count + ready.count) * MemoryLayout<PatternEvent>.stride + keys.byteCount
            if byteCount > byteLimit { throw tooLarge }
            guard stopsEarly || ready.count >= Self.chunkLength || next == nil else { continue }
            // A key's events one after another find in the cache what is known of the key.
            if !stopsEarly, !keys.fields.isEmpty { ready = Self.grouped(ready, keyCount: keys.count) }
            try match(ready, stopsEarly: stopsEarly)
            ready.removeAll(keepingCapacity: true)
            if stopsEarly, matcher.matches.count >= limit { break }
        }
        matcher.finish(keyCount: keys.count, before: last)
        let arena = matcher.waiting.arena
        let ordered = matcher.matches.sorted { left, right in
            let (one, other) = (arena[left.run].event, arena[right.run].event)
            return (left.end, one.time, one.sequence, one.part) < (right.end, other.time, other.sequence, other.part)
        }
        return (Array(ordered.prefix(limit)), keys)
    }

    /// So many rows are looked through in one turn, unless a part has more.
    private static let rowsAtOnce = 1 << 19
    /// So many events are led through the pattern at once.
    private static let chunkLength = 1 << 20

    private mutating func match(_ events: [PatternEvent], stopsEarly: Bool) throws {
        let start = options.recorder?.now ?? 0
        defer {
            eventCount += events.count
            greatestByteCount = max(greatestByteCount, matcher.byteCount + tests.byteCount)
            options.recorder?.add("match", from: start, ["events": .integer(events.count)])
        }
        for (number, event) in events.enumerated() {
            var event = event
            tests.hold(&event)
            if event.bits != 0 { matcher.add(event) }
            if number % 256 == 0 || number == events.count - 1, isOverBudget { throw tooLarge }
            if stopsEarly, matcher.matches.count == limit { return }
        }
    }

    private var isOverBudget: Bool { matcher.byteCount + tests.byteCount > byteLimit }

    /// The same events by their keys, those of a key in their order.
    private static func grouped(_ events: [PatternEvent], keyCount: Int) -> [PatternEvent] {
        guard let first = events.first else { return [] }
        var places = [Int](repeating: 0, count: keyCount + 1)
        for event in events { places[Int(event.key) + 1] += 1 }
        for key in 0..<keyCount { places[key + 1] += places[key] }
        var result = [PatternEvent](repeating: first, count: events.count)
        for event in events {
            result[places[Int(event.key)]] = event
            places[Int(event.key)] += 1
        }
        return result
    }

    /// What one thread has found in a part, with the keys of that thread.
    private struct Found: Sendable {
        var thread: Int
        var events: [PatternEvent]
    }

    /// The events of the next parts, by part. Few parts are read ahead when it may end at any of them.
    private func readTurn(
        _ parts: ArraySlice<EventScan.Part>, placeOfPart: [Int: Int], stopsEarly: Bool
    ) throws(ExecutionError) -> [Found] {
        let count = PartReader.turnLength(
            parts, after: stopsEarly ? parts.startIndex : .max, threadCount: reader.threadCount,
            rowLimit: Self.rowsAtOnce)
        let (tests, keysOfThreads) = (tests, keysOfThreads)
        return try reader.read(parts.prefix(count), isCancelled: options.isCancelled) {
            (scan, part, thread) throws(StoreError) in
            let events = try Self.events(
                in: part, number: placeOfPart[part.number] ?? 0, &scan, tests, &keysOfThreads[thread].keys)
            return Found(thread: thread, events: events)
        }
    }

    private static func events(
        in part: EventScan.Part, number: Int, _ scan: inout EventScan, _ tests: PatternTests, _ keys: inout PatternKeys
    ) throws(StoreError) -> [PatternEvent] {
        guard let (found, fulfilled) = try scan.foundAlternatives(in: part) else { return [] }
        let (times, sequences, rowKeys) = try scan.reading(part) { () throws(SegmentError) in
            (try found.times(), try found.sequences(), try keys.keys(of: found))
        }
        var events: [PatternEvent] = []
        events.reserveCapacity(times.count)
        let rows = found.rows.positions
        for row in times.indices where rowKeys[row] >= 0 {
            events.append(
                PatternEvent(
                    time: times[row], sequence: sequences[row], part: Int32(number), row: Int32(rows[row]),
                    key: rowKeys[row], bits: tests.bits(of: fulfilled[row])))
        }
        return events
    }

    /// Adds what was found in a part to the events that wait, all of them in order and with keys as the search has them.
    private mutating func add(_ found: Found, to waiting: inout [PatternEvent]) {
        var isOrdered = true
        var last = waiting.last?.time ?? .min
        let holder = keysOfThreads[found.thread]
        for var event in found.events {
            event.key = holder.number(of: event.key, in: &keys)
            waiting.append(event)
            isOrdered = isOrdered && event.time > last
            last = event.time
        }
        if !isOrdered {
            waiting.sort { ($0.time, $0.sequence, $0.part) < ($1.time, $1.sequence, $1.part) }
        }
    }

    /// What the search has come to, for people.
    func used(matchCount: Int) -> QueryPlan.Step {
        let keyCount = max(keys.count, keys.fields.isEmpty ? 1 : 0)
        return QueryPlan.Step(
            "matched",
            "\(matchCount) matches among \(eventCount) events of \(keyCount) keys;"
                + " runs took at most \(greatestByteCount) bytes",
            [
                "matches": .integer(matchCount), "events": .integer(eventCount), "keys": .integer(keyCount),
                "bytes": .integer(greatestByteCount),
            ])
    }

    private var tooLarge: QueryError {
        QueryError(
            .limit, "this pattern needs more than the \(byteLimit >> 20) MiB of memory that it may take",
            at: SourceRange(0, 0), hint: "limit how long runs wait by WITHIN or TOTAL WITHIN, or ask for a shorter time"
        )
    }

    /// The cells of some fields for the events of matches, by part and row.
    func cells(
        of events: [PatternEvent], fields: [BoundField]
    ) throws(ExecutionError) -> [Int32: [Int32: [AnswerTable.Cell]]] {
        let events = Dictionary(grouping: events, by: \.part).sorted { $0.key < $1.key }
        let parts = events.map { scan.parts[Int($0.key)] }
        let rowsOfPart = Dictionary(
            uniqueKeysWithValues: zip(parts, events).map { ($0.number, Set($1.value.map(\.row)).sorted()) })
        let found = try reader.read(parts[...], isCancelled: options.isCancelled) {
            (scan, part, _) throws(StoreError) -> [Int32: [AnswerTable.Cell]] in
            let rows = rowsOfPart[part.number] ?? []
            let chosen = try scan.rows(rows.map { Int($0) }, of: part)
            let texts = try scan.reading(part) { () throws(SegmentError) in
                try fields.map { (field) throws(SegmentError) in try chosen.texts(of: field) }
            }
            var cells: [Int32: [AnswerTable.Cell]] = [:]
            for (place, row) in rows.enumerated() {
                cells[row] = texts.map { $0[place].map { .text($0) } ?? .none }
            }
            return cells
        }
        return Dictionary(uniqueKeysWithValues: zip(events.map(\.key), found))
    }
}
