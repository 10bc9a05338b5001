import Segments
import Storage
import TimeQL

/// Reads the events that a pattern is about, in order, and leads them through it.
struct PatternSearch {
    private var scan: EventScan
    private var tests: PatternTests
    private var keys: PatternKeys
    private var eventCount = 0
    private var greatestByteCount = 0
    private(set) var matcher: PatternMatcher
    private let limit: Int
    private let options: QueryOptions
    private var byteLimit: Int { options.memoryByteLimit }

    init(
        _ scan: EventScan, tests: PatternTests, keys: PatternKeys, matcher: PatternMatcher, limit: Int,
        options: QueryOptions
    ) throws(StoreError) {
        self.scan = scan
        self.tests = tests
        self.keys = keys
        self.matcher = matcher
        self.limit = limit
        self.options = options
        try self.scan.restrict(to: Condition(tests.condition))
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
        for (number, part) in parts.enumerated() {
            if options.isCancelled() { throw ExecutionError.cancelled }
            try read(part, number: placeOfPart[part.number] ?? 0, into: &waiting)
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

    private mutating func read(_ part: EventScan.Part, number: Int, into waiting: inout [PatternEvent])
        throws(StoreError)
    {
        guard let found = try scan.found(in: part) else { return }
        let fulfilled = try scan.alternatives(of: found, in: part)
        var keys = keys
        self.keys = PatternKeys([])
        defer { self.keys = keys }
        let (times, sequences, rowKeys) = try scan.reading(part) { () throws(SegmentError) in
            (try found.times(), try found.sequences(), try keys.keys(of: found))
        }
        var isOrdered = true
        var last = waiting.last?.time ?? .min
        waiting.reserveCapacity(waiting.count + times.count)
        for row in times.indices where rowKeys[row] >= 0 {
            waiting.append(
                PatternEvent(
                    time: times[row], sequence: sequences[row], part: Int32(number), key: rowKeys[row],
                    bits: tests.bits(of: fulfilled[row])))
            isOrdered = isOrdered && times[row] > last
            last = times[row]
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

    /// The cells of some fields for the events of matches.
    mutating func cells(
        of events: [PatternEvent], fields: [BoundField]
    ) throws(StoreError) -> [Int32: [UInt64: [AnswerTable.Cell]]] {
        var found: [Int32: [UInt64: [AnswerTable.Cell]]] = [:]
        let paths = Set(fields.flatMap(\.paths))
        for (number, events) in Dictionary(grouping: events, by: \.part).sorted(by: { $0.key < $1.key }) {
            let wanted = Set(events.map(\.sequence))
            let part = scan.parts[Int(number)]
            guard let all = try scan.found(in: part) else { continue }
            let chosen = try scan.reading(part) { () throws(SegmentError) in
                let sequences = try all.sequences()
                return try all.selecting(sequences.indices.filter { wanted.contains(sequences[$0]) })
                    .batch(where: paths.contains)
            }
            let texts = fields.map { BatchField($0, in: chosen).texts }
            for row in 0..<chosen.rowCount {
                found[number, default: [:]][chosen.sequences[row]] = texts.map { $0[row].map { .text($0) } ?? .none }
            }
        }
        return found
    }
}
