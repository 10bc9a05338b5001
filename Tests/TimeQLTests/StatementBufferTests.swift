import Testing

@testable import TimeQL

@Suite("Statements one after another")
struct StatementBufferTests {
    @Test(
        "they end with semicolons outside of quotes and comments",
        arguments: [
            (["a; b;"], ["a;", "b;"], nil), (["a", " b;c"], ["a\n b;"], "c\n"), (["a 'x;y';"], ["a 'x;y';"], nil),
            (["a 'it''s;';"], ["a 'it''s;';"], nil), (["\"a;b\" `c;d`;"], ["\"a;b\" `c;d`;"], nil),
            (["a -- b;", "c;"], ["a -- b;\nc;"], nil), (["a /* ; ' */ b;"], ["a /* ; ' */ b;"], nil),
            (["a /* ;", "*/ b;"], ["a /* ;\n*/ b;"], nil), ([";;", "  ;"], [], nil), (["-- only", ""], [], nil),
            (["'open;"], [], "'open;\n"), (["/* open"], [], "/* open\n"),
        ] as [([String], [String], String?)])
    func cuts(lines: [String], statements: [String], rest: String?) {
        var buffer = StatementBuffer()
        #expect(lines.flatMap { buffer.add(line: $0) } == statements)
        #expect(buffer.isOpen == (rest != nil))
        #expect(buffer.finish() == rest)
        #expect(!buffer.isOpen)
    }

    @Test("keywords are those of the grammar, each once and in order")
    func keywords() {
        #expect(Keywords.all.contains("TIMELINE") && Keywords.all.contains("CONTAINS"))
        #expect(Keywords.all == Set(Keywords.all).sorted())
    }
}
