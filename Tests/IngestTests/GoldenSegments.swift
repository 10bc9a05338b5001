import Bytes
import Columns

@testable import Segments

/// One golden segment: what it is called and how it is made, always the same bytes.
struct GoldenSegment: Sendable, CustomStringConvertible {
    var name: String
    /// Makes the segment; the handmade page, where there is one, goes through the function first.
    var makeChanging: @Sendable (_ change: ([UInt8]) -> [UInt8]) throws -> [UInt8]
    var isHandmade = false

    init(name: String, make: @escaping @Sendable () throws -> [UInt8]) {
        self.name = name
        makeChanging = { _ in try make() }
    }

    private init(
        handmade name: String, make: @escaping @Sendable (([UInt8]) -> [UInt8]) throws -> [UInt8]
    ) {
        self.name = name
        makeChanging = make
        isHandmade = true
    }

    func make() throws -> [UInt8] { try makeChanging { $0 } }

    var description: String { name }

    /// A column made by hand: its resources, and its page, which holds the words or bytes of its values.
    struct Column: Sendable {
        var key: String
        var type: ColumnType
        var resources: [(kind: PageEntry.Kind, valueCount: Int, bytes: [UInt8])] = []
        var append: @Sendable (Band, _ ordinal: Int, _ row: Int) -> Void
        var page: @Sendable (inout ByteWriter) -> Void
    }

    /// A segment of columns that are made by hand; the page of the last one can be changed.
    static func columns(
        _ name: String, _ columns: [Column], count: Int, features: UInt32 = 0
    ) -> GoldenSegment {
        GoldenSegment(handmade: name) { change in
            let output = MemoryOutput()
            let writer = try SegmentWriter(output, options: options(.hot))
            var pages: [ColumnPath: [UInt8]] = [:]
            for (index, column) in columns.enumerated() {
                var bytes = ByteWriter()
                column.page(&bytes)
                pages[ColumnPath(keys: [column.key])] =
                    index == columns.count - 1 ? change(bytes.bytes) : bytes.bytes
            }
            writer.features = features
            writer.handmadePages = { column, _ in pages[column.key.path] }
            writer.handmadeResources = { band in
                columns.first { ColumnPath(keys: [$0.key]) == band.key.path }?.resources ?? []
            }
            let ordinals = columns.map {
                writer.band.ordinal(of: ColumnKey(path: ColumnPath(keys: [$0.key]), type: $0.type))
            }
            for row in 0..<count {
                for (column, ordinal) in zip(columns, ordinals) { column.append(writer.band, ordinal, row) }
                precondition(writer.band.endRow(storedAt: 1_700_000_000_000_000_000, sequence: UInt64(row)))
                try writer.rowEnded()
            }
            _ = try writer.finish()
            return output.bytes
        }
    }

    /// A segment whose only column holds `values`, encoded by a node made by hand.
    static func page(
        _ name: String, _ type: ColumnType, count: Int, append: @escaping @Sendable (Band, Int, Int) -> Void,
        features: UInt32 = 0, page: @escaping @Sendable (inout ByteWriter) -> Void
    ) -> GoldenSegment {
        columns(
            name, [Column(key: "value", type: type, append: append, page: page)], count: count, features: features)
    }

    static func integers(
        _ name: String, _ values: [UInt64], features: UInt32 = 0, _ node: @escaping @Sendable ([UInt64]) -> IntegerNode
    ) -> GoldenSegment {
        page(
            "integer-" + name, .int64, count: values.count,
            append: { band, ordinal, row in band.append(word: values[row], to: ordinal) }, features: features,
            page: { node(values).write(to: &$0) })
    }

    static func doubles(
        _ name: String, _ values: [Double], _ node: @escaping @Sendable ([Double]) -> FloatNode
    ) -> GoldenSegment {
        page("double-" + name, .double, count: values.count) { band, ordinal, row in
            band.append(word: values[row].bitPattern, to: ordinal)
        } page: {
            node(values).write(to: &$0)
        }
    }

    static func strings(
        _ name: String, _ values: [String], _ node: @escaping @Sendable (StringVector) -> StringNode
    ) -> GoldenSegment {
        page("string-" + name, .string, count: values.count) { band, ordinal, row in
            band.append(Array(values[row].utf8), to: ordinal)
        } page: {
            node(StringVector(values)).write(to: &$0)
        }
    }

