import Bytes
import Testing

@testable import Columns

/// Which encoding is chosen, and how small it makes values like those in events.
@Suite struct FloatChoiceTests {
    private func bitsPerValue(_ values: [Double], _ profile: EncodingProfile = .hot) -> Double {
        Double(FloatNode.encoding(values, profile: profile).byteCount * 8) / Double(values.count)
    }

    private func scale(_ values: [Double]) -> FloatScale? {
        if case .scaled(let scale, _, _) = FloatNode.encoding(values, profile: .hot) { return scale }
        return nil
    }

    @Test(arguments: 0...9) func decimalsBecomeIntegersWithoutExceptions(_ decimals: Int) {
        let values = FloatSamples.decimals(4096, below: 100_000, decimals: decimals, seed: 1)
        let node = FloatNode.encoding(values, profile: .hot)
        guard case .scaled(let scale, _, let exceptions) = node else {
            Issue.record("not scaled")
            return
        }
        #expect(scale == FloatScale(base: .ten, exponent: decimals))
        #expect(exceptions.count == 0)
        #expect(bitsPerValue(values) < 17.2)
    }

    @Test func fifteenDigitsNeedNoExceptions() {
        let values = FloatSamples.decimals(4096, below: 999_999_999_999_999, decimals: 6, seed: 2)
        #expect(scale(values) == FloatScale(base: .ten, exponent: 6))
        #expect(bitsPerValue(values) < 50.2)
    }

    @Test func differencesOfTimesAreMultiplesOfAPowerOfTwo() {
        let values = FloatSamples.timeDifferences(4096, seed: 3) + [0.0008699893951416016]
        #expect(scale(values) == FloatScale(base: .two, exponent: 22))
        #expect(bitsPerValue(values) < 17.2)
    }

    @Test func measurementsWithAllDigitsAreCut() {
        let values = FloatSamples.measurements(8192, seed: 4)
        guard case .splitBits = FloatNode.encoding(values, profile: .hot) else {
            Issue.record("not cut")
            return
        }
        #expect(bitsPerValue(values) < 53)
    }

    @Test func oneValueIsAConstant() {
        #expect(FloatNode.encoding([Double](repeating: .nan, count: 100), profile: .hot).byteCount < 16)
    }

    @Test func rareOddValuesAreExceptions() {
        var values = FloatSamples.decimals(8192, below: 10_000, decimals: 2, seed: 5)
        for index in stride(from: 50, to: values.count, by: 400) { values[index] = .pi * Double(index) }
        #expect(scale(values) == FloatScale(base: .ten, exponent: 2))
        #expect(bitsPerValue(values) < 15)
    }

    @Test func sampleThatMissesTheOddHalfDoesNotDecide() throws {
        // Decimals in the values that the sample sees, anything else between them.
        var values = FloatSamples.anyBits(4096, seed: 6)
        for value in FloatSample.values(of: (0..<4096).map { Double($0) }) { values[Int(value)] = 0.25 }
        #expect(FloatScale.best(for: FloatSample.values(of: values))?.misfitCount == 0)
        try FloatNodeTests.expectRoundTrip(.encoding(values, profile: .hot), values)
        #expect(bitsPerValue(values) < 66)
    }
}
