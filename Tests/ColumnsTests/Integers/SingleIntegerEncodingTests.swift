import Bytes
import Testing

@testable import Columns

/// Encodings that the chooser might not have chosen.
@Suite struct SingleIntegerEncodingTests {
    static let columns: [[UInt64]] = {
        var columns: [[UInt64]] = [[7], [0, 0], [.max, 0, 1], [1 << 63, (1 << 63) - 1, 1 << 63]]
        for name in ["edges", "tail", "runs", "random", "walk", "wrapping"] {
            for count in [5, 63, 1024, 2500] { columns.append(IntegerColumnSamples.column(name, count: count)) }
        }
        return columns
    }()

    private func expectRoundTrip(_ build: ([UInt64], EncodingProfile) -> IntegerNode) throws {
        for values in Self.columns {
            for profile in [EncodingProfile.hot, .cold] {
                #expect(try build(values, profile).roundTrip(count: values.count) == values)
            }
        }
    }

    @Test func delta() throws { try expectRoundTrip { .delta(encoding: $0, profile: $1) } }
    @Test func runs() throws { try expectRoundTrip { .runs(encoding: $0, profile: $1) } }
    @Test func planes() throws { try expectRoundTrip { .planes(encoding: $0, profile: $1) } }
    @Test func dictionary() throws {
        try expectRoundTrip { .dictionary(encoding: $0, limit: $0.count, profile: $1)! }
        #expect(IntegerNode.dictionary(encoding: [1, 2, 3], limit: 2, profile: .hot) == nil)
    }

    @Test(arguments: [1, 999, .max, 1 << 63] as [UInt64])
    func trend(step: UInt64) throws { try expectRoundTrip { .trend(encoding: $0, step: step, profile: $1) } }

    @Test(arguments: [2, 3, 1000, 1 << 40, .max] as [Int64])
    func division(divisor: Int64) throws {
        try expectRoundTrip { .split(encoding: $0, divisor: divisor, profile: $1) }
    }

    @Test(arguments: [2, 3, 6, 1000, 1 << 32, 1_000_000_007 << 5] as [UInt64])
    func commonDivisor(divisor: UInt64) throws {
        for values in Self.columns {
            let multiples = values.map { $0 % (UInt64.max / divisor) * divisor &+ 12_345 }
            let node = try #require(
                IntegerNode.split(encoding: multiples, base: 12_345, commonDivisor: divisor, profile: .hot))
            #expect(try node.roundTrip(count: values.count) == multiples)
            let wrong = multiples + [12_346]
            #expect(IntegerNode.split(encoding: wrong, base: 12_345, commonDivisor: divisor, profile: .hot) == nil)
        }
    }

    @Test(arguments: [0, 1, 7, 33, 63])
    func patched(width: Int) throws {
        for base in [0, 5, .max] as [UInt64] {
            try expectRoundTrip { .patched(encoding: $0, base: base, width: width, profile: $1) }
        }
    }

    @Test(arguments: [1, 9, 40, 63])
    func lowAndHighBits(lowWidth: Int) throws {
        for values in Self.columns {
            for base in [0, 5, .max] as [UInt64] {
                let exceptionCount = values.count { ($0 &- base) >> UInt64(lowWidth) != 0 }
                let node = IntegerNode.split(
                    encoding: values, base: base, lowWidth: lowWidth, exceptionCount: exceptionCount, profile: .hot,
                    levels: 1)
                #expect(try node.roundTrip(count: values.count) == values)
            }
        }
    }

    @Test func recency() throws {
        for values in [[0], [5, 5, 5], [3, 1, 2, 4, 5, 0, 6], [9, 0, 9, 1]] as [[UInt64]] {
            #expect(try IntegerNode.recency(encoding: values, profile: .hot).roundTrip(count: values.count) == values)
        }
        for count in [1, 64, 3000] {
            let values = IntegerColumnSamples.column("recent", count: count)
            let node = IntegerNode.recency(encoding: values, profile: .hot)
            #expect(try node.roundTrip(count: count) == values)
            guard case .recency(let start, _) = node else { fatalError("not recency") }
            #expect(start == values[0])
        }
        guard case .recency(let start, _) = IntegerNode.recency(encoding: [4, 9, 2, 10, 3, 11, 10], profile: .hot)
        else { fatalError("not recency") }
        #expect(start == 9)
    }
}
