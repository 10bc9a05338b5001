import Bytes
import Testing

@testable import Columns

/// Nodes of every tag and what they are called.
enum DescribedNodes {
    static let raw = StoredBuffer(raw: [1, 2, 3])
    static let lz4 = StoredBuffer(codec: .lz4, rawByteCount: 40, stored: [1, 2])
    static let zstd = StoredBuffer(codec: .zstd, rawByteCount: 40, stored: [1, 2])
    static let withDictionary = StoredBuffer(
        codec: .zstdWithDictionary, rawByteCount: 40, resource: 1, stored: [1, 2])
    static let packed = IntegerNode.packed(base: 5, width: 12, bits: raw)
    static let constant = IntegerNode.constant(UInt64(bitPattern: -3))

    static func links<Node>(_ node: Node, rest: Int) -> DerivedLinks<Node> {
        DerivedLinks(exceptionCount: 0, exceptionPositions: .constant(0), restCount: rest, rest: node)
    }

    static let plain = StringNode.plain(lengths: packed, bytes: lz4)

    static let integers: [(IntegerNode, String, String)] = [
        (constant, "constant -3", "constant"),
        (.sequence(first: 9, step: 2), "sequence by 2", "sequence"),
        (.packed(base: 0, width: 3, bits: zstd), "packed 3 bit zstd", "packed zstd"),
        (
            .patched(count: 1, positions: constant, values: constant, child: packed), "patched(packed 12 bit)",
            "patched(packed)"
        ),
        (.delta(first: 0, child: packed), "delta <- packed 12 bit", "delta <- packed"),
        (
            .anchoredDelta(first: 0, shift: 8, anchors: constant, child: packed),
            "delta with anchors <- packed 12 bit", "delta with anchors <- packed"
        ),
        (
            .runs(count: 4, values: packed, lengths: constant), "runs 4 (values: packed 12 bit, lengths: constant -3)",
            "runs (values: packed, lengths: constant)"
        ),
        (
            .dictionary(count: 7, entries: packed, codes: constant),
            "page dictionary 7 (packed 12 bit) <- constant -3", "page dictionary (packed) <- constant"
        ),
        (.planes(base: 0, planes: [raw, raw]), "planes 2", "planes"),
        (.planes(base: 0, planes: [lz4, lz4]), "planes 2 lz4", "planes lz4"),
        (
            .planes(base: 0, planes: [raw, zstd, withDictionary]), "planes 3 (as is, zstd, zstd with dictionary)",
            "planes (as is, zstd, zstd with dictionary)"
        ),
        (
            .split(divisor: 60, quotients: packed, remainders: constant),
            "split 60 (quotients: packed 12 bit, remainders: constant -3)",
            "split (quotients: packed, remainders: constant)"
        ),
        (.recency(start: 2, child: packed), "recency <- packed 12 bit", "recency <- packed"),
        (.trend(step: UInt64(bitPattern: -7), child: packed), "trend -7 <- packed 12 bit", "trend <- packed"),
        (.equal(source: 4, offset: 0, links: links(packed, rest: 0)), "equal column.4", "equal column.4"),
        (
            .equal(source: 4, offset: 5, links: links(packed, rest: 3)),
            "equal column.4 + 5, rest 3 <- packed 12 bit", "equal column.4 + 5"
        ),
        (
            .equal(source: 4, offset: UInt64(bitPattern: .min), links: links(packed, rest: 0)),
            "equal column.4 - 9223372036854775808", "equal column.4 - 9223372036854775808"
        ),
        (
            .mapped(source: 4, resource: 1, links: links(packed, rest: 0)), "mapped 181 from column.4",
            "mapped from column.4"
        ),
        (.sharedDictionary(resource: 2, codes: packed), "dictionary 182 <- packed 12 bit", "dictionary <- packed"),
        (.sharedDictionary(resource: 9, codes: packed), "dictionary <- packed 12 bit", "dictionary <- packed"),
    ]

    static let floats: [(FloatNode, String)] = [
        (.bits(packed), "bits <- packed 12 bit"),
        (
            .scaled(scale: .init(base: .ten, exponent: 2), digits: packed, exceptions: .none),
            "decimal e2 <- packed 12 bit"
        ),
        (
            .scaled(
                scale: .init(base: .two, exponent: 10), digits: packed,
                exceptions: .init(count: 3, positions: packed, values: packed)),
            "binary e10 <- packed 12 bit, 3 exceptions"
        ),
        (
            .splitBits(
                rightWidth: 48, entryCount: 1, entries: constant, codes: constant, rightParts: packed, exceptions: .none
            ),
            "split bits 48 (left: constant -3, right: packed 12 bit)"
        ),
    ]

