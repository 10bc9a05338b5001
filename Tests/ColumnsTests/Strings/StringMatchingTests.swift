import Bytes
import Testing

@testable import Columns

struct StringMatchingTests {
    /// What the predicate says of each string, asked one by one in the plainest way.
    static func expected(_ predicate: StringPredicate, _ strings: StringVector) -> [Bool] {
        (0..<strings.count).map { index in
            let string = Array(strings[index])
            switch predicate {
            case .equal(let wanted): return string == wanted
            case .anyOf(let wanted): return wanted.contains(string)
            case .prefix(let prefix): return string.starts(with: prefix)
            case .contains(let part):
                return string.count >= part.count
                    && (0...string.count - part.count).contains { Array(string[$0..<$0 + part.count]) == part }
            }
        }
    }

    static func bits(_ bitmap: Bitmap) -> [Bool] { (0..<bitmap.count).map { bitmap[$0] } }

    /// Predicates about strings that are there, that nearly are and that are not.
    static func predicates(_ strings: StringVector, _ random: inout SplitMix64) -> [StringPredicate] {
        func some() -> [UInt8] { Array(strings[Int.random(in: 0..<strings.count, using: &random)].prefix(300)) }
        var missed = some()
        if missed.isEmpty { missed = [0x21] } else { missed[missed.count / 2] ^= 1 }
        let prefix = some()
        let part = some()
        return [
            .equal(some()), .equal(missed), .equal([]), .equal(some() + [0x30]), .equal(Array(some().dropLast())),
            .anyOf([]), .anyOf([some(), missed, some(), some()]), .anyOf([some(), some() + some(), []]),
            .anyOf((0..<40).map { _ in some() }), .prefix([]), .prefix(prefix), .prefix(Array(prefix.prefix(3))),
            .prefix(prefix + [0x31]), .prefix(missed), .contains([]), .contains(Array(part.dropFirst().prefix(3))),
            .contains(missed),
        ]
    }

    @Test("encoded strings match as the strings do", arguments: StringSamples.kinds.map(\.name))
    func encoded(_ kind: String) throws {
        var random = SplitMix64(seed: 41)
        for count in [1, 64, 400] {
            let strings = StringSamples.strings(kind, count)
            var nodes = [EncodingProfile.hot, .cold].map { StringNode.encoding(strings, profile: $0) }
            nodes.append(.frontCoded(encoding: strings, profile: .hot))
            nodes.append(.plain(encoding: strings, profile: .hot))
            if let symbols = StringNode.symbols(encoding: strings, profile: .hot) { nodes.append(symbols) }
            for predicate in Self.predicates(strings, &random) {
                let expected = Self.expected(predicate, strings)
                #expect(Self.bits(strings.matches(predicate)) == expected)
                for node in nodes {
                    let found = try node.matches(predicate, count: count, rows: .unknown, in: NoEnvironment())
                    #expect(Self.bits(found) == expected, "\(predicate)")
                }
            }
        }
    }

    @Test("every node matches as its strings do, within affixes too", arguments: 0..<StringNodeTests.nodes.count)
    func everyNode(_ index: Int) throws {
        var random = SplitMix64(seed: 42)
        let (inner, texts) = StringNodeTests.nodes[index]
        let affix = StringNode.affix(prefix: Array("ab".utf8), suffix: Array("7".utf8), child: inner)
        for (node, strings) in [(inner, StringVector(texts)), (affix, StringVector(texts.map { "ab" + $0 + "7" }))] {
            for predicate in Self.predicates(strings, &random) + [.prefix([0x61]), .prefix(Array("abx".utf8))] {
                let found = try node.matches(predicate, count: 3, rows: .unknown, in: NoEnvironment())
                #expect(Self.bits(found) == Self.expected(predicate, strings), "\(predicate)")
                for string in texts {
                    #expect(predicate.matches(string.utf8) == Self.expected(predicate, StringVector([string]))[0])
                }
            }
        }
    }

    @Test("a shared dictionary is asked once for each entry, a derived column as its texts")
    func environment() throws {
        var random = SplitMix64(seed: 43)
        let environment = StringResources()
        environment.strings = StringVector(["GET", "POST", "", "PUT"])
        environment.sourceColumn = TextSource(valueIndexes: nil, strings: StringVector(["PUT", "GET", "x"]))
        let links = DerivedLinks<StringNode>(
            exceptionCount: 1, exceptionPositions: .values([1]), restCount: 1, rest: .values(["POST"]))
        let nodes: [(StringNode, StringVector)] = [
            (.sharedDictionary(resource: 0, codes: .values([3, 1, 2])), StringVector(["PUT", "POST", ""])),
            (.equal(source: 0, links: links), StringVector(["PUT", "POST", "x"])),
        ]
        for (node, strings) in nodes {
            for predicate in Self.predicates(strings, &random) {
                let found = try node.matches(predicate, count: 3, rows: .identity, in: environment)
                #expect(Self.bits(found) == Self.expected(predicate, strings), "\(predicate)")
            }
        }
    }

    @Test("timestamps match in their form only")
    func timestamps() throws {
        let node = StringNode.timestampText(
            nanoseconds: .values([0, 0, 0]), forms: .values([1 << 6, 3 | 1 << 6, 10 | 1 << 6]))
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", [true, false, true]), ("1970-01-01T00:00:00.000Z", [false, true, false]),
            ("1970-01-01T01:00:00+01:00", [false, false, false]),
        ] {
            let found = try node.matches(.equal(Array(text.utf8)), count: 3, rows: .unknown, in: NoEnvironment())
            #expect(Self.bits(found) == expected)
        }
    }

    @Test("matching damaged nodes is a typed error or a bitmap, never a trap")
    func damage() {
        var random = SplitMix64(seed: 44)
        for (node, texts) in StringNodeTests.nodes {
            var writer = ByteWriter()
            node.write(to: &writer)
            let predicates = Self.predicates(StringVector(texts), &random)
            for _ in 0..<100 {
                var bytes = writer.bytes
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
                var reader = ByteReader(bytes)
                guard let read = try? StringNode.parse(&reader, count: 3, depth: 0) else { continue }
                for predicate in predicates {
                    let found = try? read.matches(predicate, count: 3, rows: .unknown, in: NoEnvironment())
                    #expect(found.map(\.count) ?? 3 == 3)
                }
            }
        }
    }
}
