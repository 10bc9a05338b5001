import Bytes

@testable import Columns

/// Runs of doubles like those in events, and such that try every edge.
enum FloatSamples {
    static let edges: [Double] = [
        0, -0.0, .nan, -.nan, Double(nan: 7, signaling: false), .signalingNaN, .infinity, -.infinity,
        .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
        1e-5, 0.1, 0.3, 1e15, 1e16, 9_007_199_254_740_992, 9.223372036854776e18, -9.223372036854776e18, 1e22, 1e23,
        4.6e18, 4_503_599_627_370_496.5, 2_251_799_813_685_248.5, -4_503_599_627_370_495.5, 1 / 3.0, .pi,
    ]

    static func decimals(_ count: Int, below limit: Int, decimals: Int, seed: UInt64) -> [Double] {
        var generator = SplitMix64(seed: seed)
        let divisor = FloatScale(base: .ten, exponent: decimals).divisor
        return (0..<count).map { _ in Double(Int.random(in: 0..<limit, using: &generator)) / divisor }
    }

    /// Differences of times that were doubles of seconds: multiples of 2 ^ -22.
    static func timeDifferences(_ count: Int, seed: UInt64) -> [Double] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in Double(Int.random(in: 900..<90_000, using: &generator)) / 4_194_304 }
    }

    /// Of either sign, with all digits.
    static func measurements(_ count: Int, seed: UInt64) -> [Double] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            Double.random(in: 20..<25, using: &generator) * (Bool.random(using: &generator) ? 1 : -1)
        }
    }

    static func anyBits(_ count: Int, seed: UInt64) -> [Double] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in Double(bitPattern: generator.next()) }
    }

    /// Each sample with edges strewn in: in the first place, in the last and in a few between.
    static func withEdges(_ values: [Double]) -> [Double] {
        var values = values
        for (index, edge) in edges.enumerated() where !values.isEmpty {
            values[index * (values.count - 1) / (edges.count - 1)] = edge
        }
        return values
    }

    static let all: [[Double]] = {
        let plain: [[Double]] = [
            decimals(500, below: 10_000, decimals: 2, seed: 1), decimals(500, below: 2_000_000, decimals: 3, seed: 2),
            decimals(500, below: 90, decimals: 4, seed: 3),
            decimals(500, below: 999_999_999_999_999, decimals: 6, seed: 4), timeDifferences(500, seed: 5),
            measurements(500, seed: 6), anyBits(500, seed: 7), [Double](repeating: 99.5, count: 700),
            (0..<500).map { Double($0 / 100) / 10 }, decimals(1, below: 100, decimals: 2, seed: 8),
            (0..<500).map { Double(Float($0) * 0.1) }, (0..<1030).map { Double($0) },
            [Double](repeating: .nan, count: 65), (0..<900).map { $0 % 300 == 7 ? .pi : -0.0 },
        ]
        return plain + plain.map(withEdges) + [[], edges, [-0.0], [.nan]]
    }()
}

extension [Double] {
    var bitPatterns: [UInt64] { map { $0.bitPattern } }
}
