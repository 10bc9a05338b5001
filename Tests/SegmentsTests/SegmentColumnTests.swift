import Columns
import Testing

@testable import Segments

@Suite struct SegmentColumnTests {
    @Test("a column can be read when nobody else keeps its reader, and keeps no reader alive for ever")
    func lifetime() throws {
        let rows = (0..<10).map { row in
            ReferenceRow(values: [key("n", type: .int64): .word(UInt64(row * row))], storedAt: 0, sequence: UInt64(row))
        }
        weak var reader: SegmentReader?
        func open() throws -> SegmentColumn {
            let opened = try SegmentReader(MemorySource(segment(rows, options: SegmentWriterOptions(tier: .hot))))
            reader = opened
            return try #require(try opened.columns(at: ColumnPath(keys: ["n"])).first)
        }
        try {
            let column = try open()
            let piece = try #require(try column.pieces(in: 0..<1).first)
            #expect(piece.values == .integers((0..<10).map { UInt64($0 * $0) }))
            #expect(reader != nil)
        }()
        #expect(reader == nil)
    }

    @Test("values in pages and values in overflow may take turns")
    func interleaved() throws {
        let reader = try SegmentReader(
            MemorySource(
                segment(
                    [ReferenceRow(values: [key("n", type: .int64): .word(1)], storedAt: 0, sequence: 0)],
                    options: SegmentWriterOptions(tier: .hot))))
        let column = try #require(try reader.columns(at: ColumnPath(keys: ["n"])).first)
        func batch(loose rows: [Int]) throws -> RowBatch {
            var assembly = RowAssembly(rowCount: 6)
            try assembly.add(ColumnPiece(rows: [1, 3, 5], values: .integers([10, 30, 50])), to: column)
            for row in rows { try assembly.add(text: Array("\(row)".utf8)[...], row: row, to: column) }
            return try assembly.batch(
                storedAt: [UInt64](repeating: 0, count: 6), sequences: [UInt64](repeating: 0, count: 6))
        }
        #expect(try batch(loose: [4, 0, 2]).columns[0].values == .integers([0, 10, 2, 30, 4, 50]))
        #expect(throws: SegmentError.self) { try batch(loose: [3]) }
    }
}
