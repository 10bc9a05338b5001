import Bytes
import Columns
import Testing

@testable import Segments

/// Damage gives a typed error or the same answer: never a trap, never a wrong value.
@Suite struct DamageTests {
    static let files = [
        "types-hot", "types-cold", "services-hot", "services-cold", "own-presence", "overflow", "empty",
    ]

    @Test("a flipped bit anywhere is found, or changes nothing", arguments: files)
    func flips(name: String) throws {
        let golden = try #require(GoldenSegment.wholeSegments.first { $0.name == name })
        let bytes = try golden.make()
        let rows = try GoldenTests.render(bytes)
        // Every byte of short files, and of long ones as many as keep this quick.
        let step = max(1, bytes.count / 700)
        var changedCount = 0
        for place in stride(from: 0, to: bytes.count, by: step) {
            var damaged = bytes
            damaged[place] ^= 1 << UInt8(place / step % 8)
            do {
                if try GoldenTests.render(damaged) != rows { changedCount += 1 }
            } catch is SegmentError {}
        }
        #expect(changedCount == 0)
    }

    @Test("a file cut off anywhere is refused", arguments: files)
    func truncations(name: String) throws {
        let golden = try #require(GoldenSegment.wholeSegments.first { $0.name == name })
        let bytes = try golden.make()
        for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 500)) {
            #expect(throws: SegmentError.self) { try GoldenTests.render(Array(bytes[..<length])) }
        }
    }

    /// The checksums are right, so the decoders see the damage itself.
    @Test(
        "a page with wrong bytes under right checksums is refused or decoded, never a trap",
        arguments: GoldenSegment.integerNodes + GoldenSegment.doubleNodes + GoldenSegment.stringNodes)
    func pages(golden: GoldenSegment) throws {
        var generator = SplitMix64(seed: 3)
        var refusedCount = 0
        for _ in 0..<120 {
            let damaged = try golden.makeChanging { page in
                var page = page
                for _ in 0...generator.next() % 3 { Self.change(&page, &generator) }
                return page
            }
            do { _ = try GoldenTests.render(damaged) } catch is SegmentError { refusedCount += 1 }
        }
        #expect(refusedCount > 0)
    }

    private static func change(_ page: inout [UInt8], _ generator: inout SplitMix64) {
        guard !page.isEmpty else { return }
        let place = Int(generator.next() % UInt64(page.count))
        switch generator.next() % 6 {
        case 0: page[place] ^= 1 << UInt8(generator.next() % 8)
        case 1: page[place] = UInt8(truncatingIfNeeded: generator.next())
        case 2: page[place] = 0xFF
        case 3: page.remove(at: place)
        case 4: page.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
        // A number as large as a varint can be.
        default: page.replaceSubrange(place..<place + 1, with: [UInt8](repeating: 0xFF, count: 9) + [1])
        }
    }

    @Test("statistics, metadata and roots of random bytes are refused")
    func randomBytes() throws {
        var generator = SplitMix64(seed: 4)
        let zones = [Zone(firstRow: 0, rowCount: 100)]
        for length in 0..<400 {
            let bytes = (0..<length).map { _ in
                UInt8(truncatingIfNeeded: generator.next() % 7 == 0 ? generator.next() : generator.next() % 4)
            }
            _ = try? ColumnMetadata(parsing: bytes[...], type: .string, zones: zones, at: 0)
            _ = try? Root(parsing: bytes[...], at: 0)
            _ = try? IdFilterReader(bytes[...], zoneCount: 1)
            for type in [ColumnType.int64, .double, .string, .sequence] {
                var reader = ByteReader(bytes)
                _ = try? ColumnStatistics(parsing: &reader, type: type, zoneTable: zones)
            }
            for kind in PageEntry.Presence.everyRow.rawValue...PageEntry.Presence.own.rawValue {
                let entry = PageEntry(
                    place: .inline(bytes[...], at: 0), valueCount: 100, firstZone: 0, zoneCount: 1, kind: .data,
                    presence: PageEntry.Presence(rawValue: kind)!, rawByteCount: 0)
                for type in ColumnType.allCases {
                    var reader = ByteReader(bytes)
                    _ = try? ParsedPage(parsing: &reader, entry: entry, type: type)
                }
            }
        }
    }
}
