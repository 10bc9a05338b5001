import Testing

@testable import Ingest

@Suite("CSV and TSV")
struct DelimitedFormatTests {
    @Test("cells become values by what they show")
    func types() throws {
        let cells = [
            ("7", "7"), ("-7", "-7"), ("007", "\"007\""), ("1.5", "1.5"), ("1.50", "1.50"), ("100.00", "100.00"),
            ("1e5", "\"1e5\""), ("+1", "\"+1\""), ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551616", "\"18446744073709551616\""),
            ("0.1234567890123456789", "\"0.1234567890123456789\""),
            ("true", "true"), ("false", "false"), ("True", "\"True\""), ("null", "\"null\""), ("NaN", "\"NaN\""),
            (" 1", "\" 1\""), ("\"7\"", "7"), ("{\"\"a\"\":1}", "\"{\\\"\\\"a\\\"\\\":1}\""),
            ("\"{\"\"a\"\":1}\"", #""{\"a\":1}""#), ("\"a,b\"", "\"a,b\""), ("\"a\nb\"", "\"a\\nb\""),
            ("\"a\r\nb\"", "\"a\\r\\nb\""), ("a\"b", "\"a\\\"b\""), ("\"a\"b", "\"ab\""), ("é", "\"é\""),
            ("2016-07-01 00:00:00", "\"2016-07-01 00:00:00\""),
        ]
        for end in ["\n", "\r\n"] {
            for (cell, value) in cells {
                let input = "x,y,z\(end)1,\(cell),\(end)"
                for chunk in [1...1, 1...3, 1 << 20...1 << 20] {
                    #expect(try Transcription(input, .csv, chunks: chunk).outcomes == ["{\"x\":1,\"y\":\(value)}"])
                }
            }
        }
    }

    @Test("empty cells are absent, empty lines nothing, and the last line feed may be missing")
    func absence() throws {
        for input in [
            "a,b,c\n1,,3\n\n,\"\",\n4,5,6", "a,b,c\r\n1,,3\r\n\r\n,\"\",\r\n4,5,6\r\n",
            "\u{FEFF}\na,b,c\n1,,3\n,,\n4,5,6",
        ] {
            for chunk in [1...1, 1...3, 1 << 20...1 << 20] {
                #expect(
                    try Transcription(input, .csv, chunks: chunk).outcomes == [
                        #"{"a":1,"c":3}"#, "{}", #"{"a":4,"b":5,"c":6}"#,
                    ])
            }
        }
    }

    @Test("rows with too few or too many cells and quotes that are not closed are told, and the rows behind them read")
    func badRows() throws {
        let input = "a,b\n1\n1,2\n1,2,3\n\"x\n\",4\n5,\"6\n7,8\n9,\"\"\n"
        for chunk in [1...1, 1...3, 1 << 20...1 << 20] {
            #expect(
                try Transcription(input, .csv, chunks: chunk).outcomes == [
                    "line 2 byte 4 otherCellCount: 1\n", #"{"a":1,"b":2}"#, "line 4 byte 10 otherCellCount: 1,2,3\n",
                    #"{"a":"x\n","b":4}"#, "line 7 byte 23 unclosedQuote: 5,\"6\n", #"{"a":7,"b":8}"#, #"{"a":9}"#,
                ])
        }
        #expect(
            try Transcription("a,b\n5,\"6\n7,8\n9,10\n", .csv).outcomes == [
                "line 2 byte 4 unclosedQuote: 5,\"6\n", #"{"a":7,"b":8}"#, #"{"a":9,"b":10}"#,
            ])
    }

    @Test("names that stand twice get a number, missing ones their place")
    func names() throws {
        #expect(
            try Transcription("a,a,,a_2,\"q\"\"\"\n1,2,3,4,5", .csv).outcomes == [
                #"{"a":1,"a_2":2,"column_3":3,"a_2_2":4,"q\"":5}"#
            ])
    }

    @Test(
        "the separator is found",
        arguments: [
            ("a,b\n1,2\n", .csv), ("a;b\n1;2\n", .csv), ("a|b\n1|2\n", .csv), ("a\tb\n1\t2\n", .tsv),
            ("\"a;;;\",b\n1,2\n", .csv),
        ] as [(String, InputFormat)])
    func separators(input: String, format: InputFormat) throws {
        #expect(InputFormat.detect(input) == format)
        #expect(try Transcription(input).outcomes.count == 1)
        #expect(try Transcription(input).outcomes[0].hasSuffix("\":1,\"b\":2}"))
    }
}
