import Bytes
import Columns
import Testing

/// Integers that tests use again and again.
enum IntegerSamples {
    static let counts = [1, 2, 63, 200, 1023, 1024, 1025, 8192, 10_000]
    static let edges: [UInt64] = [
        0, 1, 2, 127, 128, 255, 256, 1 << 31, 1 << 32, UInt64(Int64.max), 1 << 63, .max, .max - 1,
    ]

    static func uniform(_ count: Int, width: Int, seed: UInt64) -> [UInt64] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in width == 0 ? 0 : generator.next() >> UInt64(64 - width) }
    }

    /// Values of all magnitudes, among them the edges.
    static func mixed(_ count: Int, seed: UInt64) -> [UInt64] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            Bool.random(using: &generator)
                ? edges.randomElement(using: &generator)!
                : generator.next() >> UInt64.random(in: 0..<64, using: &generator)
        }
    }
}

extension IntegerNode {
    /// Writes the node, reads it back and decodes what was read.
    func roundTrip(
        count: Int, rows: RowMap = .unknown, in environment: any PageEnvironment = NoEnvironment()
    ) throws -> [UInt64] {
        var writer = ByteWriter()
        write(to: &writer)
        var reader = ByteReader(writer.bytes)
        let read = try IntegerNode.parse(&reader, count: count, depth: 0)
        #expect(reader.isAtEnd)
        #expect(writer.byteCount == byteCount)
        #expect(read == self)
        return try read.decode(count: count, rows: rows, in: environment)
    }
}
