import Bytes
import Testing

@testable import Segments

@Suite("Pages that were read before")
struct PageCacheTests {
    private static let limit = 64 << 10
    /// With what stands around them, 64 pages of this length are as much as fits.
    private static let pageByteCount = 1024 - 256

    private static func key(_ number: Int) -> PageCache.Key { .init(segment: 1, column: number, page: 0, buffer: 0) }

    /// How many of some pages were there; the others are read, and offered.
    private static func ask(_ cache: PageCache, for pages: Range<Int>) -> Int {
        var hitCount = 0
        for number in pages {
            if let known = cache.bytes(key(number)) {
                #expect(known.count == pageByteCount && known.first == UInt8(number % 251))
                hitCount += 1
            } else {
                cache.keep([UInt8](repeating: UInt8(number % 251), count: pageByteCount)[...], key(number))
            }
            #expect(cache.byteCount <= limit)
        }
        return hitCount
    }

    @Test("a question that goes through more than fits finds almost as much of it as fits when it is asked again")
    func repeatedScan() {
        let cache = PageCache(byteLimit: Self.limit)
        #expect(Self.ask(cache, for: 0..<100) == 0)
        for _ in 0..<20 { #expect(Self.ask(cache, for: 0..<100) >= 55) }
    }

    @Test("what is asked for again soon comes in, and stays when a question goes through all")
    func smallAfterScan() {
        let cache = PageCache(byteLimit: Self.limit)
        for _ in 0..<3 { _ = Self.ask(cache, for: 0..<200) }
        _ = Self.ask(cache, for: 1000..<1010)
        _ = Self.ask(cache, for: 1000..<1010)
        #expect(Self.ask(cache, for: 1000..<1010) == 10)
        _ = Self.ask(cache, for: 2000..<2100)
        #expect(Self.ask(cache, for: 1000..<1010) == 10)
    }

    @Test("what nobody asks for any more makes room")
    func change() {
        let cache = PageCache(byteLimit: Self.limit)
        for _ in 0..<10 { _ = Self.ask(cache, for: 0..<60) }
        #expect(Self.ask(cache, for: 0..<60) == 60)
        for _ in 0..<10 { _ = Self.ask(cache, for: 100..<160) }
        #expect(Self.ask(cache, for: 100..<160) == 60)
        #expect(Self.ask(cache, for: 0..<60) < 10)
    }

    @Test("what would drive out much else is not kept, and segments and kinds of contents are told apart")
    func refusals() {
        let cache = PageCache(byteLimit: Self.limit)
        cache.keep([UInt8](repeating: 7, count: 9 << 10)[...], Self.key(1))
        #expect(cache.bytes(Self.key(1)) == nil)
        #expect(cache.byteCount == 0)
        cache.keep([1, 2, 3], Self.key(2))
        var other = Self.key(2)
        other.segment = 2
        #expect(cache.bytes(other) == nil)
        #expect(cache.page(Self.key(2)) == nil)
        #expect(cache.rows(Self.key(2)) == nil)
        #expect(cache.bytes(Self.key(2)) == [1, 2, 3])
        cache.keep(ShapeRows(Bitmap(count: 3, repeating: true)), other)
        #expect(cache.rows(other)?.count == 3)
        #expect(cache.bytes(other) == nil)
    }
}
