import Columns
import Testing

@Suite("Paths of columns")
struct ColumnPathTests {
    @Test(
        "a path is read as it is shown, whatever its keys hold",
        arguments: [
            (["a"], "a"), (["state", "cpu"], "state.cpu"), (["a.b", "c"], #""a.b".c"#), ([""], #""""#),
            (["", "é"], #""".é"#), (["x,y"], #""x,y""#), ([#"q"\"#], #""q\"\\""#), (["two words"], #""two words""#),
            (["tab\t", "\u{1F600}"], "\"tab\t\".\u{1F600}"),
        ])
    func text(keys: [String], text: String) {
        let path = ColumnPath(keys: keys)
        #expect(path.description == text)
        #expect(ColumnPath.list(text) == [path])
        #expect(ColumnPath.list("a,\(text),\"b\".c") == [ColumnPath(keys: ["a"]), path, ColumnPath(keys: ["b", "c"])])
    }

    @Test("a list with an open quote or text behind a quote is none", arguments: ["\"a", "\"a\"b", "a,\"", "\"a\\"])
    func brokenList(text: String) { #expect(ColumnPath.list(text) == nil) }
}
