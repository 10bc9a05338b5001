import Bytes
import Columns
import Ingest
import Testing

@Suite("Rows as lines of JSON")
struct EventRendererTests {
    private func lines(_ batch: RowBatch, style: EventRenderer.Style = .event) throws -> [String] {
        var renderer = EventRenderer(batch, style: style)
        var text: [UInt8] = []
        while try renderer.renderNext() { renderer.lines.withUnsafeBytes { text += $0 } }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func batch(_ columns: [(keys: [String], type: ColumnType, values: ColumnVector)]) -> RowBatch {
        RowBatch(
            shapeOfRow: [UInt32](repeating: 0, count: columns.first?.values.count ?? 1),
            shapes: [Array(columns.indices)],
            columns: columns.enumerated().map { ordinal, column in
                RowBatch.Column(
                    ordinal: ordinal + 3, key: ColumnKey(path: ColumnPath(keys: column.keys), type: column.type),
                    values: column.values)
            },
            storedAt: (columns.first.map { Array(0..<UInt64($0.values.count)) }) ?? [0].map { UInt64($0) },
            sequences: [UInt64](repeating: .max, count: columns.first?.values.count ?? 1))
    }

    @Test("values that JSON text cannot give come out as the format says")
    func apiValues() throws {
        let batch = batch([
            (["d"], .double, .doubles([.nan, -.infinity, .greatestFiniteMagnitude, 1])),
            (["b"], .bytes, .strings(StringVector(bytes: [0, 255, 254, 1, 2, 3, 4], ends: [0, 1, 3, 7]))),
            (["t"], .timestamp, .timestamps([0, 1_000_000, 1_500, 1], forms: [74, 74, 74, 73])),
        ])
        #expect(
            try lines(batch) == [
                #"{"b":"","d":null,"t":"1970-01-01T00:00:00Z"}"#,
                #"{"b":"AA==","d":null,"t":"1970-01-01T00:00:00.001Z"}"#,
                #"{"b":"//4=","d":1.7976931348623157e+308,"t":"1970-01-01T00:00:00.000001500Z"}"#,
                #"{"b":"AQIDBA==","d":1.0,"t":"1970-01-01T00:00:00.000000001Z"}"#,
            ])
    }

    @Test("keys are in the order of their bytes, objects closed and opened where paths part")
    func keyOrder() throws {
        let one = ColumnVector.integers([1])
        let paths = [
            ["b", "x", "y"], ["b", "x", "a"], ["b"] + ["w"], ["a"], ["z", "z", "z", "z"], ["b", "y"], ["é"], ["a.b"],
        ]
        let batch = batch(paths.map { ($0, .int64, one) })
        #expect(
            try lines(batch) == [
                #"{"a":1,"a.b":1,"b":{"w":1,"x":{"a":1,"y":1},"y":1},"z":{"z":{"z":{"z":1}}},"é":1}"#
            ])
    }

    @Test("an event without members is an empty object")
    func emptyEvent() throws {
        let result = try IngestResult("{}\n{\"a\":{}}\n{ }\n")
        #expect(try result.lines() == ["{}", #"{"a":{}}"#, "{}"])
    }

    @Test("the system style wraps the event and tells sequence and time")
    func systemStyle() throws {
        let result = try IngestResult("{\"a\":1}\n{}\n")
        #expect(
            try result.lines(style: .eventWithSystem) == [
                #"{"event":{"a":1},"sequence":0,"storedAt":7}"#, #"{"event":{},"sequence":1,"storedAt":7}"#,
            ])
        let odd = batch([(["a"], .null, .presence(count: 1))])
        #expect(
            try lines(odd, style: .eventWithSystem) == [
                #"{"event":{"a":null},"sequence":18446744073709551615,"storedAt":0}"#
            ])
    }

    @Test("strings are escaped wherever in the text the byte stands")
    func escapes() throws {
        for byte in UInt8(0)..<128 {
            for place in 0..<10 {
                var text = [UInt8](repeating: UInt8(ascii: "x"), count: 10)
                text[place] = byte
                let batch = batch([(["s"], .string, .strings(StringVector(bytes: text, ends: [10])))])
                let expected = ReferenceJSON.object([(Array("s".utf8), .string(text))]).event
                #expect(try lines(batch) == [String(decoding: expected, as: UTF8.self)])
            }
        }
    }

    @Test("rows of many shapes come back over block borders, a few at a time too")
    func blocks() throws {
        var generator = SplitMix64(seed: 5)
        var expected: [String] = []
        for row in 0..<3000 {
            var members = ["\"n\":\(row)"]
            if Bool.random(using: &generator) { members.append("\"o\":{\"s\":\"v\(row % 7)\",\"t\":\(row).5}") }
            if Bool.random(using: &generator) { members.append("\"z\":\(row % 3 == 0)") }
            expected.append("{\(members.joined(separator: ","))}")
        }
        let result = try IngestResult(expected.joined(separator: "\n"))
        #expect(try result.lines() == expected)
        var renderer = EventRenderer(result.band.batch())
        var text: [UInt8] = []
        while try renderer.renderNext(rowLimit: 700) { renderer.lines.withUnsafeBytes { text += $0 } }
        #expect(String(decoding: text, as: UTF8.self) == expected.map { $0 + "\n" }.joined())
    }

    @Test("a timestamp that its form cannot show is an error, not a trap", arguments: [0x7FF, 11, 1 << 40, 1 << 9])
    func damagedForm(form: UInt64) throws {
        let batch = batch([(["t"], .timestamp, .timestamps([0], forms: [form]))])
        #expect(throws: DecodeError.self) { try lines(batch) }
    }

    @Test("a batch with fewer values than rows that have them is an error, not a trap")
    func missingValues() throws {
        var batch = batch([(["t"], .int64, .integers([1, 2]))])
        batch.columns[0].values = .integers([1])
        #expect(throws: DecodeError.self) { try lines(batch) }
    }
}
