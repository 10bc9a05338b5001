import Bytes
import Testing

@testable import Columns

struct TemplateTokenizerTests {
    /// The text with `‹›` around its variables.
    private func marked(_ text: String) -> String {
        let messages = StringVector(["before 1 ", text, " 2 behind"])
        var marked = ""
        TemplateTokenizer.forEach(in: messages) { index, variables in
            guard index == 1 else { return }
            var place = messages.range(1).lowerBound
            for variable in variables {
                marked += String(decoding: messages.bytes[place..<Int(variable.start)], as: UTF8.self)
                marked += "‹" + String(decoding: messages.bytes[variable.range], as: UTF8.self) + "›"
                place = Int(variable.end)
            }
            marked += String(decoding: messages.bytes[place..<messages.range(1).upperBound], as: UTF8.self)
        }
        return marked
    }

    /// Variables are marked in the expected text; without the marks it is the text.
    private func expect(_ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let text = String(expected.filter { $0 != "‹" && $0 != "›" })
        #expect(marked(text) == expected, sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        "", "no digits here", "Processed order ‹92361206› for user ‹u-78719358› in ‹12.3› ms",
        "key=device:‹95821834› shard=‹40›)", "partition:‹2›, [‹1234›]: ‹E1042› ‹v3› ‹quote_16›",
        "‹10.0.0.0›/‹24› and ‹10.29.91.166›:‹8080›", "id ‹0e8a2934ce4d› or ‹6f1a-22›", "\"‹7›\" '‹8›' (‹9›)",
        "‹worker-12›: user=‹joe2›@mail.example", "/‹v2›/items/‹54fadb41›/detail?page=‹3›&size=‹20›",
        "at ‹0x7fed806eb5d› in ‹x86_64›", "größ‹e12›µs",
    ])
    func `words with digits are variables`(_ expected: String) { expect(expected) }

    @Test(arguments: [
        "took ‹5›.", "took ‹5›...", "range ‹5›- and ‹5-6›", "- ‹-5› -‹-5› .‹.5› -‹v3›", "keyId: ‹-127633188›",
        "at ‹-1.25›, +‹2›", "blk ‹blk_-69522›",
    ])
    func `signs and points belong to the digit behind them`(_ expected: String) { expect(expected) }

    @Test(arguments: [
        "‹12.3›ms ‹5›s ‹17›KB ‹40›px ‹3›rd ‹-5›minutes", "‹12ab› ‹3d› ‹9beef›", "‹0x1f› ‹0xg›",
        "‹5ms6› ‹1h2m›", "‹7nonsensical› ‹7›sensical",
    ])
    func `units are literal, what may be hexadecimal is not cut`(_ expected: String) { expect(expected) }

    @Test(arguments: [
        "‹2015-07-29 17:41:41,536› x", "‹2015-07-29T17:41:41.536Z›", "‹2015-07-29T17:41:41+02:00›]",
        "‹2015-07-29 17:41:41-0800›", "‹2015-07-29 17:41:41› +‹5›", "‹2015-07-29›", "‹2015-07-29› ‹1›",
        "at ‹17:41:41›", "at ‹17:41:41.123456›,", "[‹0:0:0:0:0:0:0:1›]", "‹fe80::1:2›",
        "‹00:11:43:e3:ba:c3› via ‹eth1›",
        "ratio ‹3›:‹4›", "‹aa:bb:0c:dd›", "x:‹1›:y", "::", "‹12345›:‹12›:‹13›", "‹1:2:3›:‹name4›",
    ])
    func `times and addresses of several words are one variable`(_ expected: String) { expect(expected) }

    @Test func `values of CRLF lines are variables`() {
        expect("Process seen:\r\nProcessId: ‹1244›\r\nImage: ‹C:\\Tools\\x.exe›\r\nRule: ‹-›")
        expect("Something was closed.\r\n\r\nSubject:\r\n\tName:\t\t‹LOCAL SERVICE›\r\n\tId:\t‹S-1-5›\r\n")
        expect("Context \r\n  Detail=‹1›\r\n\tApp=‹a=b: c›\r\nEmpty=\r\nBlank: \r\nfound ‹12› items\r\nhttp://host/a")
        expect("Rights:\t‹A›\r\n\t\t\t‹B and C›\r\n\t\t\t\r\nMask: ‹0x1›")
        expect("Line: ‹ indented\nand longer› \r\nEnd: ‹x› ")
        expect("a: b\rc: ‹7›\n")
        expect("k: ‹v\rw›\r\n: no key\r\n=‹12›")
    }

    @Test func `the last variable of many takes the rest`() {
        let text = (0..<100).map { "n\($0)" }.joined(separator: " ")
        let marks = marked(text)
        #expect(marks.count { $0 == "‹" } == TemplateTokenizer.variableLimit)
        #expect(marks.hasSuffix("‹n63" + text.split(separator: "n63")[1] + "›"))
    }

    @Test func `variables ascend within their message and hold something`() {
        for messages in [MadeUpMessages.noise(2000, seed: 1), MadeUpMessages.service(500, seed: 2)] {
            TemplateTokenizer.forEach(in: messages) { index, variables in
                var place = messages.range(index).lowerBound
                for variable in variables {
                    #expect(Int(variable.start) >= place && variable.end > variable.start)
                    place = Int(variable.end)
                }
                #expect(place <= messages.range(index).upperBound)
            }
        }
    }

    @Test func `where a message stands makes no difference`() {
        let messages = MadeUpMessages.noise(300, seed: 3)
        var together: [[Range<Int>]] = []
        TemplateTokenizer.forEach(in: messages) { index, variables in
            let start = messages.range(index).lowerBound
            together.append(variables.map { $0.range.lowerBound - start..<$0.range.upperBound - start })
        }
        for index in 0..<messages.count {
            TemplateTokenizer.forEach(in: messages.part(index..<index + 1)) { _, variables in
                #expect(variables.map(\.range) == together[index])
            }
        }
    }
}
