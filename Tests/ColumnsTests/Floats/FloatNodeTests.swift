import Bytes
import Testing

@testable import Columns

@Suite struct FloatNodeTests {
    /// Writes, parses and decodes, and expects the same bits and a node of the stated length.
    static func expectRoundTrip(_ node: FloatNode, _ values: [Double], _ location: SourceLocation = #_sourceLocation)
        throws
    {
        var writer = ByteWriter()
        node.write(to: &writer)
        #expect(writer.byteCount == node.byteCount, sourceLocation: location)
        var reader = ByteReader(writer.bytes)
        let parsed = try FloatNode.parse(&reader, count: values.count, depth: 0)
        #expect(reader.isAtEnd && parsed == node, sourceLocation: location)
        let decoded = try parsed.decode(count: values.count, rows: .identity, in: NoEnvironment())
        #expect(decoded.bitPatterns == values.bitPatterns, sourceLocation: location)
    }

    @Test(arguments: FloatSamples.all.indices, EncodingProfile.Tier.allCases)
    func everyEncodingGivesTheBitsBack(_ index: Int, _ tier: EncodingProfile.Tier) throws {
        let values = FloatSamples.all[index]
        let profile = EncodingProfile.tier(tier)
        try Self.expectRoundTrip(.encoding(values, profile: profile), values)
        try Self.expectRoundTrip(.bits(encoding: values, profile: profile), values)
        try Self.expectRoundTrip(.splitBits(encoding: values, profile: profile), values)
    }

    @Test(arguments: FloatSamples.all.indices) func everyScaleGivesTheBitsBack(_ index: Int) throws {
        let values = FloatSamples.all[index]
        for (base, exponent) in [(.ten, 0), (.ten, 2), (.ten, 22), (.two, 0), (.two, 22), (.two, 255)]
            as [(FloatScale.Base, Int)]
        {
            let scale = FloatScale(base: base, exponent: exponent)
            try Self.expectRoundTrip(.scaled(encoding: values, scale: scale, profile: .hot), values)
        }
    }

    @Test func encodingIsDeterministic() {
        for values in FloatSamples.all {
            #expect(FloatNode.encoding(values, profile: .hot) == FloatNode.encoding(values, profile: .hot))
        }
    }

    @Test func bytesAreThoseOfTheFormat() {
        var writer = ByteWriter()
        FloatNode.scaled(encoding: [0.5, 1.5, .infinity], scale: FloatScale(base: .ten, exponent: 1), profile: .hot)
            .write(to: &writer)
        var expected = ByteWriter()
        for byte in [0x21, 10, 1] as [UInt8] { expected.append(byte) }
        IntegerNode.encoding([5, 15, 15], profile: .hot).write(to: &expected)
        expected.append(varint: 1)
        IntegerNode.encoding([2], profile: .hot).write(to: &expected)
        IntegerNode.encoding([0x7FF0 << 48], profile: .hot).write(to: &expected)
        #expect(writer.bytes == expected.bytes)
    }

    @Test func noValuesAreTheConstantZero() throws {
        #expect(FloatNode.encoding([], profile: .cold) == .bits(.constant(0)))
        #expect(throws: DecodeError.self) {
            var reader = ByteReader([0x21, 10, 1, 1, 0, 0, 1, 0, 1, 0])
            _ = try FloatNode.parse(&reader, count: 0, depth: 0)
        }
    }

    @Test(
        arguments: [
            [],
            [0x1F, 1, 0],
            [0x21, 3, 1, 1, 0, 0, 1, 0, 1, 0],  // base
            [0x21, 10, 23, 1, 0, 0, 1, 0, 1, 0],  // exponent
            [0x21, 10, 1, 1, 0, 5, 1, 0, 1, 0],  // more exceptions than values
            [0x22, 47, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0],  // right width
            [0x22, 64, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0],
            [0x22, 48, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0],  // no entries
            [0x22, 48, 9, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0],
        ] as [[UInt8]])
    func damagedHeadIsRefused(_ bytes: [UInt8]) {
        #expect(throws: DecodeError.self) {
            var reader = ByteReader(bytes)
            _ = try FloatNode.parse(&reader, count: 4, depth: 0)
        }
    }

    @Test func damagedValuesAreRefused() {
        func expectRefusal(_ node: FloatNode, _ location: SourceLocation = #_sourceLocation) {
            #expect(throws: DecodeError.self, sourceLocation: location) {
                try node.decode(count: 4, rows: .identity, in: NoEnvironment())
            }
        }
        func split(
            entries: IntegerNode = .constant(1), codes: IntegerNode = .constant(0), right: IntegerNode = .constant(1),
            exceptions: FloatExceptions = .none
        ) -> FloatNode {
            .splitBits(
                rightWidth: 50, entryCount: 2, entries: entries, codes: codes, rightParts: right, exceptions: exceptions
            )
        }
        func exceptions(_ positions: IntegerNode, _ values: IntegerNode = .constant(3)) -> FloatExceptions {
            FloatExceptions(count: 2, positions: positions, values: values)
        }
        expectRefusal(split(entries: .constant(1 << 14)))
        expectRefusal(split(codes: .constant(2)))
        expectRefusal(split(right: .constant(1 << 50)))
        expectRefusal(split(exceptions: exceptions(.constant(1))))
        expectRefusal(split(exceptions: exceptions(.sequence(first: 1, step: 1), .constant(1 << 14))))
        let tenth = FloatScale(base: .ten, exponent: 1)
        expectRefusal(.scaled(scale: tenth, digits: .constant(1), exceptions: exceptions(.sequence(first: 3, step: 1))))
        expectRefusal(
            .scaled(scale: tenth, digits: .constant(1), exceptions: exceptions(.sequence(first: 2, step: .max))))
    }

    @Test func flippedBitsGiveValuesOrATypedError() throws {
        var generator = SplitMix64(seed: 9)
        for values in FloatSamples.all where values.count > 1 {
            let part = Array(values.prefix(200))
            for node in [FloatNode.encoding(part, profile: .cold), .splitBits(encoding: part, profile: .hot)] {
                var writer = ByteWriter()
                node.write(to: &writer)
                for _ in 0..<40 {
                    var bytes = writer.bytes
                    for _ in 0..<Int.random(in: 1...3, using: &generator) {
                        bytes[Int.random(in: 0..<min(bytes.count, 60), using: &generator)] ^=
                            1 << UInt8.random(in: 0..<8, using: &generator)
                    }
                    do throws(DecodeError) {
                        var reader = ByteReader(bytes)
                        let parsed = try FloatNode.parse(&reader, count: part.count, depth: 0)
                        let decoded = try parsed.decode(count: part.count, rows: .identity, in: NoEnvironment())
                        #expect(decoded.count == part.count)
                    } catch {
                        #expect(!error.reason.isEmpty)
                    }
                }
            }
        }
    }
}
