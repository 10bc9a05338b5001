import Bytes
import Columns
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

    @Test(
        "what a reader has read another one reads no more, and values are the same",
        arguments: RoundTripTests.tiers)
    func sharing(tier: EncodingProfile.Tier) throws {
        var generator = RowGenerator(seed: 12)
        var options = SegmentWriterOptions(tier: tier)
        options.zoneCountPerBand = 2
        let bytes = try segment(generator.serviceRows(30_000), options: options)
        #expect(bytes.count > 2 * SegmentReader.tailByteCount)
        let cache = PageCache(byteLimit: 64 << 20)
        let alone = try Self.read(bytes, nil)
        let first = try Self.read(bytes, cache)
        let second = try Self.read(bytes, cache)
        #expect(first.runs.elementsEqual(alone.runs, by: ==))
        #expect(second.runs.elementsEqual(alone.runs, by: ==))
        #expect(alone.byteCount > 0 && first.byteCount > 0)
        #expect(second.byteCount == 0)
    }

    /// The rows and values of all columns, and how many bytes of pages were read for them.
    private static func read(
        _ bytes: [UInt8], _ cache: PageCache?
    ) throws -> (runs: [(rows: Bitmap?, values: ColumnVector)], byteCount: Int) {
        let reader = try SegmentReader(MemorySource(bytes))
        reader.pageCache = cache
        // Where the pages are each reader finds by itself.
        for column in try reader.allColumns() { _ = try column.pages() }
        let start = reader.readByteCount
        var runs: [(rows: Bitmap?, values: ColumnVector)] = []
        for zones in try reader.batchRanges() {
            let scan = ZoneScan(reader, zones)
            for column in try reader.allColumns() where column.path != .none {
                for text in ["a", "error", "payments"] where column.type.layout == .strings {
                    let test = ColumnTest.strings(.contains(Array(text.utf8)))
                    let found = try scan.matches(column, test, DictionaryAnswers())
                    runs.append((found, .presence(count: 0)))
                }
                for run in try scan.runs(of: column) { runs.append((run.rows, run.values)) }
            }
        }
        return (runs, reader.readByteCount - start)
    }
}
