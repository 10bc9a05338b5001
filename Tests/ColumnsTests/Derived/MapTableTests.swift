import Bytes
import Testing

@testable import Columns

@Suite("Tables that codes are mapped by")
struct MapTableTests {
    static let greatest: [(value: UInt64, byteCount: Int)] = [
        (255, 1), (256, 2), (65_535, 2), (65_536, 4), (0xFFFF_FFFF, 4), (0x1_0000_0000, 8), (.max, 8),
    ]

    @Test("a number takes as many bytes as the greatest needs, and all come back", arguments: greatest)
    func widths(_ greatest: (value: UInt64, byteCount: Int)) throws {
        let values: [UInt64] = [7, 0, greatest.value, 200, 7, greatest.value - 1]
        let table = MapTable(values)
        #expect(table.count == values.count)
        #expect(table.byteCount == values.count * greatest.byteCount)
        #expect(try table.entries([5, 2, 2, 0, 1, 3, 4]) == [5, 2, 2, 0, 1, 3, 4].map { values[$0] })
        #expect(throws: DecodeError.self) { try table.entries([0, 6]) }
        #expect(throws: DecodeError.self) { try table.entries([.max]) }
        #expect(table[6] == nil)
    }

    @Test("the codes are found whose entries lie in some arcs", arguments: greatest)
    func codes(_ greatest: (value: UInt64, byteCount: Int)) {
        let table = MapTable([7, 0, greatest.value, 200, 7, greatest.value - 1])
        #expect(table.codes(in: [IntegerArc(start: 7, span: 0)]) == [0, 4])
        #expect(table.codes(in: [IntegerArc(start: greatest.value - 1, span: 1)]) == [2, 5])
        // Over the end of the circle.
        #expect(table.codes(in: [IntegerArc(start: .max - 1, span: 9)]).filter { $0 != 2 && $0 != 5 } == [0, 1, 4])
    }

    @Test("an empty table has no code")
    func empty() {
        #expect(MapTable([]).count == 0)
        #expect(MapTable([])[0] == nil)
        #expect(MapTable([]).codes(in: [IntegerArc(start: 0, span: .max)]).isEmpty)
    }
}
