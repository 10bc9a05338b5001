import Bytes
import Testing

@testable import Columns

struct FixedPointTextTests {
    @Test(
        "fixed-point numbers come back",
        arguments: [
            ("0.00", 2, 0), ("0.05", 2, 5), ("-0.05", 2, -5), ("12.5", 1, 125), ("-12.50", 2, -1250),
            ("92233720368547758.07", 2, .max), ("-92233720368547758.08", 2, .min), ("9.223372036854775807", 18, .max),
            ("0.000000000000000001", 18, 1), ("100000000.000000000", 9, 100_000_000_000_000_000),
        ] as [(String, Int, Int64)])
    func roundTrip(_ text: String, _ decimals: Int, _ number: Int64) {
        #expect(withText(text) { FixedPointText.parse($0, decimals: decimals) } == number)
        #expect(rendered { FixedPointText.append(number, decimals: decimals, to: &$0) } == text)
        #expect(withText(text) { FixedPointText.decimals($0) } == decimals)
    }

    @Test(
        "texts that rendering would not give back are refused",
        arguments: [
            ".05", "-.05", "-0.00", "00.05", "+0.05", "0.5", "0.055", "12", "1.2.3", "", "-", "1,05", "01.05", "1.0x",
            "92233720368547758.08", "-92233720368547758.09", "999999999999999999999.05", "1.-5", "--1.05",
        ])
    func refused(_ text: String) {
        #expect(withText(text) { FixedPointText.parse($0, decimals: 2) } == nil)
    }

    @Test("random numbers come back with any number of decimals, near misses render to themselves")
    func random() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<5000 {
            let decimals = Int.random(in: 1...18, using: &random)
            let number = Int64(bitPattern: random.anyNumber())
            let text = rendered { FixedPointText.append(number, decimals: decimals, to: &$0) }
            #expect(withText(text) { FixedPointText.parse($0, decimals: decimals) } == number)
            let other = random.nearMiss(of: text)
            if let found = withText(other, { FixedPointText.parse($0, decimals: decimals) }) {
                #expect(rendered { FixedPointText.append(found, decimals: decimals, to: &$0) } == other)
            }
        }
    }
}
