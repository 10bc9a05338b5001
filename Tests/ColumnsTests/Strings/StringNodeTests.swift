import Bytes
import Testing

@testable import Columns

struct StringNodeTests {
    static let minusFive = UInt64(bitPattern: -5)
    static let utc: UInt64 = 1 << 6

    /// Nodes of three strings and what they decode to; exact bytes of every tag.
    static let nodes: [(node: StringNode, texts: [String])] = [
        (.constant(Array("same".utf8)), ["same", "same", "same"]),
        (.values(["", "one", "\u{0}"]), ["", "one", "\u{0}"]),
        (.dictionary(count: 2, entries: .values(["no", "yes"]), codes: .values([1, 0, 1])), ["yes", "no", "yes"]),
        (
            .symbols(
                table: .inline(SymbolTable(symbols: StringVector(["ab", "c"]))), encodedLengths: .values([2, 0, 3]),
                decodedByteCount: 5, encoded: StoredBuffer(raw: [0, 1, 1, 255, 0x78])),
            ["abc", "", "cx"]
        ),
        (.frontCoded(prefixLengths: .values([0, 3, 1]), suffixes: .values(["abc", "d", ""])), ["abc", "abcd", "a"]),
        (
            .affix(prefix: Array("<".utf8), suffix: Array(">".utf8), child: .values(["", "x", "yy"])),
            ["<>", "<x>", "<yy>"]
        ),
        (
            .exceptions(count: 1, positions: .values([1]), values: .values(["odd"]), child: .constant([0x61])),
            ["a", "odd", "a"]
        ),
        (
            .exceptions(
                count: 3, positions: .values([0, 1, 2]), values: .values(["p", "q", "r"]), child: .constant([])),
            ["p", "q", "r"]
        ),
        (.integerText(digits: 0, values: .values([0, minusFive, 7])), ["0", "-5", "7"]),
        (.integerText(digits: 3, values: .values([0, 1234, .max])), ["000", "1234", "18446744073709551615"]),
        (.fixedPointText(decimals: 2, values: .values([0, minusFive, 12345])), ["0.00", "-0.05", "123.45"]),
        (
            .hexText(isUpper: true, byteCount: 2, bytes: StoredBuffer(raw: [0, 0xAB, 1, 2, 0xFF, 0xF0])),
            ["00AB", "0102", "FFF0"]
        ),
        (
            .uuidText(isUpper: false, bytes: StoredBuffer(raw: Array(0..<48))),
            [
                "00010203-0405-0607-0809-0a0b0c0d0e0f", "10111213-1415-1617-1819-1a1b1c1d1e1f",
                "20212223-2425-2627-2829-2a2b2c2d2e2f",
            ]
        ),
        (.ipv4Text(.values([0, 0xFFFF_FFFF, 0x0A00_0105])), ["0.0.0.0", "255.255.255.255", "10.0.1.5"]),
        (
            .timestampText(
                nanoseconds: .values([0, 1_000_000, 60_000_000_000]), forms: .values([utc, 3 | 1 << 4, utc])),
            ["1970-01-01T00:00:00Z", "1970-01-01 00:00:00.001", "1970-01-01T00:01:00Z"]
        ),
        (
            .hexNumberText(isUpper: false, digits: 1, values: .values([0, 0x3E7, .max])),
            ["0", "3e7", "ffffffffffffffff"]
        ),
        (.fixedLength(byteCount: 2, bytes: StoredBuffer(raw: Array("aabbcc".utf8))), ["aa", "bb", "cc"]),
        (.fixedLength(byteCount: 0, bytes: StoredBuffer(raw: [])), ["", "", ""]),
    ]

    @Test(
        "every node that stands alone decodes to its strings, with an affix around it too", arguments: 0..<nodes.count)
    func standalone(_ index: Int) throws {
        let (node, texts) = Self.nodes[index]
        #expect(try node.roundTrip(count: 3).texts == texts)
        for prefix in ["<", "a prefix of more than sixteen bytes "] {
            let affix = StringNode.affix(prefix: Array(prefix.utf8), suffix: Array("!".utf8), child: node)
            #expect(try affix.roundTrip(count: 3).texts == texts.map { prefix + $0 + "!" })
            let twice = StringNode.affix(prefix: Array("1".utf8), suffix: Array("2".utf8), child: affix)
            #expect(try twice.roundTrip(count: 3).texts == texts.map { "1" + prefix + $0 + "!2" })
        }
    }

