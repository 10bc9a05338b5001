import Bytes
import Testing

@testable import Columns

@Suite struct IntegerChooserTests {
    @Test(arguments: IntegerColumnSamples.names)
    func whateverIsChosenGivesBackTheValues(name: String) throws {
        for count in [2, 3, 5, 17, 64, 200, 1025, 9000] {
            let values = IntegerColumnSamples.column(name, count: count)
            for profile in [EncodingProfile.hot, .warm, .cold] {
                let node = IntegerNode.encoding(values, profile: profile)
                #expect(try node.roundTrip(count: count) == values)
            }
        }
    }

    @Test(arguments: IntegerColumnSamples.names)
    func nothingIsMuchLargerThanPlainPacking(name: String) {
        for count in [2, 5, 40, 200, 3000] {
            let values = IntegerColumnSamples.column(name, count: count)
            let packed = IntegerNode.packed(encoding: values).byteCount
            for profile in [EncodingProfile.hot, .warm, .cold] {
                #expect(IntegerNode.encoding(values, profile: profile).byteCount <= packed)
            }
        }
    }

    /// Bytes for 9000 values that an encoding made for the column needs, and a little more.
    @Test(arguments: [
        ("skewed", 3400, 2350), ("flag", 280, 280), ("uniform", 11_400, 11_400), ("tail", 43_400, 30_500),
        ("whole", 6200, 5600), ("partly whole", 13_700, 13_000), ("ticks", 25_000, 25_000), ("counter", 13_600, 13_600),
        ("gaps", 140, 130), ("walk", 9100, 9100), ("sparse", 600, 600), ("runs", 420, 420), ("recent", 6200, 6100),
        ("distinct", 13_900, 13_900), ("signed", 5700, 5400), ("quadratic", 40, 40), ("low outliers", 10_500, 10_500),
        ("wrapping", 3600, 3500), ("random", 72_020, 72_020),
    ])
    func columnsGetTheEncodingMadeForThem(name: String, hotLimit: Int, coldLimit: Int) {
        let values = IntegerColumnSamples.column(name, count: 9000)
        #expect(IntegerNode.encoding(values, profile: .hot).byteCount <= hotLimit)
        #expect(IntegerNode.encoding(values, profile: .cold).byteCount <= coldLimit)
    }

    @Test func sameValuesGiveSameBytes() {
        for name in IntegerColumnSamples.names {
            let values = IntegerColumnSamples.column(name, count: 9000)
            for profile in [EncodingProfile.hot, .cold] {
                #expect(
                    IntegerNode.encoding(values, profile: profile) == IntegerNode.encoding(values, profile: profile))
            }
        }
    }

    @Test(arguments: IntegerColumnSamples.names)
    func treesStayFlatEnoughForTheirParents(name: String) {
        for count in [200, 9000] {
            for profile in [EncodingProfile.hot, .cold] {
                let node = IntegerNode.encoding(IntegerColumnSamples.column(name, count: count), profile: profile)
                #expect(depth(node) <= 10)
            }
        }
    }

    private func depth(_ node: IntegerNode) -> Int {
        let children: [IntegerNode] =
            switch node {
            case .patched(_, let positions, let values, let child): [positions, values, child]
            case .runs(_, let first, let second), .dictionary(_, let first, let second): [first, second]
            case .split(_, let first, let second): [first, second]
            case .delta(_, let child), .recency(_, let child), .trend(_, let child): [child]
            default: []
            }
        return 1 + (children.map(depth).max() ?? 0)
    }

    @Test func fewValuesTakeFewBytes() {
        #expect(IntegerNode.encoding([5], profile: .hot).byteCount == 2)
        #expect(IntegerNode.encoding([1 << 60, 1 << 60 + 3], profile: .hot).byteCount <= 12)
        #expect(IntegerNode.encoding([0, 1, 1, 0, 1], profile: .hot).byteCount <= 6)
        #expect(IntegerNode.encoding([90, 97, 80, 85, 99, 81], profile: .hot).byteCount <= 11)
    }
}
