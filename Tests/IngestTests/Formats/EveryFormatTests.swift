import Bytes
import Columns
import Testing

@testable import Ingest

@Suite("What holds for every format")
struct EveryFormatTests {
    static let samples: [(InputFormat, [String])] = [
        (.ndjson, ["{\"a\":1}\n", "{\"a\":[\"x\"]}\r\n", "\n", "[7]\n", "{\"a\n"]),
        (.json, ["{\"a\":1}", "[", "]", ",", "\n", " {\"a\":{\n\"b\":\"}\\\"\"}}", "[{\"a\":1}", "{\"a\":[}\n", "x"]),
        (.cloudtrail, ["{\"Records\":[", "{\"a\":1}", "]}", ",", "\n", "{\"a\":[1]}", "\"x\":{}", "7", "}"]),
        (.csv, ["a,b\n", "1,2\n", "\"x\"\"\ny\",\r\n", "1\n", "\"", ",", "\r", "\n", "é,1.5\n"]),
        (.logfmt, ["a=1 b=\"x \\\" y\" c", "\n", " d=", "\r\n", "\"", "=", " msg=é\\"]),
        (
            .syslog,
            [
                "<13>1 2003-10-11T22:14:15.003Z h p 8710 ID47 [i k=\"v\\]\"] m\n", "Jan  5 03:47:01 h sshd[7]: m\n",
                "\tat x\n", "\r\n", "<34>Oct 11 22:14:15 h su: m", "\n", "[", "]",
            ]
        ),
        (
            .access,
            [
                "1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 23\n", "\n", "x \"y",
                "h 1.2.3.4 - u v [10/Oct/2000:13:55:36 -0700] \"G\\\"\" - - \"r\" \"a\" z\r\n",
            ]
        ),
        (
            .cri,
            [
                "2024-01-15T15:47:23.1Z stdout F m\n", "2024-01-15T15:47:23.2Z stdout P a\n",
                "2024-01-15T15:47:23.3Z stderr P b\n", "2024-01-15T15:47:23.4Z stderr F\n", "\n", "x\r\n",
            ]
        ),
        (
            .text,
            [
                "2015-07-29 17:41:41,536 - INFO  [x] - m\n", "[Sun Dec 04 04:47:44 2005] [error] m\r\n", "\tat x\n",
                "\n",
                "17/06/09 20:10:40 WARN é\n", "081109 203615 148 INFO", " 7",
            ]
        ),
        (
            .zeek,
            [
                "#separator \\x09\n", "#fields\tts\ta\tb\n", "#types\ttime\tset[count]\tbool\n", "1.5\t1,2\tT\n",
                "-\t(empty)\t-\n", "1\t2\n", "#path\tconn\r\n", "x\ty\tz\n", "\t",
            ]
        ),
        (
            .otlp,
            [
                "{\"resourceSpans\":[", "{\"resourceLogs\":[", "{\"resourceMetrics\":[", "]}", "\n", ",",
                "{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"s\"}}]},"
                    + "\"scopeSpans\":[{\"spans\":[{\"traceId\":\"AB\",\"startTimeUnixNano\":\"7\"},{}]}]}",
                "{\"scopeLogs\":[{\"scope\":{\"name\":\"x\"},\n\"logRecords\":[{\"body\":{\"arrayValue\":{}}}]}]}",
                "{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"sum\":{\"dataPoints\":[{\"asInt\":\"1\"}]}}]}]}",
                "{\"a\":}", "7",
            ]
        ),
        (
            .jaeger,
            [
                "{\"data\":[", "]}", ",", "\n", "{\"a\":\"\n\"}",
                "{\"traceID\":\"a\",\"spans\":[{\"processID\":\"p\"}]}",
                "{\"spans\":[{\"tags\":[{\"key\":\"error\",\"value\":true}],\"logs\":[{}]},7],\"processes\":{\"p\":{}}}",
            ]
        ),
        (
            .zipkin,
            [
                "[", "]", ",", "\n", "{\"traceId\":\"A\",\"id\":\"b\",\"timestamp\":7,\"duration\":1.5}",
                "{\"tags\":{\"error\":\"\"}}",
                "{\"annotations\":[{\"timestamp\":1,\"value\":\"x\"},7]}", "{\"a\":[}\n", "{\"a\" 1}",
            ]
        ),
        (.tsv, ["a\tb\n", "1\t2\n", "\"x\"\"\ny\"\t\r\n", "1\n", "\"", "\t", "\n"]),
    ]

