import Columns
import Testing

@testable import Segments

@Suite("Texts of values in overflow")
struct OverflowTextTests {
    private func value(_ text: String, _ type: ColumnType) -> ColumnVector? {
        ColumnVector(overflowText: Array(text.utf8), type: type)
    }

    @Test("only the text by which a value is shown stands for it")
    func canonical() {
        #expect(value("-7", .int64) == .integers([UInt64(bitPattern: -7)]))
        for text in ["", "-0", "+1", "01", "1.0", "9223372036854775808", "é"] { #expect(value(text, .int64) == nil) }
        #expect(value("18446744073709551615", .uint64) == .integers([.max]))
        for text in ["1", "18446744073709551616", "+18446744073709551615"] { #expect(value(text, .uint64) == nil) }
        #expect(value("3ff8000000000000", .double) == .doubles([1.5]))
        #expect(value("0000000000000000", .double) == .doubles([0]))
        for text in ["3FF8000000000000", "3ff8", "+ff8000000000000"] { #expect(value(text, .double) == nil) }
        for text in ["True", "1", ""] { #expect(value(text, .bool) == nil) }
        for text in ["1e", "x"] { #expect(value(text, .numberText) == nil) }
        #expect(value("[ ]", .array) == nil)
        #expect(value("2026-11-21T00:00:00", .timestamp) == nil)
        #expect(value("null", .null) == nil)
    }

    @Test("ids of digits alone may stand in columns of upper and of lower case")
    func ids() {
        let digits = String(repeating: "12", count: 8)
        #expect(value(digits, .id8Lower) == .fixed([UInt8](repeating: 0x12, count: 8), width: 8))
        #expect(value(digits, .id8Upper) == value(digits, .id8Lower))
        let letters = String(repeating: "aB", count: 8)
        #expect(value(letters, .id8Lower) == nil && value(letters, .id8Upper) == nil)
        #expect(value(letters.uppercased(), .id8Lower) == nil)
        #expect(value(digits + digits, .id8Lower) == nil && value(digits, .id16Lower) == nil)
        #expect(value(digits + digits, .uuidLower) == nil)
    }
}
