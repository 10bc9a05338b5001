import Bytes
import Ingest
import Testing

@Suite("Events out of lines")
struct EventReaderTests {
    @Test("line ends of every kind, empty lines, a byte order mark and a missing last line feed are fine")
    func lineEnds() throws {
        let expected = [#"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#]
        for input in [
            "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}",
            "{\"a\":1}\r\n{\"a\":2}\r\n{\"a\":3}\r\n",
            "\u{FEFF}{\"a\":1}\n\n \t\r\n{\"a\":2}\n\n\n { \"a\" : 3 } \n\n", "\n\n{\"a\":1}\n{\"a\":2}\n{\"a\":3}\r",
        ] {
            for chunkByteCount in [1, 2, 5, .max] {
                let result = try IngestResult(input, chunkByteCount: chunkByteCount)
                #expect(result.errors == [])
                #expect(try result.lines() == expected)
            }
        }
        for input in ["", "\n", "\u{FEFF}", "  \r\n\n"] {
            let result = try IngestResult(input)
            #expect(result.errors == [] && result.band.rowCount == 0)
        }
    }

    @Test(
        "a line that is no event is told by its reason and its byte",
        arguments: [
            ("[1]", .notAnObject, 0), ("  7", .notAnObject, 2), ("\"x\"", .notAnObject, 0),
            ("{\"a\":1", .truncated, 6), ("{", .truncated, 1), ("{\"a\":[1,", .truncated, 8),
            ("{\"a\":1}}", .trailingContent, 7), ("{\"a\":1} {\"b\":2}", .trailingContent, 8),
            ("{a:1}", .expectedKey, 1), ("{\"a\":1,}", .expectedKey, 7), ("{\"a\" 1}", .expectedColon, 5),
            ("{\"a\":}", .expectedValue, 5), ("{\"a\":,}", .expectedValue, 5), ("{\"a\":[1,]}", .expectedValue, 8),
            ("{\"a\":1 \"b\":2}", .expectedCommaOrBrace, 7), ("{\"a\":[1 2]}", .expectedCommaOrBracket, 8),
            ("{\"a\":[{\"b\":1 2}]}", .expectedCommaOrBrace, 13), ("{\"a\":[1}", .expectedCommaOrBracket, 7),
            ("{\"a\":tru}", .badLiteral, 5), ("{\"a\":nulll}", .badLiteral, 5), ("{\"a\":'b'}", .badLiteral, 5),
            ("{\"a\":NaN}", .badLiteral, 5), ("{\"a\":01}", .badNumber, 5), ("{\"a\":-}", .badNumber, 5),
            ("{\"a\":1.}", .badNumber, 5), ("{\"a\":1e}", .badNumber, 5), ("{\"a\":+1}", .badLiteral, 5),
            ("{\"a\":1\"b\"}", .badNumber, 5), ("{\"a\":0x1}", .badNumber, 5), ("{\"a\":.5}", .badLiteral, 5),
            ("{\"a\":\"\\x\"}", .badEscape, 6), ("{\"a\":\"b\\u12g4\"}", .badEscape, 7),
            ("{\"a\":[\"\\u00\"]}", .badEscape, 7), ("{\"\\q\":1}", .badEscape, 2),
            ("{\"a\":\"\\ud800\"}", .loneSurrogate, 6), ("{\"a\":\"\\udc00\"}", .loneSurrogate, 6),
            ("{\"a\":\"\\ud800\\u0041\"}", .loneSurrogate, 6),
            ("{\"a\":\"x\ty\"}", .controlCharacter, 7), ("{\"a\":\"xy}", .unclosedString, 5),
            ("{\"a\":1,\"b}", .unclosedString, 7), ("{\"a\":\\\"b\"}", .unclosedString, 8),
        ] as [(String, LineError.Reason, Int)])
    func faults(line: String, reason: LineError.Reason, byteOffset: Int) throws {
        let before = "{\"a\":0}\n\n"
        for after in ["", "\n{\"a\":9}\n", "\n{\"a\":\"9"] {
            let result = try IngestResult(before + line + after)
            let error = try #require(result.errors.first)
            #expect(error.reason == reason)
            #expect(error.lineNumber == 3)
            #expect(error.byteOffset == before.utf8.count + byteOffset)
            #expect(result.errors.count == (after.hasSuffix("9") ? 2 : 1))
            #expect(result.band.rowCount == (after.hasSuffix("}\n") ? 2 : 1))
            #expect(error.description.hasPrefix("events.ndjson, line 3, byte \(error.byteOffset): "))
        }
    }

    @Test(
        "broken UTF-8 is told by its first byte",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]])
    func brokenUTF8(bytes: [UInt8]) throws {
        let result = try IngestResult(Array("{\"a\":1}\n{\"é\":\"".utf8) + bytes + Array("\"}\n{\"a\":2}".utf8))
        #expect(
            result.errors == [LineError(path: "events.ndjson", lineNumber: 2, byteOffset: 15, reason: .badUTF8)])
        #expect(result.band.rowCount == 2)
    }

    @Test("a thousand levels are fine, one more is not, in objects and in arrays")
    func depth() throws {
        func nested(_ objects: Int, _ arrays: Int) -> String {
            String(repeating: "{\"k\":", count: objects) + String(repeating: "[", count: arrays)
                + (arrays == 0 ? "1" : "") + String(repeating: "]", count: arrays)
                + String(repeating: "}", count: objects)
        }
        for (objects, arrays) in [(1000, 0), (1, 999), (500, 500)] {
            let fine = nested(objects, arrays)
            #expect(try IngestResult(fine).lines() == [fine])
            let result = try IngestResult(nested(objects, arrays + 1))
            #expect(result.errors.map(\.reason) == [.tooDeep])
            #expect(result.band.rowCount == 0)
        }
        #expect(try IngestResult(nested(1001, 0)).errors.map(\.reason) == [.tooDeep])
        let wild = "{\"a\":" + String(repeating: "[", count: 1_000_000)
        #expect(try IngestResult(wild).errors.map(\.reason) == [.tooDeep])
    }

    @Test("a line of 16 MiB is fine, a longer one is passed over, and the lines after it are read")
    func longLines() throws {
        let limit = EventLimits.lineByteCount
        // Mostly white space: this is about the line, not the value.
        func line(_ byteCount: Int) -> [UInt8] {
            Array("{\"a\":".utf8) + [UInt8](repeating: 0x20, count: byteCount - 7) + Array("1}\n".utf8)
        }
        let lines = [line(limit), line(limit + 1), Array("{\"a\":2}\n".utf8), line(2 * limit)]
        let result = try IngestResult(lines[0] + lines[1] + lines[2] + lines[3])
        #expect(result.band.columns[3].words == [1, 2])
        #expect(result.errors.map(\.reason) == [.lineTooLong, .lineTooLong])
        #expect(result.errors.map(\.lineNumber) == [2, 4])
        #expect(result.errors.map(\.byteOffset) == [lines[0].count, lines[0].count + lines[1].count + lines[2].count])
    }

    @Test("a path that is too long for the format is an error of its line")
    func longPath() throws {
        let key = String(repeating: "k", count: 65_000)
        let result = try IngestResult(
            "{\"\(key)\":{\"\(key)\":1}}\n{\"\(key)\":{\"x\":1}}\n{\"a\":1,\"a\":1,\"\(key)\":{\"\(key)\":1}}")
        #expect(result.errors.map(\.reason) == [.pathTooLong, .pathTooLong])
        #expect(result.band.rowCount == 1)
    }

    @Test("a line that fails half way leaves nothing behind")
    func failedLineLeavesNothing() throws {
        let key = String(repeating: "k", count: 65_536)
        let result = try IngestResult("{\"a\":1}\n{\"a\":2,\"b\":\"x\",\"\(key)\":3}\n{\"a\":4}")
        #expect(try result.lines() == [#"{"a":1}"#, #"{"a":4}"#])
    }

    @Test("lines and bytes are counted on from batch to batch")
    func errorFarIn() throws {
        let good = "{\"message\":\"\(String(repeating: "y", count: 500))\"}\n"
        let count = 3000
        let input = String(repeating: good, count: count) + "\n{]\n" + String(repeating: good, count: count) + "{\n"
        for chunkByteCount in [1000, .max] {
            let result = try IngestResult(input, chunkByteCount: chunkByteCount)
            #expect(result.band.rowCount == 2 * count)
            #expect(result.errors.map(\.lineNumber) == [count + 2, 2 * count + 3])
            #expect(
                result.errors.map(\.byteOffset) == [
                    count * good.utf8.count + 2, 2 * count * good.utf8.count + 5,
                ])
        }
    }

    @Test("mutated lines are taken or refused as by a plain parser, and what is taken comes back", arguments: 0..<8)
    func fuzz(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let samples = [
            #"{"timestamp":"2026-03-02T00:00:00.012Z","eventId":"4ec7b99952194ec6","severity":"INFO","n":21}"#,
            #"{"a":[1, 2.50 ,{"b\u0041":[ ]}],"c":{},"d\ud83d\ude00":"\u00e9\n","e":{"f":{"g":-0},"f":1}}"#,
            #"{ "a" : -1e5 , "b" : [ true,false ,null, [[]] ] , "a":{"x":"y"} }"#,
            #"{"k":"","":{"":{}},"long":"0123456789012345678901234567890123456789","u":"é😀\\\""}"#, "", " \t\r",
        ].map { Array($0.utf8) }
        let alphabet = Array("{}[]:,\"\\ \n\t0-1.eEtfnu/ab".utf8) + [0x80, 0xFF, 0xC3, 0xA9, 1]
        var takenCount = 0
        for _ in 0..<400 {
            var input: [UInt8] = []
            for _ in 0..<Int.random(in: 1...5, using: &generator) {
                var line = samples.randomElement(using: &generator)!
                for _ in 0..<Int.random(in: 0...2, using: &generator) where !line.isEmpty {
                    let place = line.indices.randomElement(using: &generator)!
                    let byte = alphabet.randomElement(using: &generator)!
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: line[place] = byte
                    case 1: line.remove(at: place)
                    case 2: line.insert(byte, at: place)
                    default: line.replaceSubrange(place..., with: samples[seed % 4].suffix(place))
                    }
                }
                input += line + [UInt8(ascii: "\n")]
            }
            var events: [String] = []
            var badLines: [Int] = []
            for (index, line) in input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .enumerated()
            {
                do {
                    guard let value = try ReferenceJSON.parse(Array(line)) else { continue }
                    guard case .object = value else { throw ReferenceJSON.Fault() }
                    events.append(String(decoding: value.event, as: UTF8.self))
                } catch {
                    badLines.append(index + 1)
                }
            }
            let result = try IngestResult(input, chunkByteCount: Int.random(in: 1...300, using: &generator))
            #expect(result.errors.map(\.lineNumber) == badLines, "\(String(decoding: input, as: UTF8.self))")
            #expect(try result.lines() == events, "\(String(decoding: input, as: UTF8.self))")
            takenCount += events.count
        }
        #expect(takenCount > 300)
    }
}