    @Test("the same comes out however the input is cut, and from every place at which a reader can go on")
    func cutsAndPlaces() throws {
        for (format, pieces) in Self.samples {
            var generator = SplitMix64(seed: 7)
            for round in 0..<60 {
                let text = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                    pieces.randomElement(using: &generator)!
                }.joined()
                let input = Array(text.utf8)
                let whole = try Transcription(input, format, chunks: 1 << 20...1 << 20)
                let seed = UInt64(round)
                #expect(try Transcription(input, format, chunks: 1...1) == whole, "\(format) \(text)")
                #expect(try Transcription(input, format, chunks: 1...9, seed: seed) == whole, "\(format) \(text)")
                try checkPlaces(input, format, generator: &generator)
            }
        }
    }

    /// Reads on from the places that a reader names, batches being made small by a stream that fails now and then.
    private func checkPlaces(_ input: [UInt8], _ format: InputFormat, generator: inout SplitMix64) throws {
        let expected = try outcomes(input, format, from: .start)
        let reader = try EventReader(
            EventInput(CutStream(input, chunks: 1...5), format: format, time: .sample).source, into: Band())
        var passed = 0
        while true {
            if Int.random(in: 0..<4, using: &generator) == 0 {
                let position = try InputPosition(encoded: reader.position.encoded)
                #expect(position == reader.position)
                #expect(try outcomes(input, format, from: position) == Array(expected[passed...]))
            }
            do {
                guard try reader.appendNext(storedAt: 0, sequence: 0) else { break }
            } catch IngestError.line {}
            passed += 1
        }
        #expect(passed == expected.count)
        #expect(try outcomes(input, format, from: reader.position) == [])
    }

    private func outcomes(_ input: [UInt8], _ format: InputFormat, from position: InputPosition) throws -> [String] {
        let band = Band()
        let source = try EventInput(CutStream(input, chunks: 1...50), format: format, time: .sample, from: position)
            .source
        let reader = try EventReader(source, into: band, from: position)
        var outcomes: [String] = []
        var hasMore = true
        while hasMore {
            do {
                hasMore = try reader.appendNext(storedAt: 0, sequence: 0)
                if hasMore { outcomes.append("event") }
            } catch {
                guard case .line(let fault) = error else { throw error }
                outcomes.append("\(fault) \(String(decoding: reader.failedRecord, as: UTF8.self))")
            }
        }
        return outcomes
    }

    @Test("random bytes stop no format", arguments: InputFormat.allCases)
    func randomBytes(format: InputFormat) throws {
        var generator = SplitMix64(seed: 11)
        let alphabet =
            Array("{}[],:\"\\ \n\r\t=-+.0123456789TZaeFPJanMonRecordsdata<>|/#;'".utf8) + [0, 0x80, 0xC3, 0xA9, 0xFF]
        let pieces = Self.samples.first { $0.0 == format }?.1 ?? []
        var outcomeCount = 0
        for round in 0..<300 {
            var input: [UInt8] = []
            for _ in 0..<Int.random(in: 0...60, using: &generator) {
                if !pieces.isEmpty, Bool.random(using: &generator) {
                    input += pieces.randomElement(using: &generator)!.utf8
                } else {
                    input.append(alphabet.randomElement(using: &generator)!)
                }
            }
            let whole = try Transcription(input, format, chunks: 1 << 20...1 << 20)
            let cut = try Transcription(input, format, chunks: 1...7, seed: UInt64(round))
            #expect(whole == cut, "\(String(decoding: input, as: UTF8.self).debugDescription)")
            outcomeCount += whole.outcomes.count
        }
        #expect(outcomeCount > 100)
    }
}
