import Bytes
import Columns
import Testing

@testable import Segments

@Suite struct InspectReportTests {
    static let tiers: [EncodingProfile.Tier] = [.hot, .warm, .cold]

    /// Segments of each tier, written once for all tests.
    private static let files = Result {
        try tiers.map { tier in
            var generator = RowGenerator(seed: 11)
            let rows = [
                [], tinyRows, generator.rows(300), generator.serviceRows(8300), generator.wildRows(600, keyCount: 900),
            ]
            return try rows.map { try segment($0, options: smallBands(tier)) }
        }
    }

    private static func samples(_ tier: EncodingProfile.Tier) throws -> [SegmentInspector] {
        let files = try files.get()[try #require(tiers.firstIndex(of: tier))]
        return try files.map { try SegmentInspector(try SegmentReader(MemorySource($0))) }
    }

    @Test("columns may claim any number of raw bytes, which nothing checks")
    func rawBytes() throws {
        var report = try inspector(tinyRows, options: smallBands(.hot)).report()
        for index in report.columns.indices { report.columns[index].rawByteCount = .max }
        #expect(report.rawByteCount == .max)
        #expect(report.text().contains("9,223,372,036,854,775,807 bytes"))
        #expect(report.json().contains("\"rawBytes\":9223372036854775807"))
    }

    @Test("every byte of the file is for something, and what it is for adds up to the file", arguments: tiers)
    func parts(tier: EncodingProfile.Tier) throws {
        for inspector in try Self.samples(tier) {
            let report = try inspector.report()
            #expect(report.parts.total == report.head.fileByteCount)
            #expect(report.parts[.unaccounted] == 0)
            #expect(report.columns.count == report.head.columnCount)
            let columnKinds: [ByteParts.Kind] = [
                .pages, .dictionaries, .templates, .symbolTables, .zstdDictionaries, .shapeTables, .mapTables,
                .pageTables, .statistics,
            ]
            for kind in columnKinds {
                #expect(report.columns.reduce(0) { $0 + $1.parts[kind] } == report.parts[kind], "\(kind)")
            }
            #expect(report.columns.reduce(0) { $0 + $1.parts[.directoryEntries] } <= report.parts[.directoryEntries])
        }
    }

    @Test("columns are as the segment has them, and their pages as many as their cascades", arguments: tiers)
    func columns(tier: EncodingProfile.Tier) throws {
        for inspector in try Self.samples(tier) {
            let report = try inspector.report()
            #expect(report.columns.map(\.ordinal).sorted() == Array(0..<report.head.columnCount))
            for column in report.columns {
                #expect(column.cascades.reduce(0) { $0 + $1.pageCount } == column.dataPageCount)
                #expect((column.cascade == nil) == (column.dataPageCount == 0))
                #expect(column.cascade.map { $0.pageCount <= column.dataPageCount } ?? true)
            }
            let totals = report.columns.map(\.totalByteCount)
            #expect(totals == totals.sorted(by: >))
        }
    }

    @Test("columns are found by their paths, those above them, and system columns by their names")
    func ordinals() throws {
        let inspector = try inspector(tinyRows, options: SegmentWriterOptions(tier: .hot))
        func paths(_ keys: [String]...) -> [String] {
            inspector.ordinals(at: keys.map { ColumnPath(keys: $0) }).sorted().map { inspector.names[$0] }
        }
        #expect(paths(["a"]) == ["a"] && paths(["b"]) == ["b.c"] && paths(["b", "c"]) == ["b.c"])
        #expect(paths(["b", "d"]) == [] && paths(["c"]) == [] && paths(["b.c"]) == [])
        #expect(paths(["(shape)"], ["n"]) == ["(shape)", "n"])
    }

    @Test("bytes that nothing points at are found, and overlapping ones counted once")
    func claims() {
        var claims = ByteClaims()
        claims.add(10..<20, .pages, column: 1)
        claims.add(10..<20, .dictionaries, column: 0)
        claims.add(15..<30, .statistics, column: 0)
        claims.add(40..<50, .root)
        claims.add(42..<44, .filters)
        let (file, columns) = claims.settled(fileByteCount: 64, columnCount: 2)
        #expect(file[.pages] == 10 && file[.dictionaries] == 0 && file[.statistics] == 10 && file[.root] == 10)
        #expect(file[.filters] == 0 && file[.unaccounted] == 34 && file.total == 64)
        #expect(columns[0].total == 10 && columns[1].total == 10)
    }

    @Test("the commonest kind of cascade counts its pages whatever their widths")
    func commonest() {
        var counts = CascadeCounts()
        for width in [3, 4, 4, 5] { counts.add(kind: "packed", text: "packed \(width) bit") }
        for _ in 0..<3 { counts.add(kind: "constant", text: "constant 0") }
        #expect(counts.mostCommon == .init(text: "packed 4 bit", pageCount: 4))
        #expect(counts.all.map(\.text) == ["constant 0", "packed 4 bit", "packed 3 bit", "packed 5 bit"])
    }

    @Test("the parts of pages and resources are as long as they are stored", arguments: tiers)
    func outlines(tier: EncodingProfile.Tier) throws {
        for inspector in try Self.samples(tier) {
            for column in inspector.columns {
                for (index, page) in try column.pages().enumerated() {
                    let outline = try column.outline(ofPage: index)
                    #expect(outline.storedByteCount == page.length, "\(column.displayName) \(index)")
                    #expect(outline.encodedByteCount >= outline.storedByteCount - 8)
                }
                #expect(try column.statisticsOutline().storedByteCount == column.metadata().statistics.count)
            }
        }
    }

    @Test("a damaged segment is reported as damaged, not trapped on")
    func damage() throws {
        var generator = RowGenerator(seed: 3)
        let bytes = try segment(generator.serviceRows(600), options: smallBands(.warm))
        var random = SplitMix64(seed: 8)
        for _ in 0..<300 {
            var damaged = bytes
            damaged[Int(random.next() % UInt64(bytes.count))] ^= 1 << UInt8(random.next() % 8)
            do {
                let inspector = try SegmentInspector(try SegmentReader(MemorySource(damaged)))
                _ = try inspector.report()
                _ = try inspector.hex()
            } catch {
                guard case .damaged = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
        }
    }
}