    static func options(_ tier: EncodingProfile.Tier) -> SegmentWriterOptions {
        var options = SegmentWriterOptions(tier: tier)
        options.writerName = "golden"
        return options
    }
}

/// Packs small numbers in as few bits as they need.
private func packed(_ values: [UInt64]) -> IntegerNode { .packed(encoding: values) }

extension GoldenSegment {
    static let integerNodes: [GoldenSegment] = [
        .integers("constant", [UInt64](repeating: 42, count: 7)) { .constant($0[0]) },
        .integers("sequence", (0..<9).map { UInt64(bitPattern: Int64(100 - 7 * $0)) }) { _ in
            .sequence(first: 100, step: UInt64(bitPattern: -7))
        },
        .integers("packed-tail", [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]) { packed($0) },
        .integers("packed-block", (0..<1030).map { UInt64($0 * 37 % 1000) }) { packed($0) },
        .integers("packed-64", [0, .max, 1 << 63, 1, (1 << 63) - 1]) { values in
            .packed(encoding: values, base: 0, width: 64)
        },
        .integers("patched", [5, 5, 900_000, 5, 6, 5, 5, 5]) { _ in
            .patched(
                count: 2, positions: packed([2, 4]), values: packed([900_000, 6]), child: .constant(5))
        },
        .integers("delta", [10, 13, 11, 20, 20]) { _ in
            .delta(first: 10, child: packed([3, UInt64(bitPattern: -2), 9, 0]))
        },
        .integers("delta-of-delta", [0, 10, 20, 31, 41, 50]) { _ in
            .delta(
                first: 0,
                child: .delta(first: 10, child: packed([0, 1, UInt64(bitPattern: -1), UInt64(bitPattern: -1)])))
        },
        .integers("anchored", (0..<40).map { UInt64($0 * $0 % 1000) }, features: Trailer.anchoredDeltas) { values in
            .anchoredDelta(
                first: values[0], shift: 4, anchors: packed([values[16], values[32]]),
                child: packed(zip(values.dropFirst(), values).map { $0 &- $1 }))
        },
        .integers("runs", [7, 7, 7, 1, 1, 9]) { _ in
            .runs(count: 3, values: packed([7, 1, 9]), lengths: packed([3, 2, 1]))
        },
        .integers("dictionary", [1000, 5, 1000, 77, 5]) { _ in
            .dictionary(count: 3, entries: packed([1000, 5, 77]), codes: packed([0, 1, 0, 2, 1]))
        },
        .integers("planes", [256, 1, 65_535, 512, 3]) { _ in
            .planes(
                base: 1, planes: [StoredBuffer(raw: [255, 0, 254, 255, 2]), StoredBuffer(raw: [0, 0, 255, 1, 0])])
        },
        .integers("split", [5_000_000, 7_000_001, 0, 9_000_000]) { _ in
            .split(divisor: 1_000_000, quotients: packed([5, 7, 0, 9]), remainders: packed([0, 1, 0, 0]))
        },
        .integers("recency", [0, 1, 0, 2, 2, 1]) { _ in .recency(start: 0, child: packed([0, 0, 2, 0, 1, 2])) },
        .integers("trend", [0, 11, 20, 31]) { _ in .trend(step: 10, child: packed([0, 1, 0, 1])) },
    ]

    static let doubleNodes: [GoldenSegment] = [
        .doubles("bits", [1.5, -0.0, 5e300, -2.25]) { values in .bits(packed(values.map { $0.bitPattern })) },
        .doubles("scaled", [12.25, 99.5, -0.75, 0.1, 1.0 / 3]) { values in
            .scaled(encoding: values, scale: FloatScale(base: .ten, exponent: 2), profile: .hot)
        },
        .doubles("scaled-by-two", [0.5, 0.25, 3.75, -1]) { values in
            .scaled(encoding: values, scale: FloatScale(base: .two, exponent: 2), profile: .hot)
        },
        .doubles("split-bits", (0..<40).map { 1.0 + Double($0 * $0) / 7919 } + [1e-9]) { values in
            .splitBits(encoding: values, profile: .hot)
        },
    ]

