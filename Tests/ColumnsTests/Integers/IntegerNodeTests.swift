import Bytes
import Testing

@testable import Columns

@Suite struct IntegerNodeTests {
    @Test(arguments: IntegerSamples.counts)
    func everyWidthRoundTrips(count: Int) throws {
        for width in 1...64 {
            let values = IntegerSamples.uniform(count, width: width, seed: UInt64(width))
            for base in [0, 5, .max, 1 << 63] as [UInt64] {
                let node = IntegerNode.packed(encoding: values.map { $0 &+ base }, base: base, width: width)
                #expect(try node.roundTrip(count: count) == values.map { $0 &+ base })
            }
        }
    }

    @Test func encodingRoundTrips() throws {
        for count in IntegerSamples.counts {
            for profile in [EncodingProfile.hot, .warm, .cold] {
                for values in [
                    IntegerSamples.mixed(count, seed: 1), IntegerSamples.uniform(count, width: 9, seed: 2),
                    (0..<count).map { UInt64(bitPattern: Int64($0 - 100)) }, Array(repeating: .max, count: count),
                ] {
                    let node = IntegerNode.encoding(values, profile: profile)
                    #expect(try node.roundTrip(count: count) == values)
                }
            }
        }
        #expect(IntegerNode.encoding([], profile: .hot) == .constant(0))
        #expect(try IntegerNode.constant(0).roundTrip(count: 0) == [])
    }

    @Test func everyPlainNodeDecodes() throws {
        func plain(_ values: [UInt64]) -> IntegerNode { .packed(encoding: values, base: 0, width: 64) }
        let minusTwo = UInt64(bitPattern: -2)
        let expected: [(IntegerNode, [UInt64])] = [
            (.constant(minusTwo), [minusTwo, minusTwo, minusTwo, minusTwo]),
            (.sequence(first: 1, step: minusTwo), [1, .max, .max - 2, .max - 4]),
            (.patched(count: 2, positions: plain([1, 3]), values: plain([9, 8]), child: .constant(5)), [5, 9, 5, 8]),
            (.delta(first: .max, child: plain([1, 2, minusTwo])), [.max, 0, 2, 0]),
            (
                .delta(
                    first: 5,
                    child: .split(
                        divisor: 16,
                        quotients: .patched(
                            count: 2, positions: plain([0, 2]), values: plain([3, minusTwo]), child: .constant(2)),
                        remainders: plain([1, 2, 3]))),
                [5, 54, 88, 59]
            ),
            (.runs(count: 2, values: plain([7, 6]), lengths: plain([3, 1])), [7, 7, 7, 6]),
            (.dictionary(count: 2, entries: plain([70, 60]), codes: plain([1, 0, 1, 1])), [60, 70, 60, 60]),
            (
                .planes(base: .max, planes: [StoredBuffer(raw: [1, 2, 3, 0]), StoredBuffer(raw: [0, 1, 0, 2])]),
                [0, 257, 2, 511]
            ),
            (
                .split(divisor: 10, quotients: plain([1, 2, 3, 4]), remainders: plain([0, 1, 2, 30])), [10, 21, 32, 70]
            ),
            (.recency(start: 3, child: plain([0, 1, 3, 0])), [3, 3, 1, 4]),
            (.trend(step: minusTwo, child: plain([10, 10, 10, 10])), [10, 8, 6, 4]),
        ]
        for (node, values) in expected { #expect(try node.roundTrip(count: 4) == values) }
    }

    @Test("values come from their differences, and an anchor that is not their sum is an error")
    func anchors() throws {
        func node(_ anchors: [UInt64], shift: Int = 4) -> IntegerNode {
            .anchoredDelta(
                first: 7, shift: shift, anchors: .packed(encoding: anchors), child: .packed(encoding: steps))
        }
        let steps: [UInt64] = (0..<39).map { $0 * 5 % 11 }
        let values = steps.indices.reduce(into: [UInt64(7)]) { $0.append($0[$1] + steps[$1]) }
        #expect(try node([values[16], values[32]]).roundTrip(count: 40) == values)
        #expect(try node([values[32]], shift: 5).roundTrip(count: 40) == values)
        for broken in [
            node([values[16], values[32] + 1]), node([values[15], values[32]]), node([], shift: 6),
            node([values[8], values[16], values[24], values[32]], shift: 3), node([], shift: 17),
        ] {
            #expect(throws: DecodeError.self) { try broken.roundTrip(count: 40) }
        }
    }

    @Test func brokenNodesAreErrors() throws {
        func plain(_ values: [UInt64]) -> IntegerNode { .packed(encoding: values, base: 0, width: 64) }
        func large(_ positions: [UInt64]) -> IntegerNode {
            .delta(
                first: 5,
                child: .split(
                    divisor: 16,
                    quotients: .patched(
                        count: positions.count, positions: plain(positions), values: plain(positions),
                        child: .constant(0)),
                    remainders: plain([1, 2, 3])))
        }
        let broken: [IntegerNode] = [
            large([3]), large([0, 3]), large([1, 1]), large([2, 1]), large([0, .max]),
            .patched(count: 2, positions: plain([3, 1]), values: plain([9, 8]), child: .constant(5)),
            .patched(count: 2, positions: plain([1, 1]), values: plain([9, 8]), child: .constant(5)),
            .patched(count: 1, positions: plain([4]), values: plain([9]), child: .constant(5)),
            .patched(count: 1, positions: plain([.max]), values: plain([9]), child: .constant(5)),
            .runs(count: 2, values: plain([7, 6]), lengths: plain([3, 2])),
            .runs(count: 2, values: plain([7, 6]), lengths: plain([2, 1])),
            .runs(count: 2, values: plain([7, 6]), lengths: plain([4, 0])),
            .runs(count: 2, values: plain([7, 6]), lengths: plain([.max, 5])),
            .dictionary(count: 2, entries: plain([70, 60]), codes: plain([1, 0, 2, 1])),
            .recency(start: 3, child: plain([0, 5, 3, 0])),
            .sharedDictionary(resource: 0, codes: .constant(0)),
            .equal(
                source: 0, offset: 0,
                links: DerivedLinks(
                    exceptionCount: 0, exceptionPositions: .constant(0), restCount: 0, rest: .constant(0))),
        ]
        for node in broken { #expect(throws: DecodeError.self) { try node.roundTrip(count: 4, rows: .identity) } }
    }
}
