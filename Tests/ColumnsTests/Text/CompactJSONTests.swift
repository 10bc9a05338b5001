import Testing

@testable import Columns

@Suite struct CompactJSONTests {
    private func isArray(_ text: String) -> Bool { CompactJSON.isArray(Array(text.utf8)[...]) }
    private func isNumber(_ text: String) -> Bool { CompactJSON.isNumber(Array(text.utf8)[...]) }

    @Test(
        "compact arrays are accepted",
        arguments: [
            "[]", "[{}]", "[[],[]]", #"[{"a":{"b":[1,{"c":null}]},"":true},false]"#, #"["",-0,1.5e+10,"é\u0000\n"]"#,
            #"["\"\\\b\f\n\r\t\u001f",{"a":1,"a":2}]"#, "[0.10,1E5,-12]", #"["/"]"#,
        ])
    func good(text: String) { #expect(isArray(text)) }

    @Test(
        "whatever is no array, or not compact, is refused",
        arguments: [
            "", "1", "{}", "[", "]", "[]]", "[][]", "[1,]", "[,1]", "[1 ]", " []", "[1}", "[{]", "[{\"a\"}]",
            "[{\"a\":}]",
            "[{\"a\":1,}]", "[{1:2}]", "[01]", "[1.]", "[.5]", "[+1]", "[1e]", "[tru]", "[nul", "[True]", "[\"a]",
            #"["\/"]"#, #"["\u0041"]"#, #"["\u000a"]"#, #"["\u001F"]"#, "[\"\n\"]", #"["\ud800"]"#, "[1,2", "[{}",
        ])
    func bad(text: String) { #expect(!isArray(text)) }

    @Test("an array of bytes that are not UTF-8 is refused")
    func encoding() { #expect(!CompactJSON.isArray([0x5B, 0x22, 0xFF, 0x22, 0x5D])) }

    @Test("arrays may nest as deep as their length allows")
    func depth() {
        let depth = 1_000_000
        let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(isArray(deep))
        #expect(!isArray(String(deep.dropLast())))
    }

    @Test(
        "numbers are those of JSON",
        arguments: ["0", "-0", "10", "1.50", "1e5", "-1.2E-30", "123456789012345678901234567890"])
    func numbers(text: String) { #expect(isNumber(text)) }

    @Test(
        "other texts are no numbers",
        arguments: ["", "-", "01", "1.", ".1", "1e", "1e+", "+1", "0x1", "1 ", "NaN", "1,2"])
    func noNumbers(text: String) { #expect(!isNumber(text)) }
}