    static let stringNodes: [GoldenSegment] = [
        .strings("constant", ["same", "same", "same"]) { _ in .constant(Array("same".utf8)) },
        .strings("plain", ["a", "", "ccc"]) { values in
            .plain(lengths: packed([1, 0, 3]), bytes: StoredBuffer(raw: values.bytes))
        },
        .strings("plain-lz4", (0..<20).map { "the same words again \($0 % 3)" }) { values in
            .plain(lengths: .constant(22), bytes: .storing(values.bytes, profile: .hot))
        },
        .strings("plain-zstd", (0..<20).map { "the same words again \($0 % 3)" }) { values in
            .plain(lengths: .constant(22), bytes: .storing(values.bytes, profile: .cold))
        },
        .strings("dictionary", ["b", "a", "b"]) { _ in
            .dictionary(
                count: 2, entries: .plain(lengths: .constant(1), bytes: StoredBuffer(raw: [97, 98])),
                codes: packed([1, 0, 1]))
        },
        .strings("symbols", ["http://a", "http://b", "x"]) { _ in
            .symbols(
                table: .inline(SymbolTable(symbols: StringVector(["http://"]))), encodedLengths: packed([3, 3, 2]),
                decodedByteCount: 17, encoded: StoredBuffer(raw: [0, 255, 97, 0, 255, 98, 255, 120]))
        },
        .strings("front-coded", ["alpha", "alpine", "beta"]) { _ in
            .frontCoded(
                prefixLengths: packed([0, 3, 0]),
                suffixes: .plain(lengths: packed([5, 3, 4]), bytes: StoredBuffer(raw: Array("alphainebeta".utf8))))
        },
        .strings("affix", ["<1>", "<2>"]) { _ in
            .affix(
                prefix: [60], suffix: [62],
                child: .plain(lengths: .constant(1), bytes: StoredBuffer(raw: [49, 50])))
        },
        .strings("exceptions", ["u-1", "?", "u-2"]) { _ in
            .exceptions(
                count: 1, positions: .constant(1), values: .constant([63]),
                child: .affix(
                    prefix: Array("u-".utf8), suffix: [], child: .integerText(digits: 0, values: packed([1, 2]))))
        },
        .strings("integer-text", ["-5", "0", "123456789012345678"]) { _ in
            .integerText(digits: 0, values: packed([UInt64(bitPattern: -5), 0, 123_456_789_012_345_678]))
        },
        .strings("integer-text-padded", ["007", "042", "1234"]) { _ in
            .integerText(digits: 3, values: packed([7, 42, 1234]))
        },
        .strings("fixed-point-text", ["1.50", "-0.05", "12.00"]) { _ in
            .fixedPointText(decimals: 2, values: packed([150, UInt64(bitPattern: -5), 1200]))
        },
        .strings("hex-text", ["00ff10", "abcdef"]) { _ in
            .hexText(isUpper: false, byteCount: 3, bytes: StoredBuffer(raw: [0, 255, 16, 0xAB, 0xCD, 0xEF]))
        },
        .strings("hex-text-upper", ["00FF", "ABCD"]) { _ in
            .hexText(isUpper: true, byteCount: 2, bytes: StoredBuffer(raw: [0, 255, 0xAB, 0xCD]))
        },
        .strings("uuid-text", ["{00112233-4455-6677-8899-aabbccddeeff}"]) { _ in
            .affix(
                prefix: [123], suffix: [125],
                child: .uuidText(isUpper: false, bytes: StoredBuffer(raw: (0..<16).map { $0 * 17 })))
        },
        .strings("ipv4-text", ["10.0.0.7", "255.255.255.255"]) { _ in .ipv4Text(packed([0x0A00_0007, 0xFFFF_FFFF])) },
        .strings("timestamp-text", ["2024-02-29 12:00:00.250", "1999-12-31 23:59:59.000"]) { values in
            var instants: [UInt64] = []
            var forms: [UInt64] = []
            for index in 0..<values.count {
                let parsed = TimestampText.parse(Array(values[index]).span)!
                instants.append(UInt64(bitPattern: parsed.nanoseconds))
                forms.append(UInt64(parsed.form))
            }
            return .timestampText(nanoseconds: packed(instants), forms: packed(forms))
        },
        .strings("hex-number-text", ["0x3e7", "0x0", "0xffff"]) { _ in
            .affix(
                prefix: Array("0x".utf8), suffix: [],
                child: .hexNumberText(isUpper: false, digits: 1, values: packed([0x3E7, 0, 0xFFFF])))
        },
        .strings("fixed-length", ["abc", "xyz"]) { values in
            .fixedLength(byteCount: 3, bytes: StoredBuffer(raw: values.bytes))
        },
    ]
}
