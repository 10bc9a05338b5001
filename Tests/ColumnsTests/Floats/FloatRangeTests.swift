import Bytes
import Testing

@testable import Columns

@Suite struct FloatRangeTests {
    private func expectSameAsComparing(
        _ node: FloatNode, _ values: [Double], _ range: ClosedRange<Double>,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let matches = try node.matches(range, count: values.count, rows: .unknown, in: NoEnvironment())
        #expect(matches.count == values.count, sourceLocation: location)
        let wrong = values.indices.filter { range.contains(values[$0]) != matches[$0] }
        #expect(wrong.isEmpty, sourceLocation: location)
    }

    @Test(arguments: FloatSamples.all.indices) func rangeIsExact(_ index: Int) throws {
        let values = FloatSamples.all[index]
        var generator = SplitMix64(seed: UInt64(index))
        let nodes = [
            FloatNode.encoding(values, profile: .hot), .bits(encoding: values, profile: .hot),
            .splitBits(encoding: values, profile: .hot),
            .scaled(encoding: values, scale: FloatScale(base: .ten, exponent: 2), profile: .hot),
        ]
        var ends = FloatSamples.edges + values.prefix(20) + values.suffix(5).flatMap { [$0.nextUp, $0.nextDown] }
        ends.removeAll { $0.isNaN }
        for _ in 0..<6 {
            let (first, second) = (ends.randomElement(using: &generator)!, ends.randomElement(using: &generator)!)
            for node in nodes { try expectSameAsComparing(node, values, min(first, second)...max(first, second)) }
        }
    }

    @Test func endsOfARangeOfDigits() {
        let cent = FloatScale(base: .ten, exponent: 2)
        #expect(cent.digits(in: 0.29...0.35) == 29...35)
        #expect(cent.digits(in: (0.29).nextUp...(0.35).nextDown) == 30...34)
        #expect(cent.digits(in: 0.291...0.299) == nil)
        #expect(cent.digits(in: -0.0...0.0) == 0...0)
        #expect(cent.digits(in: -Double.infinity...Double.infinity) == Int64.min...Int64.max)
        #expect(cent.digits(in: 1e300...1e301) == nil)
    }
}