    @Test("strings that are not UTF-8 come back")
    func anyBytes() throws {
        let strings = StringVector(bytes: [0xFF, 0xC0, 0x80, 0xFF, 0], ends: [1, 3, 5])
        let node = StringNode.plain(encoding: strings, profile: .hot)
        #expect(try node.roundTrip(count: 3) == strings)
    }

    @Test("no strings are an empty constant and nothing else")
    func empty() throws {
        #expect(try StringNode.constant([]).roundTrip(count: 0) == StringVector())
        #expect(StringNode.encoding(StringVector(), profile: .hot) == .constant([]))
        for (node, _) in Self.nodes { #expect(throws: DecodeError.self) { try node.roundTrip(count: 0) } }
        #expect(throws: DecodeError.self) { try StringNode.constant([1]).roundTrip(count: 0) }
    }

    @Test("resources give dictionaries and symbol tables")
    func resources() throws {
        let environment = StringResources()
        environment.strings = StringVector(["zero", "one"])
        environment.table = SymbolTable(symbols: StringVector(["ab"]))
        let shared = StringNode.sharedDictionary(resource: 3, codes: .values([1, 1, 0]))
        #expect(try shared.roundTrip(count: 3, in: environment).texts == ["one", "one", "zero"])
        let symbols = StringNode.symbols(
            table: .resource(4), encodedLengths: .values([1, 2]), decodedByteCount: 6,
            encoded: StoredBuffer(raw: [0, 0, 0]))
        #expect(try symbols.roundTrip(count: 2, in: environment).texts == ["ab", "abab"])
    }

    @Test("linked values come from the source, the others from the rest")
    func derived() throws {
        let environment = StringResources()
        // Row 0 has no value in the source, rows 1 ... 4 have.
        environment.sourceColumn = TextSource(
            valueIndexes: [.max, 0, 1, 2, 3], strings: StringVector(["a", "bb", "ccc", ""]))
        let links = DerivedLinks<StringNode>(
            exceptionCount: 1, exceptionPositions: .values([2]), restCount: 2, rest: .values(["own", "other"]))
        let node = StringNode.equal(source: 5, links: links)
        #expect(
            try node.roundTrip(count: 5, rows: .identity, in: environment).texts == ["own", "a", "other", "ccc", ""])
        let rows = RowMap.rows([0, 3, 3, 4])
        #expect(try node.roundTrip(count: 4, rows: rows, in: environment).texts == ["own", "ccc", "other", ""])
        #expect(throws: DecodeError.self) { try node.roundTrip(count: 5, rows: .unknown, in: environment) }
        environment.sourceColumn = TextSource(
            valueIndexes: [.max, 0, 1, 2, 9], strings: StringVector(["a", "bb", "ccc"]))
        #expect(throws: DecodeError.self) { try node.roundTrip(count: 5, rows: .identity, in: environment) }
    }

    static let broken: [StringNode] = [
        .plain(lengths: .values([1, 2, 3]), bytes: StoredBuffer(raw: [1, 2, 3, 4, 5])),
        .plain(lengths: .values([1, .max, 3]), bytes: StoredBuffer(raw: [1, 2, 3])),
        .plain(lengths: .values([1 << 32, 0, 0]), bytes: StoredBuffer(raw: [])),
        .dictionary(count: 2, entries: .values(["a", "b"]), codes: .values([0, 1, 2])),
        .dictionary(count: 2, entries: .values(["a", "b"]), codes: .values([0, 1, .max])),
        .dictionary(count: 4, entries: .values(["a", "b", "c", "d"]), codes: .values([0, 1, 2])),
        .symbols(
            table: .inline(SymbolTable(symbols: StringVector(["ab"]))), encodedLengths: .values([1, 1, 1]),
            decodedByteCount: 7, encoded: StoredBuffer(raw: [0, 0, 0])),
        .frontCoded(prefixLengths: .values([1, 0, 0]), suffixes: .values(["a", "b", "c"])),
        .frontCoded(prefixLengths: .values([0, 2, 0]), suffixes: .values(["a", "b", "c"])),
        .frontCoded(prefixLengths: .values([0, .max, 0]), suffixes: .values(["a", "b", "c"])),
        .exceptions(count: 2, positions: .values([1, 1]), values: .values(["a", "b"]), child: .constant([])),
        .exceptions(count: 2, positions: .values([2, 1]), values: .values(["a", "b"]), child: .constant([])),
        .exceptions(count: 1, positions: .values([3]), values: .values(["a"]), child: .constant([])),
        .exceptions(count: 0, positions: .constant(0), values: .constant([]), child: .constant([])),
        .exceptions(
            count: 4, positions: .values([0, 1, 2, 3]), values: .values(["a", "b", "c", "d"]), child: .constant([])),
        .integerText(digits: 20, values: .constant(0)),
        .fixedPointText(decimals: 0, values: .constant(0)),
        .fixedPointText(decimals: 19, values: .constant(0)),
        .hexText(isUpper: false, byteCount: 0, bytes: StoredBuffer(raw: [])),
        .hexText(isUpper: false, byteCount: 1, bytes: StoredBuffer(raw: [1, 2])),
        .uuidText(isUpper: false, bytes: StoredBuffer(raw: Array(0..<47))),
        .ipv4Text(.values([1, 2, 1 << 32])),
        .timestampText(nanoseconds: .values([0, 0, 1]), forms: .values([utc, utc, utc])),
        .timestampText(nanoseconds: .values([0, 0, .max >> 1]), forms: .values([utc, utc, utc + 10])),
        .timestampText(nanoseconds: .constant(0), forms: .values([utc, utc, 15])),
        .hexNumberText(isUpper: false, digits: 0, values: .constant(0)),
        .hexNumberText(isUpper: false, digits: 17, values: .constant(0)),
        .sharedDictionary(resource: 0, codes: .constant(0)),
        .equal(
            source: 0,
            links: DerivedLinks(exceptionCount: 0, exceptionPositions: .constant(0), restCount: 0, rest: .constant([]))),
        .fixedLength(byteCount: 2, bytes: StoredBuffer(raw: [1, 2])),
        .fixedLength(byteCount: Limits.valueByteCount + 1, bytes: StoredBuffer(raw: [])),
    ]

