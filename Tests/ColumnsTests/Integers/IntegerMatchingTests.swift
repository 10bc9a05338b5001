import Bytes
import Testing

@testable import Columns

@Suite struct IntegerMatchingTests {
    private func isMatch(_ predicate: IntegerPredicate, _ value: UInt64) -> Bool {
        switch predicate {
        case .equal(let wanted): wanted == value
        case .range(let low, let high, isSigned: false): low <= value && value <= high
        case .range(let low, let high, isSigned: true):
            Int64(bitPattern: low) <= Int64(bitPattern: value) && Int64(bitPattern: value) <= Int64(bitPattern: high)
        case .set(let wanted): wanted.contains(value)
        }
    }

    private func predicates(_ values: [UInt64], seed: UInt64) -> [IntegerPredicate] {
        var generator = SplitMix64(seed: seed)
        func near() -> UInt64 {
            let value = values.randomElement(using: &generator)!
            return Bool.random(using: &generator) ? value : value &+ .random(in: 0...6, using: &generator) &- 3
        }
        var predicates: [IntegerPredicate] = [
            .set([]), .range(0, .max, isSigned: false), .range(1 << 63, UInt64(Int64.max), isSigned: true),
            .range(5, 4, isSigned: false), .range(0, .max, isSigned: true), .equal(0), .equal(.max),
            .set([0, .max, 1]),
            .range(1 << 63, .max, isSigned: false),
        ]
        for _ in 0..<5 {
            predicates.append(.equal(near()))
            predicates.append(.range(near(), near(), isSigned: true))
            predicates.append(.range(near(), near(), isSigned: false))
        }
        for count in [2, 9, 20, 100] { predicates.append(.set((0..<count).map { _ in near() })) }
        return predicates
    }

    private func expectMatches(_ node: IntegerNode, _ values: [UInt64], seed: UInt64) throws {
        for predicate in predicates(values, seed: seed) {
            let found = try node.matches(predicate, count: values.count, rows: .identity, in: NoEnvironment())
            let expected = values.map { isMatch(predicate, $0) }
            #expect(
                values.indices.allSatisfy { found[$0] == expected[$0] } && found.setCount == expected.count { $0 },
                "\(predicate)")
        }
    }

    @Test(arguments: IntegerColumnSamples.names)
    func matchesOfChosenNodesAreThoseOfTheValues(name: String) throws {
        for count in [1, 70, 2100] {
            let values = IntegerColumnSamples.column(name, count: count)
            for profile in [EncodingProfile.hot, .cold] {
                try expectMatches(.encoding(values, profile: profile), values, seed: UInt64(count))
            }
        }
    }

    @Test("splits whose quotients are mostly one, and scaled sums, match without being put together")
    func splitsAndSums() throws {
        for name in ["runs", "edges", "signed", "wrapping"] {
            let values = IntegerColumnSamples.column(name, count: 2100)
            let positions = (0..<UInt64(2100)).filter { $0 % 7 == 3 }
            for (quotient, divisor) in [(0, 16), (5, 1000), (.max, 3), (1 << 60, 1 << 11)] as [(UInt64, UInt64)] {
                let exceptions = positions.map { values[Int($0)] &* 3 }
                let remainders = values.map { $0 & 1023 }
                var joined = remainders.map { $0 &+ quotient &* divisor }
                for (index, position) in positions.enumerated() {
                    joined[Int(position)] = exceptions[index] &* divisor &+ remainders[Int(position)]
                }
                let split = IntegerNode.split(
                    divisor: divisor,
                    quotients: .patched(
                        count: positions.count, positions: .packed(encoding: positions),
                        values: .packed(encoding: exceptions), child: .constant(quotient)),
                    remainders: .packed(encoding: remainders))
                try expectMatches(split, joined, seed: divisor)
                let sums = IntegerNode.split(
                    divisor: divisor,
                    quotients: .delta(encoding: values, profile: .hot, levels: IntegerNode.plainLevel),
                    remainders: .constant(quotient))
                try expectMatches(sums, values.map { $0 &* divisor &+ quotient }, seed: divisor)
            }
        }
    }

    @Test func matchesOfEveryNodeAreThoseOfTheValues() throws {
        for name in ["runs", "edges", "signed", "wrapping"] {
            let values = IntegerColumnSamples.column(name, count: 1500)
            let nodes: [IntegerNode] = [
                .packed(encoding: values), .packed(encoding: values, base: 0, width: 64),
                .delta(encoding: values, profile: .hot), .runs(encoding: values, profile: .hot),
                .delta(encoding: values, profile: .hot).anchored(values, profile: .hot),
                .dictionary(encoding: values, limit: 1500, profile: .hot)!, .planes(encoding: values, profile: .cold),
                .trend(encoding: values, step: 3, profile: .hot), .split(encoding: values, divisor: 7, profile: .hot),
                .patched(encoding: values, base: values[3], width: 5, profile: .hot),
            ]
            for (index, node) in nodes.enumerated() { try expectMatches(node, values, seed: UInt64(index)) }
            let times = IntegerNode.split(
                divisor: 9, quotients: .delta(encoding: values, profile: .hot, levels: IntegerNode.plainLevel),
                remainders: .constant(4)
            ).anchored(values.map { $0 &* 9 &+ 4 }, profile: .hot)
            try expectMatches(times, values.map { $0 &* 9 &+ 4 }, seed: 9)
        }
    }

    @Test(arguments: [(2, 0), (1000, 999), (1_000_000, 5), (3, UInt64.max), (1 << 40, 1 << 63)] as [(UInt64, UInt64)])
    func dividedValuesAreMatchedByTheirQuotients(divisor: UInt64, remainder: UInt64) throws {
        for width in [1, 7, 20, 40, 63] {
            for base in [0, 12, 0 &- 500, 1 << 63] as [UInt64] {
                let quotients = IntegerSamples.uniform(1100, width: width, seed: 8).map { $0 &+ base }
                let node = IntegerNode.split(
                    divisor: divisor, quotients: .packed(encoding: quotients, base: base, width: width),
                    remainders: .constant(remainder))
                try expectMatches(node, quotients.map { $0 &* divisor &+ remainder }, seed: 3)
            }
        }
    }

    @Test func brokenNodesAreErrorsHereToo() {
        let wrongRuns = IntegerNode.runs(count: 1, values: .constant(1), lengths: .constant(5))
        #expect(throws: DecodeError.self) {
            try wrongRuns.matches(.equal(1), count: 4, rows: .unknown, in: NoEnvironment())
        }
        let wrongPatch = IntegerNode.patched(
            count: 1, positions: .constant(4), values: .constant(1), child: .constant(2))
        #expect(throws: DecodeError.self) {
            try wrongPatch.matches(.equal(1), count: 4, rows: .unknown, in: NoEnvironment())
        }
    }
}
