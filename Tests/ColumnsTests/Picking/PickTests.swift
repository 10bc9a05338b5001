import Bytes
import Testing

@testable import Columns

struct PickTests {
    /// Some places in no order, the last among them, one of them twice.
    private func places(_ count: Int) -> [UInt32] {
        var random = SplitMix64(seed: UInt64(count))
        let some = (0..<min(count, 40)).map { _ in UInt32(random.next() % UInt64(count)) }
        return [UInt32(count - 1), 0] + some + [UInt32(count - 1)]
    }

    private static func samples(_ count: Int) -> [[UInt64]] {
        let negative: [UInt64] = (0..<count).map { UInt64(bitPattern: Int64($0 * 3 - 100)) }
        let steps: [UInt64] = (0..<count).map { UInt64($0 / 9 * 1000) }
        let outliers: [UInt64] = (0..<count).map { $0 % 97 == 0 ? UInt64.max : UInt64($0 % 5) }
        return [
            IntegerSamples.mixed(count, seed: 1), IntegerSamples.uniform(count, width: 9, seed: 2), negative,
            [UInt64](repeating: .max, count: count), steps, outliers,
        ]
    }

    private func expect(_ node: IntegerNode, gives values: [UInt64]) throws {
        let places = places(values.count)
        let picked = try node.values(Pick(places, of: values.count), in: PickEnvironmentOfNothing())
        #expect(picked == places.map { values[Int($0)] })
    }

    @Test("integers of every width are picked out of blocks and what is left of them")
    func packed() throws {
        for width in 1...64 {
            for count in [1, 1023, 1024, 2500] {
                let values = IntegerSamples.uniform(count, width: width, seed: UInt64(width)).map {
                    $0 &+ 7
                }
                try expect(.packed(encoding: values, base: 7, width: width), gives: values)
            }
        }
    }

    @Test("integers are picked from every encoding as they are decoded from it")
    func encodings() throws {
        for count in [1, 200, 2000] {
            for profile in [EncodingProfile.hot, .warm, .cold] {
                for values in Self.samples(count) {
                    try expect(.encoding(values, profile: profile), gives: values)
                }
                let values: [UInt64] = (0..<count).map { UInt64(1000 + $0 * 12 + $0 % 7) }
                try expect(
                    .runs(encoding: values.map { $0 / 100 }, profile: profile), gives: values.map { $0 / 100 }
                )
                try expect(.delta(encoding: values, profile: profile), gives: values)
                try expect(.trend(encoding: values, step: 12, profile: profile), gives: values)
                try expect(.split(encoding: values, divisor: 100, profile: profile), gives: values)
                try expect(.planes(encoding: values, profile: profile), gives: values)
                try expect(
                    .patched(encoding: values, base: 1000, width: 6, profile: profile), gives: values)
                let codes: [UInt64] = (0..<count).map { UInt64($0 / 5 + $0 % 2) }
                try expect(.recency(encoding: codes, profile: profile), gives: codes)
                if let dictionary = IntegerNode.dictionary(
                    encoding: codes, limit: count + 1, profile: profile)
                {
                    try expect(dictionary, gives: codes)
                }
            }
        }
    }

    @Test("single values are found from the anchor before them, few or many, in every stretch")
    func anchors() throws {
        for count in [1024, 1025, 3000, 4096] {
            let jumps = IntegerSamples.mixed(count, seed: 5)
            for values in [IntegerSamples.uniform(count, width: 40, seed: 4).sorted(), jumps] {
                let delta = IntegerNode.delta(encoding: values, profile: .hot)
                let anchored = delta.anchored(values, profile: .hot)
                #expect(anchored.hasAnchors && !delta.hasAnchors)
                try expect(anchored, gives: values)
                // Next to anchors, alone and together with values of the same stretch.
                for places: [UInt32] in [
                    [0], [255], [256], [257, 256, 255], [UInt32(count - 1)], [511, 300, 300, 767],
                ] {
                    let picked = try anchored.values(Pick(places, of: count), in: PickEnvironmentOfNothing())
                    #expect(picked == places.map { values[Int($0)] })
                }
                let all = (0..<UInt32(count)).map { $0 }
                #expect(try anchored.values(Pick(all, of: count), in: PickEnvironmentOfNothing()) == values)
            }
        }
    }

