import Bytes
import Columns
import Testing

@testable import Segments

@Suite struct PickedRowsTests {
    /// Compares the values of a few rows, decoded by themselves, with those of all, whether pages are kept or not.
    private func expectPicksAgree(_ rows: [ReferenceRow], _ options: SegmentWriterOptions) throws {
        let bytes = try segment(rows, options: options)
        for cache in [nil, PageCache(byteLimit: 64 << 20)] {
            let reader = try SegmentReader(MemorySource(bytes))
            reader.pageCache = cache
            try expectPicksAgree(reader, seed: UInt64(rows.count))
        }
    }

    private func expectPicksAgree(_ reader: SegmentReader, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for zones in try reader.batchRanges() {
            let scan = ZoneScan(reader, zones)
            for wantedCount in [1, 5, min(150, scan.rowCount / 10)] where wantedCount * 8 <= scan.rowCount {
                var wanted = Bitmap(count: scan.rowCount)
                for _ in 0..<wantedCount { wanted[Int(random.next() % UInt64(scan.rowCount))] = true }
                for column in try reader.allColumns() where column.path != .none {
                    let found = try Self.values(scan.runs(of: column, in: wanted), wanted)
                    let all = try Self.values(scan.runs(of: column), wanted)
                    #expect(found == all, "\(column.path) of type \(column.type)")
                }
                let sequences = try scan.words(
                    of: try reader.column(ordinal: ColumnCatalog.sequenceOrdinal))
                #expect(try scan.sequences(in: wanted) == wanted.positions.map { sequences[Int($0)] })
            }
        }
    }

    /// The value of each wanted row that has one, as a column of one value, strings without their dictionary.
    private static func values(_ runs: [ColumnRun], _ wanted: Bitmap) -> [UInt32: ColumnVector] {
        var values: [UInt32: ColumnVector] = [:]
        for run in runs {
            let rows = run.rows ?? Bitmap(count: wanted.count, repeating: true)
            for (index, row) in rows.positions.enumerated() where wanted[Int(row)] {
                let value = run.values.gather([UInt32(index)])
                values[row] =
                    if case .doubles(let numbers) = value {
                        // A NaN is the same when its bits are.
                        .integers(numbers.map(\.bitPattern))
                    } else {
                        value.plainStrings.map { .strings($0) } ?? value
                    }
            }
        }
        return values
    }

    private func options(_ tier: EncodingProfile.Tier) -> SegmentWriterOptions {
        var options = SegmentWriterOptions(tier: tier)
        options.zoneCountPerBand = 2
        return options
    }

    @Test(
        "values of a few rows are what they are among all, whatever the columns and their encodings",
        arguments: RoundTripTests.tiers, [1, 2, 3, 4] as [UInt64])
    func random(tier: EncodingProfile.Tier, seed: UInt64) throws {
        var generator = RowGenerator(seed: seed)
        try expectPicksAgree(generator.rows([300, 3000, 9000, 12_000][Int(seed) - 1]), options(tier))
    }

    @Test(
        "so are those of columns that come from others, and of messages",
        arguments: RoundTripTests.tiers)
    func derived(tier: EncodingProfile.Tier) throws {
        var generator = RowGenerator(seed: 12)
        try expectPicksAgree(generator.serviceRows(17_000), options(tier))
    }

    @Test("so are those of rows that keep their own presence, and of overflow")
    func wild() throws {
        var generator = RowGenerator(seed: 13)
        var options = options(.hot)
        options.shapeLimit = 16
        try expectPicksAgree(generator.wildRows(2000, keyCount: 40), options)
        try expectPicksAgree(generator.wildRows(2000, keyCount: 2000), self.options(.hot))
    }

    @Test("so are those of values that are grouped by another column")
    func grouped() throws {
        var random = SplitMix64(seed: 4)
        var counters = (0..<24).map { UInt64($0 * 1_000_000) }
        let rows = (0..<9000).map { number in
            let host = Int(random.next() % 24)
            counters[host] += 1 + random.next() % 2
            var values: [ColumnKey: ReferenceValue] = [
                key("record", type: .int64): .word(counters[host]),
                key("ratio", type: .double): .word((Double(counters[host] % 1_000_000) / 8).bitPattern),
                key("name", type: .string): .text(Array("record \(counters[host] / 3)".utf8)),
            ]
            if number % 5 > 0 { values[key("host", type: .string)] = .text(Array("host-\(host)".utf8)) }
            return ReferenceRow(
                values: values, storedAt: Int64(number / 500), sequence: UInt64(number) + 7)
        }
        var options = SegmentWriterOptions(tier: .cold)
        options.zoneCountPerBand = 32
        try expectPicksAgree(rows, options)
    }

    @Test(
        "a text is found in the messages that have it, whether templates tell of it or not",
        arguments: RoundTripTests.tiers)
    func texts(tier: EncodingProfile.Tier) throws {
        var generator = RowGenerator(seed: 21)
        let reader = try SegmentReader(
            MemorySource(try segment(generator.serviceRows(9000), options: options(tier))))
        let column = try #require(try reader.columns(at: ColumnPath(keys: ["message"])).first)
        var foundCount = 0
        for zones in try reader.batchRanges() {
            let scan = ZoneScan(reader, zones)
            for part in ["took", "u-100002", "99.", "7 ms", "Request a", "q", " ", "10000011 took 1"] {
                let found = try scan.matches(
                    column, .strings(.contains(Array(part.utf8))), DictionaryAnswers())
                for run in try scan.runs(of: column) {
                    let rows = run.rows ?? Bitmap(count: scan.rowCount, repeating: true)
                    let texts = try #require(run.values.plainStrings)
                    for (index, row) in rows.positions.enumerated() {
                        #expect(found[Int(row)] == texts.text(index).contains(part), "\(part)")
                    }
                }
                foundCount += found.setCount
                // A test that asks for more than the text.
                let test = ColumnTest.texts(
                    { strings in
                        var passing = Bitmap(count: strings.count)
                        for index in 0..<strings.count { passing[index] = strings.text(index).hasSuffix(part + "s") }
                        return passing
                    }, containing: SoughtText(Array(part.utf8)))
                var ending = try scan.matches(column, test, DictionaryAnswers())
                for run in try scan.runs(of: column) {
                    let rows = run.rows ?? Bitmap(count: scan.rowCount, repeating: true)
                    let texts = try #require(run.values.plainStrings)
                    for (index, row) in rows.positions.enumerated() {
                        #expect(ending[Int(row)] == texts.text(index).hasSuffix(part + "s"), "\(part)")
                    }
                }
                ending.subtract(found)
                #expect(ending.isEmpty)
            }
        }
        #expect(foundCount > 1000)
    }
}
