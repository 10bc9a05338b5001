import Columns
import Storage
import TimeQL

/// Reads the events that a pattern is about, in order, and leads them through it.
struct PatternSearch {
    private var scan: EventScan
    private var tests: PatternTests
    private var keys: PatternKeys
    private(set) var matcher: PatternMatcher
    private let limit: Int
    private let byteLimit: Int

    init(
        _ scan: EventScan, tests: PatternTests, keys: PatternKeys, matcher: PatternMatcher, limit: Int, byteLimit: Int
    ) throws(StoreError) {
        self.scan = scan
        try self.scan.restrict(to: Condition(tests.anyOf))
        self.tests = tests
        self.keys = keys
        self.matcher = matcher
        self.limit = limit
        self.byteLimit = byteLimit
    }

    /// The matches, those that ended first first, and what their keys stand for.
    mutating func run(before end: Int64) throws -> (matches: [PatternMatcher.Match], keys: PatternKeys) {
        let parts = scan.parts.sorted { ($0.times.lowerBound, $0.number) < ($1.times.lowerBound, $1.number) }
        var waiting: [PatternEvent] = []
        // Events that all those before have come of, and that are not looked at yet.
        var ready: [PatternEvent] = []
        let stopsEarly = matcher.findsInOrder && limit < .max
        var last = end
        for (number, part) in parts.enumerated() {
            try read(part, number: scan.parts.firstIndex { $0.number == part.number } ?? 0, into: &waiting)
            let next = number + 1 < parts.count ? parts[number + 1].times.lowerBound : nil
            let count = next.map { next in waiting.firstIndex { $0.time >= next } ?? waiting.count } ?? waiting.count
            if count > 0 { last = max(last, waiting[count - 1].time) }
            ready += waiting[..<count]
            waiting.removeFirst(count)
            if (waiting.count + ready.count) * MemoryLayout<PatternEvent>.stride > byteLimit { throw tooLarge }
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
        let paths = Set((keys.fields + tests.anyOf.fields).flatMap(\.paths))
        guard let (batch, times) = try scan.rows(of: part, with: paths.contains) else { return }
        let bits = tests.bits(of: batch)
        let rowKeys = keys.keys(of: batch)
        let isFirst = waiting.isEmpty
        var last = Int64.min
        var isOrdered = isFirst
        for row in times.indices where rowKeys[row] >= 0 {
            waiting.append(
                PatternEvent(
                    time: times[row], sequence: batch.sequences[row], part: Int32(number), key: rowKeys[row],
                    bits: bits[row]))
            isOrdered = isOrdered && times[row] > last
            last = times[row]
        }
        if !isOrdered {
            waiting.sort { ($0.time, $0.sequence, $0.part) < ($1.time, $1.sequence, $1.part) }
        }
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
        for (part, events) in Dictionary(grouping: events, by: \.part).sorted(by: { $0.key < $1.key }) {
            let sequences = Set(events.map(\.sequence))
            guard let (batch, _) = try scan.rows(of: scan.parts[Int(part)], with: paths.contains) else {
                continue
            }
            let rows = batch.sequences.indices.filter { sequences.contains(batch.sequences[$0]) }
            let chosen = batch.selecting(Array(rows))
            let texts = fields.map { BatchField($0, in: chosen).texts }
            for row in 0..<chosen.rowCount {
                found[part, default: [:]][chosen.sequences[row]] = texts.map { $0[row].map { .text($0) } ?? .none }
            }
        }
        return found
    }
}
