import Columns
import Testing

@testable import Segments

@Suite struct PageCutTests {
    /// Long texts of which no two are equal, the same under another name, and numbers that follow no rule.
    private func rows(_ count: Int, byteCount: Int) -> [ReferenceRow] {
        (0..<count).map { number in
            let body =
                Array("\(number * 7919 % 1000)-".utf8) + [UInt8](repeating: UInt8(65 + number % 26), count: byteCount)
            return ReferenceRow(
                values: [
                    key("body", type: .string): .text(body), key("copy", type: .string): .text(body),
                    key("number", type: .int64): .word(UInt64(number * number % 7)),
                ], storedAt: 1, sequence: UInt64(number))
        }
    }

    @Test("a page ends before its values would decode to too much, as do pages that come from it, and no others")
    func limit() throws {
        let rows = rows(80, byteCount: 400 << 10)
        let bytes = try segment(rows, options: SegmentWriterOptions(tier: .cold))
        let reader = try SegmentReader(MemorySource(bytes))
        func zones(_ path: String) throws -> [Range<Int>] {
            let column = try #require(try reader.columns(at: ColumnPath(keys: [path])).first)
            return try column.pages().filter { $0.kind == .data }.map(\.zones)
        }
        let last = reader.zones.count
        #expect(try zones("body") == [0..<5, 5..<last] && last > 5)
        #expect(try zones("copy") == zones("body"))
        #expect(try zones("number") == [0..<last])
        try expect(bytes, gives: rows)
        // Ranges that follow the cuts of the texts give the same as those that do not.
        for range in try [0..<last] + zones("body") {
            let scan = ZoneScan(reader, range)
            let column = try #require(try reader.columns(at: ColumnPath(keys: ["number"])).first)
            let found = try scan.matches(column, .integers(.equal(4)), DictionaryAnswers())
            let expected = rows[reader.zones[range.lowerBound].firstRow...].prefix(scan.rowCount).map {
                $0.values[key("number", type: .int64)] == .word(4)
            }
            #expect(expected.indices.map { found[$0] } == expected && expected.contains(true))
        }
    }
}
