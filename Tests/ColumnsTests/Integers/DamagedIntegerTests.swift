import Bytes
import Testing

@testable import Columns

/// Bytes from disk may be anything; what they give is values or a typed error.
@Suite struct DamagedIntegerTests {
    private func read(_ bytes: [UInt8], count: Int) {
        let result = Result { () throws(DecodeError) in
            var reader = ByteReader(bytes)
            let node = try IntegerNode.parse(&reader, count: count, depth: 0)
            _ = try node.matches(.set([1, 3]), count: count, rows: .identity, in: NoEnvironment())
            return try node.decode(count: count, rows: .identity, in: NoEnvironment())
        }
        if case .success(let values) = result { #expect(values.count == count) }
    }

    @Test(arguments: IntegerColumnSamples.names)
    func flippedBitsNeverTrap(name: String) {
        var generator = SplitMix64(seed: 5)
        for count in [3, 60, 2100] {
            let values = IntegerColumnSamples.column(name, count: count)
            for profile in [EncodingProfile.hot, .cold] {
                var writer = ByteWriter()
                IntegerNode.encoding(values, profile: profile).write(to: &writer)
                for _ in 0..<25 {
                    var bytes = writer.bytes
                    for _ in 0..<Int.random(in: 1...3, using: &generator) {
                        // Most of what matters is at the front.
                        let place =
                            Int.random(in: 0..<bytes.count, using: &generator)
                            % (Bool.random(using: &generator) ? 40 : .max)
                        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                    }
                    if Int.random(in: 0..<8, using: &generator) == 0 {
                        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
                    }
                    read(bytes, count: count)
                    read(bytes, count: count + 1)
                }
            }
        }
    }

    @Test func randomBytesNeverTrap() {
        var generator = SplitMix64(seed: 6)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...50, using: &generator)
            var bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                UInt8.random(in: 0...(Bool.random(using: &generator) ? 255 : 14), using: &generator)
            }
            if !bytes.isEmpty { bytes[0] = .random(in: 0...15, using: &generator) }
            read(bytes, count: count)
        }
    }

    @Test func nestingHasAnEnd() throws {
        var bytes: [UInt8] = []
        for _ in 0...Limits.nodeDepth { bytes += [0x0B, 2] }
        bytes += [0x01, 0]
        var reader = ByteReader(bytes)
        #expect(throws: DecodeError(.limit, at: bytes.count - 2, "nodes are nested too deep")) {
            try IntegerNode.parse(&reader, count: 3, depth: 0)
        }
        reader = ByteReader(Array(bytes.dropFirst(2)))
        #expect(
            try IntegerNode.parse(&reader, count: 3, depth: 0).decode(count: 3, rows: .identity, in: NoEnvironment())
                .count == 3)
    }

    @Test("unused bits of a packed tail must be 0", arguments: [1, 3, 64])
    func unusedBits(width: Int) throws {
        let values = [UInt64](repeating: 1, count: 3)
        guard case .packed(let base, _, var bits) = IntegerNode.packed(encoding: values, base: 0, width: width) else {
            return
        }
        let node = IntegerNode.packed(base: base, width: width, bits: bits)
        #expect(try node.decode(count: 3, rows: .unknown, in: NoEnvironment()) == values)
        bits.stored[bits.stored.endIndex - 1] |= 0x80
        let damaged = IntegerNode.packed(base: base, width: width, bits: bits)
        if width == 64 {
            #expect(try damaged.decode(count: 3, rows: .unknown, in: NoEnvironment()) == [1, 1, 1 | 1 << 63])
        } else {
            #expect(throws: DecodeError.self) { try damaged.decode(count: 3, rows: .unknown, in: NoEnvironment()) }
        }
    }

    @Test("inner nodes take from the budget of a page, too")
    func innerNodes() throws {
        let ten = (0..<10).map { UInt64($0) }
        let packed = IntegerNode.packed(encoding: ten)
        let trees: [(node: IntegerNode, valueCount: Int)] = [
            (packed, 10), (.delta(first: 0, child: .constant(1)), 19),
            (.delta(first: 0, child: .packed(encoding: Array(ten.dropLast()))), 19),
            (.trend(step: 1, child: .trend(step: 1, child: .constant(0))), 30),
            (.split(divisor: 2, quotients: packed, remainders: packed), 30),
            (.split(divisor: 2, quotients: packed, remainders: .constant(1)), 30),
            (.dictionary(count: 10, entries: packed, codes: packed), 30),
            (.patched(count: 1, positions: .constant(3), values: .constant(5), child: packed), 22),
            (.recency(start: 0, child: .constant(0)), 20),
        ]
        for (node, valueCount) in trees {
            #expect(try node.decode(count: 10, rows: .unknown, in: NoEnvironment(budget: 8 * valueCount)).count == 10)
            #expect(throws: DecodeError.self, "\(node)") {
                try node.decode(count: 10, rows: .unknown, in: NoEnvironment(budget: 8 * valueCount - 1))
            }
        }
    }
}
