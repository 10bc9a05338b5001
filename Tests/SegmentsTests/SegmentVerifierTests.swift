import Columns
import Testing

@testable import Segments

@Suite("Verifying a whole segment")
struct SegmentVerifierTests {
    private func verify(_ bytes: [UInt8]) throws -> ContentChecksum {
        var verifier = try SegmentVerifier(SegmentReader(MemorySource(bytes)))
        return try verifier.verify()
    }

    @Test("sound segments are sound, and two with the same rows say the same")
    func sound() throws {
        for (seed, count) in [(1 as UInt64, 0), (2, 1), (3, 700), (4, 9000)] {
            var generator = RowGenerator(seed: seed)
            let rows = seed == 4 ? generator.serviceRows(count) : generator.rows(count)
            let hot = try verify(try segment(rows, options: SegmentWriterOptions(tier: .hot)))
            #expect(hot.rowCount == UInt64(count))
            #expect(try verify(segment(rows, options: SegmentWriterOptions(tier: .cold))) == hot)
        }
        var generator = RowGenerator(seed: 6)
        let rare = generator.wildRows(3000, keyCount: 3000)
        #expect(try verify(segment(rare, options: SegmentWriterOptions(tier: .hot))).rowCount == 3000)
    }

    @Test("a column whose last values are in overflow has statistics of them, too")
    func overflowBehindPages() throws {
        var options = SegmentWriterOptions(tier: .hot)
        options.zoneCountPerBand = 1
        let rows = (0..<12_000).map { row in
            let isThere = row < 8192 || row % 2000 == 0
            return ReferenceRow(
                values: isThere ? [key("x", "rare", type: .string): .text(Array("value \(row)".utf8))] : [:],
                storedAt: 0,
                sequence: UInt64(row))
        }
        let bytes = try segment(rows, options: options)
        #expect(try verify(bytes).rowCount == 12_000)
        let reader = try SegmentReader(MemorySource(bytes))
        let column = try #require(try reader.columns(at: ColumnPath(keys: ["x", "rare"])).first)
        #expect(column.hasOverflow)
        #expect(try column.statistics()?.zones.map(\.valueCount) == [8192, 1])
    }

    @Test("no flipped bit anywhere in the file is missed")
    func flips() throws {
        var generator = RowGenerator(seed: 7)
        let good = try segment(generator.serviceRows(40), options: SegmentWriterOptions(tier: .warm))
        _ = try verify(good)
        for place in stride(from: 0, to: good.count, by: 7) {
            var bytes = good
            bytes[place] ^= 1 << UInt8(place % 8)
            #expect(throws: SegmentError.self, "byte \(place) of \(good.count)") { try verify(bytes) }
        }
    }

    @Test("statistics must be just what the values say")
    func statistics() {
        func isRight(_ bounds: ColumnStatistics.Bounds, _ values: ColumnVector, count: Int? = nil, distinct: Int = 0)
            -> Bool
        {
            let stored = ColumnStatistics.ZoneStatistics(
                zone: 0, valueCount: count ?? values.count, distinctCount: distinct, bounds: bounds)
            return stored == .init(of: values, zone: 0, like: stored)
        }
        let minusOne = UInt64(bitPattern: -1)
        #expect(isRight(.signed(-1...5), .integers([minusOne, 5, 0])))
        #expect(isRight(.signed(-1...5), .integers([minusOne, 5, 5]), distinct: 2))
        #expect(!isRight(.signed(-1...5), .integers([minusOne, 5, 5]), distinct: 3))
        #expect(!isRight(.signed(-1...5), .integers([minusOne, 6])))
        #expect(!isRight(.signed(-1...5), .integers([0, 5])))
        #expect(!isRight(.signed(0...5), .timestamps([minusOne], forms: [64])))
        #expect(!isRight(.signed(1...1), .integers([1]), count: 2))
        #expect(isRight(.none, .integers([1])))
        #expect(isRight(.unsigned(5...minusOne), .integers([minusOne, 5])))
        #expect(!isRight(.unsigned(5...9), .integers([4, 9])))
        #expect(isRight(.double(0 ... .infinity, nanCount: 1), .doubles([.nan, .infinity, -0.0]), distinct: 3))
        #expect(!isRight(.double(-0.5...1, nanCount: 0), .doubles([.nan, -0.5, 1])))
        #expect(isRight(.double(nil, nanCount: 2), .doubles([.nan, .nan])))
        #expect(!isRight(.double(nil, nanCount: 0), .doubles([1])))
        let texts = StringVector(["b", "bc", "d"])
        let long = String(repeating: "e", count: 40)
        #expect(isRight(.text(minimum: Array("b".utf8), maximum: Array("d".utf8)), .strings(texts), distinct: 3))
        #expect(
            isRight(
                .text(minimum: Array("b".utf8), maximum: Array("bc".utf8)),
                .codedStrings(dictionary: texts, codes: [1, 0, 1]), distinct: 2))
        #expect(!isRight(.text(minimum: Array("a".utf8), maximum: Array("d".utf8)), .strings(texts)))
        #expect(
            isRight(
                .text(minimum: Array("b".utf8), maximum: Array(long.utf8.prefix(32))),
                .strings(StringVector(["b", long]))))
        #expect(!isRight(.signed(0...1), .strings(texts)))
    }
}
