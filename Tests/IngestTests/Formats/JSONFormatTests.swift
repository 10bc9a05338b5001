import Testing

@testable import Ingest

@Suite("JSON that is not one event on each line")
struct JSONFormatTests {
    @Test(
        "objects in arrays, one after another, pretty-printed and under Records become lines",
        arguments: [
            (#"[{"a":1},{"a":2}]"#, .json), (#"{"a":1}{"a":2}"#, .json), (#"{"a":1} {"a":2}"#, .json),
            ("[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n", .json),
            ("{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n", .json), ("\u{FEFF}[{\"a\":1}]\r\n[{\"a\":2}]\r\n", .json),
            (#"{"v":[{"x":"]}"}],"Records":[{"a":1},{"a":2}],"n":{"Records":[{"a":3}]}}"#, .cloudtrail),
            ("{\"Records\":[{\"a\":1}]}\n{\"Records\":[]}\n{\"Records\":[{\"a\":2}]}", .cloudtrail),
            ("\u{1E}{\"a\":1}\n\u{1E}{\"a\":2}\n", .json), ("[[{\"a\":1}],[{\"a\":2}]]", .json),
            ("{\"a\":1}\n{\"a\":2}", .ndjson),
        ] as [(String, InputFormat)])
    func shapes(input: String, format: InputFormat) throws {
        for chunk in [1...1, 1...4, 9...9, 1 << 20...1 << 20] {
            let lines = try Transcription(input, input.first == "\u{1E}" ? .json : nil, chunks: chunk).outcomes
            #expect(lines.map { $0.filter { $0 != " " } } == [#"{"a":1}"#, #"{"a":2}"#])
        }
        if input.first != "\u{1E}" { #expect(InputFormat.detect(input) == format) }
    }

    @Test("white space outside of strings goes, strings stay as they are")
    func compaction() throws {
        let input = "[ { \"a \\\" b\" : [ 1 ,\n 2 ] ,\r\n \"c\" : \"x  \\n y\" , \"d\":\t{ } } ]"
        let line = try #require(try Transcription(input).outcomes.first)
        #expect(try IngestResult(line).lines() == [#"{"a \" b":[1,2],"c":"x  \n y","d":{}}"#])
        #expect(!line.contains("\n"))
    }

    @Test(
        "what is no object, or broken, is told with its place and the rest is read",
        arguments: [
            (#"[{"a":1},7,{"a":2}]"#, [#"{"a":1}"#, "line 1 byte 9 notAnObject: 7", #"{"a":2}"#]),
            (
                "[{\"a\":1},\n\"x\", {\"a\":2}",
                [#"{"a":1}"#, "line 2 byte 10 notAnObject: \"x\"", #"{"a":2}"#, "line 2 byte 22 truncated: "]
            ),
            (#"[{"a":1},{"a":"#, [#"{"a":1}"#, #"line 1 byte 9 truncated: {"a":"#]),
            (
                "[\n{\"a\":[1},\n{\"a\":2}]",
                ["line 2 byte 2 expectedCommaOrBracket: {\"a\":[1},", #"{"a":2}"#]
            ),
            (
                "[\n{\"a\":{1]},\n  \"x\"],\n{\"a\":2}]",
                ["line 2 byte 2 expectedCommaOrBrace: {\"a\":{1]},\n  \"x\"],", #"{"a":2}"#]
            ),
            ("[\n{\"a\":\"x\ny\"},\n{\"a\":2}]", ["line 2 byte 2 controlCharacter: {\"a\":\"x\ny\"}", #"{"a":2}"#]),
        ])
    func broken(input: String, expected: [String]) throws {
        for chunk in [1...1, 1...5, 1 << 20...1 << 20] {
            #expect(try Transcription(input, .json, chunks: chunk).outcomes == expected)
        }
    }

    @Test("an object without Records is told, however long it is, and so is one that ends too early")
    func envelopeWithoutRecords() throws {
        let input = "{\"a\":[1]}\n{\"Records\":[{\"b\":1}]}\n{\"Records\":{}}{\"Records\":[{\"b\":2}"
        for chunk in [1...1, 1...7, 1 << 20...1 << 20] {
            #expect(
                try Transcription(input, .cloudtrail, chunks: chunk).outcomes == [
                    "line 1 byte 0 otherFormat: {\"a\":[1]}", #"{"b":1}"#,
                    "line 3 byte 32 otherFormat: {\"Records\":{}}",
                    #"{"b":2}"#, "line 3 byte 65 truncated: ",
                ])
        }
    }

    @Test("a record over the limit is passed over and the one behind it is read")
    func longRecord() throws {
        let long = [UInt8](repeating: 0x20, count: EventLimits.lineByteCount)
        let input = Array("[{\"a\":1},{\"a\":\"}".utf8) + long + Array("\\\"{\"},\n{\"a\":2}]".utf8)
        let source = try EventInput(CutStream(input, chunks: 1 << 20...1 << 20), format: .json, time: .sample).source
        let outcomes = try Transcription(source).outcomes
        #expect(outcomes.count == 3)
        #expect(outcomes[0] == #"{"a":1}"# && outcomes[2] == #"{"a":2}"#)
        #expect(outcomes[1].hasPrefix("line 1 byte 9 lineTooLong: {\"a\":\"}  "))
    }

    @Test("text of any length that is no JSON is one bad record, up to the next line that begins with a brace")
    func longStrayText() throws {
        let line = Array("some text, { not JSON\n".utf8)
        let stray = [[UInt8]](repeating: line, count: EventLimits.lineByteCount / line.count + 10).flatMap { $0 }
        let input = Array("{\"a\":1}\n".utf8) + stray + Array(" {\"a\":2}".utf8)
        let source = try EventInput(CutStream(input, chunks: 1 << 20...1 << 20), format: .json, time: .sample).source
        let outcomes = try Transcription(source).outcomes
        #expect(outcomes.count == 3)
        #expect(outcomes.first == #"{"a":1}"# && outcomes.last == #"{"a":2}"#)
    }
}
