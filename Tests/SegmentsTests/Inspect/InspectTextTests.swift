import Columns
import Testing

@testable import Segments

@Suite struct InspectTextTests {
    @Test("no line is longer than the terminal is wide", arguments: [60, 80, 100, 120, 200])
    func widths(width: Int) throws {
        var generator = RowGenerator(seed: 4)
        let report = try inspector(generator.serviceRows(2000), options: SegmentWriterOptions(tier: .warm)).report()
        let lines = report.text(width: width).split(separator: "\n")
        #expect(lines.count > 2 * report.columns.count)
        #expect(lines.filter { $0.count > width && !$0.hasPrefix("format") && !$0.hasPrefix("timestamps") } == [])
        for column in report.columns {
            let text = report.text(width: width, columns: [column.ordinal])
            #expect(text.hasPrefix("column     \(column.path)\n"))
        }
    }

    @Test(
        "short figures have at most four digits or three and a unit",
        arguments: [
            (0, "0"), (9999, "9999"), (10_000, "10.0K"), (12_345, "12.3K"), (99_949, "99.9K"), (99_950, "100K"),
            (999_499, "999K"), (999_500, "1.00M"), (9_994_999, "9.99M"), (9_995_000, "10.0M"),
            (447_041_114, "447M"), (2_302_086_912, "2.30G"), (5_000_000_000_000_000, "5000T"),
        ])
    func short(number: Int, expected: String) { #expect(FigureText.short(number) == expected) }

    @Test(
        "quotients are rounded",
        arguments: [
            (1, 3, 3, "0.333"), (2, 3, 3, "0.667"), (11_365, 1000, 2, "11.37"), (5, 0, 1, "-"), (7, 2, 0, "4"),
            (Int.max, 1, 3, "-"), (Int.max, 1000, 0, "9223372036854776"),
        ])
    func quotients(number: Int, divisor: Int, decimals: Int, expected: String) {
        #expect(FigureText.quotient(number, divisor, decimals: decimals) == expected)
    }

    @Test(
        "digits are grouped by three", arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")])
    func grouped(number: Int, expected: String) { #expect(FigureText.grouped(number) == expected) }

    @Test("text that steers a terminal is escaped")
    func escaping() throws {
        #expect(PrintableText.escaping("a\u{1B}[2Jb\u{202E}c\u{9B}é") == "a\\u{1b}[2Jb\\u{202e}c\\u{9b}é")
        let rows = [
            ReferenceRow(values: [key("x\u{1B}[31m", type: .int64): .word(1)], storedAt: 0, sequence: 0)
        ]
        var options = SegmentWriterOptions(tier: .hot)
        options.writerName = "w\u{7}"
        let inspector = try inspector(rows, options: options)
        let text = try inspector.report().text() + inspector.hex()
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
        #expect(text.contains("x\\u{1b}[31m"))
    }

    @Test("long cascades are wrapped at spaces, those in the table cut after three lines")
    func wrapping() {
        #expect(TextTable.wrapped("aa bb cc dd", width: 7) == ["aa bb", "cc dd"])
        #expect(TextTable.wrapped("abcdefgh ij", width: 4) == ["abcdefgh", "ij"])
        var table = TextTable([.init(title: "column", alignment: .left)])
        let word = String(repeating: "x", count: 14)
        table.add(["a"], note: Array(repeating: word, count: 5).joined(separator: " "))
        table.add(["b"], note: Array(repeating: word, count: 3).joined(separator: " "))
        let lines = ["    \(word)", "      \(word)", "      \(word)"]
        #expect(
            table.lines(width: 22) == ["column", "a"] + lines.dropLast() + [lines[2] + " …", "b"] + lines)
    }

    @Test("JSON is that of the report, with the members in their order")
    func json() throws {
        let report = try inspector(tinyRows, options: SegmentWriterOptions(tier: .hot)).report(name: "tiny")
        let all = report.json()
        #expect(
            all.hasPrefix("{\"segment\":\"tiny\",\"fileBytes\":\(report.head.fileByteCount),\"rows\":2,\"zones\":1,"))
        #expect(all.hasSuffix("]}]}") && !all.contains("\n"))
        let paths = all.split(separator: "{\"path\":").dropFirst().map { $0.prefix { $0 != "," } }
        #expect(paths.sorted() == ["\"(sequence)\"", "\"(shape)\"", "\"(storedAt)\"", "\"a\"", "\"b.c\"", "\"n\""])
        let one = report.json(columns: [try #require(report.columns.first { $0.path == "b.c" }).ordinal])
        #expect(one.contains("\"path\":\"b.c\"") && !one.contains("\"path\":\"a\""))
        #expect(JSONWriter.quoted("a\"\\\n\u{1}é") == "\"a\\\"\\\\\\n\\u0001é\"")
    }
}
