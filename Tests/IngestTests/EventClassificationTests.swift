import Columns
import Ingest
import Testing

@Suite("The type of a JSON value")
struct EventClassificationTests {
    @Test(
        "a value goes to the column of its type and comes back as it was",
        arguments: [
            ("0", "int64"), ("-1", "int64"), ("9223372036854775807", "int64"), ("-9223372036854775808", "int64"),
            ("9223372036854775808", "uint64"), ("18446744073709551615", "uint64"),
            ("18446744073709551616", "numberText"), ("-9223372036854775809", "numberText"),
            ("99999999999999999999", "numberText"), ("28446744073709551616", "numberText"),
            ("100000000000000000000000000000000000001", "numberText"), ("-0", "numberText"),
            ("0.0", "double"), ("-0.0", "double"), ("1.5", "double"), ("-12.25", "double"), ("0.1", "double"),
            ("1e+16", "double"), ("1.5e-05", "double"), ("5e-324", "double"), ("1.7976931348623157e+308", "double"),
            ("1.0", "double"), ("1.50", "numberText"), ("1e5", "numberText"), ("1E+16", "numberText"),
            ("0.10", "numberText"), ("1e400", "numberText"), ("-1e-400", "numberText"), ("0e0", "numberText"),
            ("3.141592653589793238", "numberText"), ("0.1e1", "numberText"),
            ("true", "bool"), ("false", "bool"), ("null", "null"), ("{}", "emptyObject"),
            ("[]", "array"), (#"[1,"a",{"b":[{}]}]"#, "array"),
            (#""""#, "string"), (#""abc""#, "string"), (#""4ec7b99952194ec6""#, "id8Lower"),
            (#""4EC7B99952194EC6""#, "id8Upper"), (#""4ec7b99952194EC6""#, "string"),
            (#""0123456789012345""#, "id8Lower"), (#""4ec7b99952194ec""#, "string"),
            (#""4ec7b99952194ec64ec7b99952194ec6""#, "id16Lower"),
            (#""4EC7B99952194EC64EC7B99952194EC6""#, "id16Upper"),
            (#""123e4567-e89b-12d3-a456-426614174000""#, "uuidLower"),
            (#""123E4567-E89B-12D3-A456-426614174000""#, "uuidUpper"),
            (#""123E4567-E89B-12D3-a456-426614174000""#, "string"),
            (#""2026-03-02T00:00:00Z""#, "timestamp"), (#""2026-03-02T00:00:00.012Z""#, "timestamp"),
            (#""2026-03-02 00:00:00,123456789+05:30""#, "timestamp"), (#""2026-03-02T00:00:00-0330""#, "timestamp"),
            (#""2026-03-02T00:00:00+02""#, "string"), (#""2026-03-02T00:00:00""#, "string"),
            (#""2026-02-29T00:00:00Z""#, "string"), (#""2026-03-02T00:00:60Z""#, "string"),
            (#""1969-12-31T23:59:59.999999999Z""#, "timestamp"), (#""2262-01-01T00:00:00Z""#, "string"),
            (#""\u0000\u001f\b\f\n\r\t\"\\/é😀""#, "string"),
        ])
    func types(text: String, type: String) throws {
        let result = try IngestResult("{\"v\":\(text)}\n")
        #expect(result.errors == [])
        #expect(result.columns == ["v \(type)"])
        #expect(try result.lines() == ["{\"v\":\(text)}"])
    }

    @Test("a path has a column for each type that it holds")
    func severalTypes() throws {
        let result = try IngestResult("{\"v\":1}\n{\"v\":\"a\"}\n{\"v\":{\"w\":null}}\n{\"v\":2.5}\n{\"v\":2}\n")
        #expect(result.columns == ["v int64", "v string", "v.w null", "v double"])
        #expect(result.band.columns[3].words == [1, 2])
        #expect(
            try result.lines() == [#"{"v":1}"#, #"{"v":"a"}"#, #"{"v":{"w":null}}"#, #"{"v":2.5}"#, #"{"v":2}"#])
    }

    @Test("keys with dots, quotes, nothing in them or escapes are keys like others")
    func keys() throws {
        let line = #"{"":{"":1},"a":{"b":2},"a.b":3,"q\"\\":4,"é":5,"\u0001":6}"#
        let result = try IngestResult(line)
        #expect(result.columns.count == 6)
        #expect(try result.lines() == [#"{"":{"":1},"\u0001":6,"a":{"b":2},"a.b":3,"q\"\\":4,"é":5}"#])
    }

    @Test("the same key written with and without escapes is one path")
    func escapedKey() throws {
        let result = try IngestResult(#"{"ab":1}"# + "\n" + #"{"\u0061b":2}"#)
        #expect(result.columns == ["ab int64"])
        #expect(result.band.columns[3].words == [1, 2])
    }

    @Test(
        "the last of several equal keys wins, whole objects included",
        arguments: [
            (#"{"a":1,"a":2}"#, #"{"a":2}"#),
            (#"{"a":1,"b":0,"a":"x","a":null}"#, #"{"a":null,"b":0}"#),
            (#"{"a":{"b":1},"a":{"c":2}}"#, #"{"a":{"c":2}}"#),
            (#"{"a":{"b":1,"b":2},"a":{"b":3,"b":{"c":4}}}"#, #"{"a":{"b":{"c":4}}}"#),
            (#"{"a":{"b":1},"a":5}"#, #"{"a":5}"#),
            (#"{"a":5,"a":{"b":1}}"#, #"{"a":{"b":1}}"#),
            (#"{"a":{},"a":{"b":1},"a":{}}"#, #"{"a":{}}"#),
            (
                #"{"x":{"a":{"b":1}},"y":1,"x":{"a":{"b":2,"c":{"d":1}},"a":{"c":{"d":2}}}}"#,
                #"{"x":{"a":{"c":{"d":2}}},"y":1}"#
            ),
            (#"{"a":[{"k":1,"k":2}]}"#, #"{"a":[{"k":1,"k":2}]}"#),
            (#"{"a":1,"\u0061":2}"#, #"{"a":2}"#),
        ])
    func duplicateKeys(line: String, event: String) throws {
        let result = try IngestResult("{\"a\":0}\n" + line + "\n{\"a\":9}\n")
        #expect(result.errors == [])
        #expect(try result.lines() == [#"{"a":0}"#, event, #"{"a":9}"#])
    }

    @Test("arrays lose white space and long escapes and nothing else")
    func arrays() throws {
        let line = #"{"v":[ 1.0 , "\u0041\u00e9\/\u001F\u000a" ,{ "b" : [ ] , "b" : -0E+1 }, null,true ]}"#
        #expect(try IngestResult(line).lines() == [#"{"v":[1.0,"Aé/\u001f\n",{"b":[],"b":-0E+1},null,true]}"#])
    }
}
