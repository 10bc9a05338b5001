import Bytes
import Columns

@testable import Segments

extension GoldenSegment {
    /// Segments of columns that name other columns or resources, or cannot come from JSON.
    static let handmadeColumns: [GoldenSegment] = [
        .columns(
            "integer-equal",
            [
                integerColumn("source", [100, 250, 7, 90]) { .packed(encoding: $0) },
                integerColumn("value", [105, 255, 3, 95]) { _ in
                    .equal(source: 3, offset: 5, links: exception(at: 2, .constant(3)))
                },
            ], count: 4),
        .columns(
            "id-equal",
            [
                idColumn("source", [1, 2, 3]) { .raw(StoredBuffer(raw: bytes(of: $0))) },
                idColumn("value", [1, 9, 3]) { _ in
                    .equal(source: 3, links: exception(at: 1, .raw(StoredBuffer(raw: bytes(of: [9])))))
                },
            ], count: 3),
        .columns("string-plain-zstd-dictionary", [dictionaryColumn], count: 6),
        .columns("string-symbols-shared", [symbolsColumn], count: 2),
        .columns("bytes-plain", [bytesColumn], count: 3),
        .columns(
            "integer-grouped",
            [
                hostColumn,
                integerColumn("value", [10, 20, 30, 40, 50]) { _ in
                    .grouped(source: 3, child: .packed(encoding: [20, 50, 10, 30, 40]))
                },
            ], count: 5, features: Trailer.groupedNodes),
        .columns(
            "double-grouped",
            [
                hostColumn,
                Column(key: "value", type: .double) { band, ordinal, row in
                    band.append(word: Double(row).bitPattern, to: ordinal)
                } page: {
                    FloatNode.grouped(
                        source: 3,
                        child: .scaled(
                            scale: .init(base: .ten, exponent: 0), digits: .packed(encoding: [1, 4, 0, 2, 3]),
                            exceptions: .none)
                    ).write(to: &$0)
                },
            ], count: 5, features: Trailer.groupedNodes),
        .columns(
            "string-grouped",
            [
                hostColumn,
                Column(key: "value", type: .string) { band, ordinal, row in
                    band.append([UInt8(ascii: "a") + UInt8(row)], to: ordinal)
                } page: {
                    StringNode.grouped(
                        source: 3, child: .fixedLength(byteCount: 1, bytes: StoredBuffer(raw: Array("beacd".utf8)))
                    ).write(to: &$0)
                },
            ], count: 5, features: Trailer.groupedNodes),
        .columns(
            "id-grouped",
            [
                hostColumn,
                idColumn("value", [1, 2, 3, 4, 5]) { _ in
                    .grouped(source: 3, child: .raw(StoredBuffer(raw: bytes(of: [2, 5, 1, 3, 4]))))
                },
            ], count: 5, features: Trailer.groupedNodes),
    ]

    private static func exception<Node>(at position: UInt64, _ rest: Node) -> DerivedLinks<Node> {
        DerivedLinks(exceptionCount: 1, exceptionPositions: .constant(position), restCount: 1, rest: rest)
    }

    private static func integerColumn(
        _ key: String, _ values: [UInt64], _ node: @escaping @Sendable ([UInt64]) -> IntegerNode
    ) -> Column {
        Column(key: key, type: .int64) { band, ordinal, row in
            band.append(word: values[row], to: ordinal)
        } page: {
            node(values).write(to: &$0)
        }
    }

    private static func idColumn(
        _ key: String, _ words: [UInt64], _ node: @escaping @Sendable ([UInt64]) -> FixedNode
    ) -> Column {
        Column(key: key, type: .id8Lower) { band, ordinal, row in
            band.append(word: words[row], to: ordinal)
        } page: {
            node(words).write(to: &$0)
        }
    }

    /// Hosts by which other columns are grouped: rows 0 and 2 have code 1, rows 1 and 4 code 0, row 3 has none.
    private static let hostColumn: Column = {
        let hosts = ["db", "web"]
        let codes: [UInt64] = [1, 0, 1, 0]
        var dictionary = ByteWriter()
        StringNode.plain(
            lengths: .packed(encoding: [2, 3]), bytes: StoredBuffer(raw: hosts.flatMap { Array($0.utf8) })
        ).write(to: &dictionary)
        return Column(key: "host", type: .string, resources: [(.dictionary, 2, dictionary.bytes)]) {
            band, ordinal, row in
            guard row != 3 else { return }
            band.append(Array(hosts[Int(codes[row == 4 ? 3 : row])].utf8), to: ordinal)
        } page: {
            StringNode.sharedDictionary(resource: 0, codes: .packed(encoding: codes)).write(to: &$0)
        }
    }()

    private static func bytes(of words: [UInt64]) -> [UInt8] { PageEncoder.bytes(words[...]) }

    /// Texts whose common words are in a Zstd dictionary, which is a resource.
    private static let dictionaryColumn: Column = {
        let words = Array("connection refused by upstream while reading the response header from".utf8)
        let texts = StringVector((0..<6).map { "\($0): connection refused by upstream while reading the response" })
        var profile = EncodingProfile.cold
        profile.sharedDictionary = .init(resource: 0, dictionary: ZstdDictionary(bytes: words))
        let buffer = StoredBuffer.storing(texts.bytes, profile: profile)
        return Column(key: "value", type: .string, resources: [(.zstdDictionary, 0, words)]) { band, ordinal, row in
            band.append(Array(texts[row]), to: ordinal)
        } page: {
            let length = UInt64(texts.range(0).count)
            StringNode.plain(lengths: .constant(length), bytes: buffer).write(to: &$0)
        }
    }()

    private static let symbolsColumn: Column = {
        let texts = ["http://a", "http://b"]
        var table = ByteWriter()
        SymbolTable(symbols: StringVector(["http://"])).write(to: &table)
        return Column(key: "value", type: .string, resources: [(.symbolTable, 0, table.bytes)]) { band, ordinal, row in
            band.append(Array(texts[row].utf8), to: ordinal)
        } page: {
            // The symbol, the escape and the letter.
            StringNode.symbols(
                table: .resource(0), encodedLengths: .constant(3), decodedByteCount: 16,
                encoded: StoredBuffer(raw: [0, 255, 97, 0, 255, 98])
            ).write(to: &$0)
        }
    }()

    private static let bytesColumn: Column = {
        let values: [[UInt8]] = [[0, 255, 128], [], [65]]
        return Column(key: "value", type: .bytes) { band, ordinal, row in
            band.append(values[row], to: ordinal)
        } page: {
            StringNode.plain(
                lengths: .packed(encoding: values.map { UInt64($0.count) }),
                bytes: StoredBuffer(raw: values.flatMap(\.self))
            ).write(to: &$0)
        }
    }()
}