    @Test("whole milliseconds are split before they get anchors, and few values get none")
    func whichGetAnchors() throws {
        let seconds = IntegerSamples.uniform(2000, width: 12, seed: 8).map { $0 * 1_000_000 }
        let times = seconds.indices.map { index in seconds[...index].reduce(0, &+) }
        let node = IntegerNode.encoding(times, profile: .hot).anchored(times, profile: .hot)
        guard case .split(_, .anchoredDelta, _) = node else {
            Issue.record("not \(node)")
            return
        }
        #expect(node.hasAnchors)
        try expect(node, gives: times)
        let few = Array(times[..<1000])
        #expect(!IntegerNode.delta(encoding: few, profile: .hot).anchored(few, profile: .hot).hasAnchors)
        #expect(IntegerNode.constant(4).anchored([UInt64](repeating: 4, count: 2000), profile: .hot) == .constant(4))
    }

    @Test(
        "strings are picked from every encoding as they are decoded from it",
        arguments: StringSamples.kinds.map(\.name))
    func strings(_ kind: String) throws {
        for count in [1, 64, 400] {
            let strings = StringSamples.strings(kind, count)
            let places = places(count)
            for profile in [EncodingProfile.hot, .warm, .cold] {
                let nodes = [
                    StringNode.encoding(strings, profile: profile),
                    .plain(encoding: strings, profile: profile),
                    .frontCoded(encoding: strings, profile: profile),
                    try #require(.dictionary(encoding: strings, entryLimit: count, profile: profile)),
                ]
                for node in nodes {
                    let picked = try node.values(Pick(places, of: count), in: PickEnvironmentOfNothing())
                    #expect(picked == strings.gather(places))
                }
            }
        }
    }

    @Test("doubles are picked from every encoding as they are decoded from it")
    func doubles() throws {
        var random = SplitMix64(seed: 3)
        let count = 700
        let samples: [[Double]] = [
            (0..<count).map { _ in Double(random.next() % 100_000) / 100 },
            (0..<count).map { $0 % 50 == 0 ? .nan : Double(random.next() % 1000) / 8 },
            (0..<count).map { _ in Double(bitPattern: random.next()) },
            (0..<count).map { _ in 100 + Double(random.next() >> 12) / 0x1p52 },
        ]
        let places = places(count)
        for values in samples {
            for profile in [EncodingProfile.hot, .warm, .cold] {
                for node in [
                    FloatNode.encoding(values, profile: profile),
                    .splitBits(encoding: values, profile: profile),
                ] {
                    let picked = try node.values(Pick(places, of: count), in: PickEnvironmentOfNothing())
                    #expect(picked.map(\.bitPattern) == places.map { values[Int($0)].bitPattern })
                }
            }
        }
    }
}

/// The environment of nodes that stand alone.
private final class PickEnvironmentOfNothing: PickEnvironment {
    private let nothing = NoEnvironment()

    func zstdDictionary(_ resource: Int) throws(DecodeError) -> ZstdDictionary {
        try nothing.zstdDictionary(resource)
    }
    func symbolTable(_ resource: Int) throws(DecodeError) -> SymbolTable {
        try nothing.symbolTable(resource)
    }
    func templates(_ resource: Int) throws(DecodeError) -> TemplateSet {
        try nothing.templates(resource)
    }
    func mapTable(_ resource: Int) throws(DecodeError) -> MapTable { try nothing.mapTable(resource) }
    func integerDictionary(_ resource: Int) throws(DecodeError) -> [UInt64] {
        try nothing.integerDictionary(resource)
    }
    func stringDictionary(_ resource: Int) throws(DecodeError) -> StringVector {
        try nothing.stringDictionary(resource)
    }
    func fixedDictionary(_ resource: Int, width: Int) throws(DecodeError) -> [UInt8] {
        try nothing.fixedDictionary(resource, width: width)
    }
    func source(_ ordinal: Int) throws(DecodeError) -> any SourceColumn {
        try nothing.source(ordinal)
    }
    func pickedSource(_ ordinal: Int) throws(DecodeError) -> any PickedSource {
        throw .corrupt(at: 0, "source column in a node that stands alone")
    }
    func charge(_ byteCount: Int) throws(DecodeError) { try nothing.charge(byteCount) }
}