    @Test("nodes that break a rule are typed errors", arguments: 0..<broken.count)
    func brokenNodes(_ index: Int) {
        #expect(throws: DecodeError.self) {
            var writer = ByteWriter()
            Self.broken[index].write(to: &writer)
            var reader = ByteReader(writer.bytes)
            let node = try StringNode.parse(&reader, count: 3, depth: 0)
            _ = try node.decode(count: 3, rows: .identity, in: NoEnvironment())
        }
    }

    @Test("no more is decoded than the budget allows")
    func budget() throws {
        for (node, texts) in Self.nodes {
            let byteCount = texts.reduce(0) { $0 + $1.utf8.count } + 4 * texts.count
            #expect(throws: DecodeError.self) {
                try node.decode(count: 3, rows: .unknown, in: NoEnvironment(budget: byteCount - 1))
            }
        }
        let bomb = StringNode.constant([UInt8](repeating: 0, count: 1 << 20))
        #expect(throws: DecodeError.self) { try bomb.decode(count: 8192, rows: .unknown, in: NoEnvironment()) }
        let unlimited = NoEnvironment(budget: .max)
        #expect(throws: DecodeError.self) { try bomb.decode(count: 8192, rows: .unknown, in: unlimited) }
        let long = StringNode.affix(
            prefix: [UInt8](repeating: 0, count: 15 << 20), suffix: [],
            child: .constant([UInt8](repeating: 0, count: 2 << 20)))
        #expect(throws: DecodeError.self) { try long.decode(count: 1, rows: .unknown, in: unlimited) }
    }

    @Test("nesting has a limit")
    func nesting() throws {
        var node = StringNode.constant([0x61])
        for depth in 1...17 {
            node = .affix(prefix: [0x62], suffix: [], child: node)
            if depth <= Limits.nodeDepth {
                #expect(try node.roundTrip(count: 2).text(1) == String(repeating: "b", count: depth) + "a")
            }
        }
        #expect(throws: DecodeError.self) { try node.roundTrip(count: 2) }
    }

    @Test("damaged bytes are typed errors or other strings, never a trap")
    func damage() {
        var random = SplitMix64(seed: 11)
        let environment = StringResources(budget: .max)
        environment.strings = StringVector(["zero", "one"])
        environment.sourceColumn = TextSource(valueIndexes: nil, strings: StringVector(["x", "y", "z"]))
        for (node, _) in Self.nodes {
            var writer = ByteWriter()
            node.write(to: &writer)
            for _ in 0..<400 {
                var bytes = writer.bytes
                for _ in 0...Int.random(in: 0...2, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    if Bool.random(using: &random) {
                        bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
                    } else {
                        bytes[place] = UInt8.random(in: 0x3E...0x53, using: &random)
                    }
                }
                if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
                var reader = ByteReader(bytes)
                guard let read = try? StringNode.parse(&reader, count: 3, depth: 0),
                    let strings = try? read.decode(count: 3, rows: .identity, in: environment)
                else { continue }
                #expect(strings.count == 3)
                #expect(Int(strings.ends[2]) == strings.bytes.count)
            }
        }
    }
}
