import Testing

@testable import Segments

@Suite("Pages that were read before")
struct PageCacheTests {
    private static func key(_ number: Int) -> PageCache.Key { .init(segment: 1, column: number, page: 0, buffer: 0) }

    @Test("no more is kept than the limit, and what was asked for last stays")
    func limit() {
        let cache = PageCache(byteLimit: 64 << 10)
        for number in 0..<1000 {
            cache.keep([UInt8](repeating: UInt8(number % 251), count: 1000)[...], Self.key(number))
            #expect(cache.byteCount <= 64 << 10)
            #expect(cache.bytes(Self.key(number))?.first == UInt8(number % 251))
            // Asked for again and again, the first is never the one that goes.
            #expect(cache.bytes(Self.key(0))?.count == 1000)
        }
        #expect(cache.bytes(Self.key(500)) == nil)
    }

    @Test("what would drive out much else is not kept, and segments are told apart")
    func refusals() {
        let cache = PageCache(byteLimit: 64 << 10)
        cache.keep([UInt8](repeating: 7, count: 9 << 10)[...], Self.key(1))
        #expect(cache.bytes(Self.key(1)) == nil)
        #expect(cache.byteCount == 0)
        cache.keep([1, 2, 3], Self.key(2))
        var other = Self.key(2)
        other.segment = 2
        #expect(cache.bytes(other) == nil)
        #expect(cache.page(Self.key(2)) == nil)
        #expect(cache.bytes(Self.key(2)) == [1, 2, 3])
    }
}
