import Ingest
import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Numbers that segments gave before")
struct ResultCacheTests {
    private func table(_ text: String, _ store: Store, _ cache: ResultCache?, threads: Int = 2) throws -> AnswerTable {
        var options = QueryOptions()
        options.threadCount = threads
        options.resultCache = cache
        let answer = try Answer(
            Query(text), over: store.snapshot(), context: TimeContext(now: RandomQueries.start), options: options)
        guard case .table(let table) = answer else { return AnswerTable(columns: [], rows: []) }
        return table
    }

    @Test("the answer is the same with a cache and without", arguments: StoreConfiguration.allCases)
    func same(configuration: StoreConfiguration) throws {
        var random = RandomQueries(seed: 31)
        let events = (0..<200).map { _ in random.event() }
        let (store, appender) = try configuration.store(events)
        let cache = ResultCache(byteLimit: 16 << 20)
        for _ in 0..<8 {
            let bucket = random.number(below: 2) == 0 ? " BUCKET 40 minutes" : ""
            let group = ["", " BY service", " BY severity, message"][random.number(below: 3)]
            let condition = random.condition()
            for from in [0, 1, 2, 1] {
                let text =
                    "TIMELINE FROM \(RandomQueries.start + Int64(from) * 5_000_000_000_000) WHERE \(condition)\(bucket)"
                    + " COUNT, COUNT(x), AVG(x), SUM(cpu), MIN(x), P50(cpu), DISTINCT(message)\(group)"
                let plain = try table(text, store, nil)
                for threads in [1, 3] { #expect(try table(text, store, cache, threads: threads) == plain, "\(text)") }
            }
        }
        #expect((cache.hitCount > 0) == (configuration != .live))
        #expect((cache.byteCount > 0) == (configuration != .live))
        withExtendedLifetime(appender) {}
    }

    @Test("a store with one more segment goes through that one only, and sums are the same to the last digit")
    func newSegment() throws {
        var random = RandomQueries(seed: 5)
        let store = try TestStore.empty()
        let cache = ResultCache(byteLimit: 16 << 20)
        let text = "TIMELINE SUM(x), AVG(x), COUNT BY service"
        for part in 0..<4 {
            // All in one hour, so each time is one segment.
            let lines = (0..<50).map { _ in
                var event = random.event()
                event.time = RandomQueries.start
                return event.line
            }
            try TestStore.ingest(lines, into: store, "\(part)")
            #expect(try store.snapshot().state.segments.count == part + 1)
            let before = cache.hitCount
            #expect(try table(text, store, cache) == table(text, store, nil))
            #expect(cache.hitCount - before == part)
        }
        // Written otherwise, it is the same question; with another number it is not.
        let before = cache.hitCount
        _ = try table("TIMELINE sum(x), avg(x) AS mean, count GROUP BY service LIMIT 1", store, cache)
        #expect(cache.hitCount - before == 4)
        _ = try table("TIMELINE SUM(x), AVG(x), COUNT(x) BY service", store, cache)
        #expect(cache.hitCount - before == 4)
    }

    @Test("what a segment gave goes with the segment")
    func forgotten() throws {
        var random = RandomQueries(seed: 6)
        let store = try StoreConfiguration.manyIngests.store((0..<100).map { _ in random.event() }).store
        let cache = ResultCache(byteLimit: 16 << 20)
        _ = try table("TIMELINE COUNT BY message", store, cache)
        cache.forget(notIn: try store.snapshot())
        #expect(cache.byteCount > 0)
        _ = try store.compact()
        cache.forget(notIn: try store.snapshot())
        #expect(cache.byteCount == 0)
        #expect(try table("TIMELINE COUNT BY message", store, cache) == table("TIMELINE COUNT BY message", store, nil))
    }

    @Test("it takes no more memory than it may, and answers stay right")
    func memory() throws {
        var random = RandomQueries(seed: 7)
        let store = try StoreConfiguration.manyIngests.store((0..<100).map { _ in random.event() }).store
        let cache = ResultCache(byteLimit: 40_000)
        for number in 0..<60 {
            let text = "TIMELINE WHERE cpu > \(number) COUNT BY message"
            #expect(try table(text, store, cache) == table(text, store, nil))
            #expect(cache.byteCount <= 40_000)
        }
        #expect(cache.byteCount > 0)
    }

    @Test("what was not yet known is not taken from it")
    func knownAt() throws {
        var random = RandomQueries(seed: 8)
        let store = try StoreConfiguration.oneIngest.store((0..<50).map { _ in random.event() }).store
        let cache = ResultCache(byteLimit: 16 << 20)
        #expect(try table("TIMELINE COUNT", store, cache).rows == [[.integer(50)]])
        #expect(try table("TIMELINE COUNT AS KNOWN AT '1960-01-01'", store, cache).rows == [[.integer(0)]])
        #expect(try table("TIMELINE COUNT", store, cache).rows == [[.integer(50)]])
    }
}