    static let strings: [(StringNode, String)] = [
        (.constant(Array("a\u{1B}\"".utf8)), "constant \"a\\u{1b}\"\""),
        (.constant(Array(repeating: 0x61, count: 25)), "constant \"aaaaaaaaaaaaaaaaaaaaaaaa\"…"),
        (plain, "plain lz4 (lengths: packed 12 bit)"),
        (.sharedDictionary(resource: 1, codes: packed), "dictionary 181 <- packed 12 bit"),
        (
            .dictionary(count: 2, entries: plain, codes: packed),
            "page dictionary 2 (plain lz4 (lengths: packed 12 bit)) <- packed 12 bit"
        ),
        (
            .symbols(table: .resource(1), encodedLengths: packed, decodedByteCount: 9, encoded: raw),
            "symbols (lengths: packed 12 bit)"
        ),
        (
            .symbols(
                table: .inline(SymbolTable(symbols: StringVector(["ab", "c"]))), encodedLengths: constant,
                decodedByteCount: 9, encoded: zstd),
            "own symbols 2 zstd (lengths: constant -3)"
        ),
        (
            .frontCoded(prefixLengths: constant, suffixes: plain),
            "front coded (prefixes: constant -3) <- plain lz4 (lengths: packed 12 bit)"
        ),
        (
            .affix(
                prefix: Array("u-".utf8), suffix: [],
                child: .integerText(digits: 0, values: .equal(source: 3, offset: 0, links: links(packed, rest: 0)))),
            "affix \"u-\" integer <- equal column.3"
        ),
        (
            .affix(prefix: [], suffix: Array(" ms".utf8), child: .fixedPointText(decimals: 2, values: packed)),
            "affix \"\" … \" ms\" fixed point e2 <- packed 12 bit"
        ),
        (
            .exceptions(count: 1, positions: constant, values: plain, child: .ipv4Text(packed)),
            "ipv4 <- packed 12 bit, exceptions 1 <- plain lz4 (lengths: packed 12 bit)"
        ),
        (.integerText(digits: 4, values: packed), "integer of 4 digits <- packed 12 bit"),
        (.hexText(isUpper: false, byteCount: 6, bytes: raw), "hex of 6 bytes"),
        (.uuidText(isUpper: true, bytes: lz4), "uuid lz4"),
        (.timestampText(nanoseconds: packed, forms: constant), "timestamp <- packed 12 bit, forms: constant -3"),
        (.hexNumberText(isUpper: false, digits: 4, values: packed), "hex number of 4 digits <- packed 12 bit"),
        (
            .template(
                resource: 0, codes: packed,
                streams: [
                    .init(count: 2, node: .equal(source: 8, links: links(plain, rest: 0))),
                    .init(count: 3, node: .fixedLength(byteCount: 3, bytes: zstd)),
                ]),
            "template 180 (packed 12 bit) -> 2 streams: equal column.8, fixed length 3 zstd"
        ),
        (
            .equal(source: 8, links: links(plain, rest: 2)),
            "equal column.8, rest 2 <- plain lz4 (lengths: packed 12 bit)"
        ),
    ]
}

@Suite struct NodeDescriptionTests {
    private func describer(showsFigures: Bool) -> NodeDescriber {
        NodeDescriber(
            showsFigures: showsFigures, columnName: { "column.\($0)" }, entryCount: { $0 == 9 ? nil : 180 + $0 })
    }

    @Test("integer nodes in one line, with and without figures", arguments: DescribedNodes.integers)
    func integers(node: IntegerNode, full: String, kind: String) {
        #expect(node.description(describer(showsFigures: true)) == full)
        #expect(node.description(describer(showsFigures: false)) == kind)
        #expect(node.outline(count: 9).storedByteCount == node.byteCount)
        #expect(node.outline(count: 9).tag == node.tag.rawValue)
    }

    @Test("float nodes in one line", arguments: DescribedNodes.floats)
    func floats(node: FloatNode, text: String) {
        #expect(node.description(describer(showsFigures: true)) == text)
        #expect(node.outline(count: 9).storedByteCount == node.byteCount)
    }

    @Test("string nodes in one line", arguments: DescribedNodes.strings)
    func strings(node: StringNode, text: String) {
        #expect(node.description(describer(showsFigures: true)) == text)
        #expect(node.outline(count: 9).storedByteCount == node.byteCount)
        #expect(node.outline(count: 9).tag == node.tag.rawValue)
    }

    @Test("fixed nodes in one line")
    func fixed() {
        let nodes: [(FixedNode, String)] = [
            (.raw(DescribedNodes.raw), "raw"),
            (.sharedDictionary(resource: 3, codes: DescribedNodes.packed), "dictionary 183 <- packed 12 bit"),
            (
                .equal(source: 2, links: DescribedNodes.links(.raw(DescribedNodes.zstd), rest: 4)),
                "equal column.2, rest 4 <- raw zstd"
            ),
        ]
        for (node, text) in nodes {
            #expect(node.description(describer(showsFigures: true)) == text)
            var writer = ByteWriter()
            node.write(to: &writer)
            #expect(node.outline(count: 9).storedByteCount == writer.byteCount)
        }
    }

    @Test("encoded bytes are those of the node with no buffer compressed")
    func encoded() {
        let node = StringNode.plain(lengths: DescribedNodes.constant, bytes: DescribedNodes.withDictionary)
        // Tag, lengths, then codec and raw length; stored, the resource and the stored length as well.
        #expect(node.outline(count: 9).encodedByteCount == 1 + 2 + 2 + 40)
        #expect(node.outline(count: 9).storedByteCount == 1 + 2 + 4 + 2)
    }
}
