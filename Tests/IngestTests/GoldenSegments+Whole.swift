import Bytes
import Columns
import Files

@testable import Ingest
@testable import Segments

extension GoldenSegment {
    /// Segments as the writer makes them of events.
    static let wholeSegments: [GoldenSegment] =
        [GoldenSegment(name: "empty") { try segment(of: [], options(.hot)) }]
        + [EncodingProfile.Tier.hot, .warm, .cold].flatMap { tier in
            [
                GoldenSegment(name: "types-\(tier)") { try segment(of: everyType, options(tier)) },
                GoldenSegment(name: "services-\(tier)") { try segment(of: services(600), options(tier)) },
            ]
        }
        + [
            GoldenSegment(name: "own-presence") {
                var options = GoldenSegment.options(.hot)
                options.shapeLimit = 4
                return try segment(of: wild(400), options)
            },
            GoldenSegment(name: "overflow") { try segment(of: wild(1100), options(.cold)) },
            GoldenSegment(name: "zones") {
                var options = GoldenSegment.options(.cold)
                options.zoneCountPerBand = 2
                options.zoneCountPerPage = 1
                return try segment(of: (0..<9000).map { #"{"n":\#($0 / 3),"s":"k-\#($0 % 7)"}"# }, options)
            },
        ]

    /// Writes lines of JSON as a segment.
    static func segment(of lines: [String], _ options: SegmentWriterOptions) throws -> [UInt8] {
        let output = MemoryOutput()
        let writer = try SegmentWriter(output, options: options)
        let text = lines.map { $0 + "\n" }.joined()
        let files = MemoryFileSystem()
        files.put(Array(text.utf8), at: "golden.ndjson")
        let reader = try EventReader(files.stream("golden.ndjson"), into: writer.band)
        var sequence: UInt64 = 0
        while try reader.appendNext(storedAt: 1_700_000_000_000_000_000, sequence: sequence) {
            sequence += 1
            try writer.rowEnded()
        }
        _ = try writer.finish()
        return output.bytes
    }

    static let everyType = [
        #"{"timestamp":"2024-01-15T15:47:23.5Z","a":null,"b":true,"c":-9223372036854775808,"d":18446744073709551615}"#,
        #"{"timestamp":"2024-01-15T15:47:23.123456789Z","a":false,"b":"text","c":1.5,"d":1e400,"e":{},"f":[1,{"x":[]}]}"#,
        #"{"timestamp":"2024-01-15T16:47:24+01:00","a.b":1,"a":{"b":2},"c":0.10,"d":-0,"e":{"g":"\u00e4\n\""}}"#,
        #"{"id":"0123456789abcdef","ID":"0123456789ABCDEF","trace":"000102030405060708090a0b0c0d0e0f","u":""}"#,
        #"{"id":"A0010203-0405-0607-0809-0A0B0C0D0E0F","trace":"a0010203-0405-0607-0809-0a0b0c0d0e0f"}"#,
        #"{"trace":"A00102030405060708090A0B0C0D0E0F","c":-0.0,"d":1e-7,"e":1e+16,"f":[1.0,"\u0007",null]}"#,
        #"{}"#,
    ]

    static func services(_ count: Int) -> [String] {
        var generator = SplitMix64(seed: 7)
        func below(_ limit: Int) -> Int { Int(generator.next() % UInt64(limit)) }
        func hex(_ digits: Int) -> String {
            let text = String(generator.next() | 1 << 63, radix: 16)
            return String(text.prefix(digits))
        }
        var spans: [(span: String, parent: String?, trace: String, host: Int, user: Int)] = []
        return (0..<count).map { row in
            if spans.isEmpty || below(3) == 0 {
                let parent = below(8) == 0 ? nil : spans.last
                spans.append(
                    (hex(16), parent?.span, parent?.trace ?? hex(16) + hex(16), below(9), parent?.user ?? below(90)))
            }
            let span = spans[max(0, spans.count - 1 - below(4))]
            let request = hex(12)
            let parent = span.parent.map { #","parentSpanId":"\#($0)""# } ?? ""
            let second = row / 20 % 60
            let time = "2026-03-02T00:\(10 + row / 1200):\(second < 10 ? "0" : "")\(second).\(100 + row % 900)Z"
            return #"{"timestamp":"\#(time)","eventId":"\#(hex(16))","service":"svc-\#(span.host % 4)","#
                + #""host":"host-\#(span.host)","traceId":"\#(span.trace)","spanId":"\#(span.span)"\#(parent),"#
                + #""durationMs":\#(below(90)).\#(1 + below(9)),"message":"Request \#(request) of u-\#(span.user) took \#(below(500)) ms","#
                + #""attributes":{"requestId":"\#(request)","userId":"u-\#(span.user)","retries":\#(below(3))}}"#
        }
    }

    static func wild(_ count: Int) -> [String] {
        var generator = SplitMix64(seed: 11)
        func below(_ limit: Int) -> Int { Int(generator.next() % UInt64(limit)) }
        return (0..<count).map { row in
            let first = below(300)
            let values = ["1", "null", "\"t\"", "true", "2.5", "{}", "[1]", #""2024-01-01T00:00:00Z""#]
            return
                #"{"n":\#(row),"map":{"k\#(first)":\#(values[first % 8]),"k\#(first + 300)":\#(values[(first + 3) % 8])}}"#
        }
    }
}
