import TimeQL

/// Leads the events of some keys through a pattern, in order. One thread at a time works on it.
final class PatternLane: @unchecked Sendable {
    private let number: Int
    private var tests: PatternTests
    private(set) var keys: PatternKeys
    private(set) var matcher: PatternMatcher
    /// For each thread that reads the numbers here of its keys; −1: not known yet.
    private var numbersOfThreads: [[Int32]] = []
    /// Events in order, of which not all may be known behind the first that are ready.
    private var pending: [PatternEvent] = []
    private var readyCount = 0
    /// So many are led through the pattern at once; 0: as soon as they are ready, and in the order of their times.
    private let chunkLength: Int
    private let options: QueryOptions
    private static let fewEvents = 1 << 14

    private(set) var eventCount = 0
    private(set) var greatestByteCount = 0
    private(set) var lastTime = Int64.min

    init(
        _ number: Int, tests: PatternTests, keys: PatternKeys, matcher: PatternMatcher, chunkLength: Int,
        options: QueryOptions
    ) {
        self.number = number
        self.tests = tests
        self.keys = keys
        self.matcher = matcher
        self.chunkLength = chunkLength
        self.options = options
    }

    /// What it takes in memory beside what is waited for.
    var byteCount: Int { matcher.byteCount + tests.byteCount }
    var pendingByteCount: Int { pending.count * MemoryLayout<PatternEvent>.stride + keys.byteCount }

    /// Takes the events of one more part, which a thread has found.
    ///
    /// - Parameters:
    ///   - next: no event before this time will come any more; nil: none at all.
    ///   - limit: so many matches are enough, when the lane finds them in order.
    ///   - byteLimit: so much of memory the matcher may take.
    func add(
        _ events: [PatternEvent], of thread: Int, _ threadKeys: PatternKeys, before next: Int64?, limit: Int,
        byteLimit: Int
    ) throws(QueryError) {
        append(events, of: thread, threadKeys)
        readyCount =
            next.map { next in pending[readyCount...].firstIndex { $0.time >= next } ?? pending.count }
            ?? pending.count
        guard readyCount > 0, readyCount >= chunkLength || next == nil else { return }
        lastTime = max(lastTime, pending[readyCount - 1].time)
        if chunkLength == 0 || keys.fields.isEmpty {
            try match(pending[..<readyCount], limit: limit, byteLimit: byteLimit)
        } else {
            try match(grouped(pending[..<readyCount])[...], limit: limit, byteLimit: byteLimit)
        }
        pending.removeFirst(readyCount)
        readyCount = 0
    }

    /// Tells what was waited for at the end of all events.
    func finish(before time: Int64) { matcher.finish(keyCount: keys.count, before: time) }

    /// Puts events behind those that wait, all of them in order and with keys as the lane has them.
    private func append(_ events: [PatternEvent], of thread: Int, _ threadKeys: PatternKeys) {
        while numbersOfThreads.count <= thread { numbersOfThreads.append([]) }
        // Taken out meanwhile, so that what is changed with every event is a variable of this function.
        var (numbers, pending) = ([Int32](), [PatternEvent]())
        swap(&numbers, &numbersOfThreads[thread])
        swap(&pending, &self.pending)
        defer {
            swap(&numbers, &numbersOfThreads[thread])
            swap(&pending, &self.pending)
        }
        numbers += repeatElement(-1, count: max(0, threadKeys.count - numbers.count))
        // Where there are many there will be more: room for all of them is made once, and not moved again and again.
        if pending.count + events.count > Self.fewEvents, pending.capacity < chunkLength {
            pending.reserveCapacity(chunkLength + chunkLength / 4)
        }
        var isOrdered = true
        var last = pending.last
        for var event in events {
            var key = numbers[Int(event.key)]
            if key < 0 {
                key = keys.key(of: event.key, in: threadKeys)
                numbers[Int(event.key)] = key
            }
            event.key = key
            pending.append(event)
            if let last, event.comesBefore(last) { isOrdered = false }
            last = event
        }
        if !isOrdered { pending[readyCount...].sort { $0.comesBefore($1) } }
    }

    /// The same events by their keys, those of a key in their order: what is known of a key is found in the cache then.
    private func grouped(_ events: ArraySlice<PatternEvent>) -> [PatternEvent] {
        guard let first = events.first else { return [] }
        var places = [Int](repeating: 0, count: keys.count + 1)
        for event in events { places[Int(event.key) + 1] += 1 }
        for key in 0..<keys.count { places[key + 1] += places[key] }
        var result = [PatternEvent](repeating: first, count: events.count)
        for event in events {
            result[places[Int(event.key)]] = event
            places[Int(event.key)] += 1
        }
        return result
    }

    private func match(_ events: ArraySlice<PatternEvent>, limit: Int, byteLimit: Int) throws(QueryError) {
        let start = options.recorder?.now ?? 0
        defer {
            eventCount += events.count
            greatestByteCount = max(greatestByteCount, byteCount)
            options.recorder?.add("match", from: start, thread: number, ["events": .integer(events.count)])
        }
        // In pieces, between which it is looked at what is taken.
        for first in stride(from: events.startIndex, to: events.endIndex, by: 256) {
            let piece = events[first..<min(first + 256, events.endIndex)]
            matcher.add(piece, &tests, limit: limit)
            if byteCount > byteLimit { throw options.patternIsTooLarge }
            if matcher.matches.count >= limit { break }
        }
    }
}

extension PatternMatcher {
    /// Adds events, in whose course conditions come to have held for a while, until there are so many matches.
    fileprivate mutating func add(_ events: ArraySlice<PatternEvent>, _ tests: inout PatternTests, limit: Int) {
        for var event in events {
            tests.hold(&event)
            if event.bits != 0 { add(event) }
            if matches.count >= limit { break }
        }
    }
}

extension QueryOptions {
    /// What is said of a pattern that needs more memory than it may take.
    var patternIsTooLarge: QueryError {
        QueryError(
            .limit, "this pattern needs more than the \(memoryByteLimit >> 20) MiB of memory that it may take",
            at: SourceRange(0, 0), hint: "limit how long runs wait by WITHIN or TOTAL WITHIN, or ask for a shorter time"
        )
    }
}
