import Bytes
import Testing

@testable import Columns

@Suite struct NumberTextTests {
    static func classify(_ literal: String) -> NumberText.Value { NumberText.classify(Array(literal.utf8).span) }

    static func text(_ value: Double) -> String {
        var bytes: [UInt8] = []
        NumberText.append(double: value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Canonical texts at the edges of the notations and of the doubles, as Python's repr shows them.
    static let canonical: [(String, UInt64)] = [
        ("0.0", 0), ("-0.0", 0x8000_0000_0000_0000), ("1.0", 0x3FF0_0000_0000_0000), ("0.1", 0x3FB9_9999_9999_999A),
        ("0.0001", 0x3F1A_36E2_EB1C_432D), ("1e-05", 0x3EE4_F8B5_88E3_68F1), ("0.00012", 0x3F1F_7510_4D55_1D69),
        ("9.999999999999999e-05", 0x3F1A_36E2_EB1C_432C), ("0.00012345678901234567", 0x3F20_2E85_BE18_0B74),
        ("1e+16", 0x4341_C379_37E0_8000), ("9999999999999998.0", 0x4341_C379_37E0_7FFF),
        ("1.0000000000000002e+16", 0x4341_C379_37E0_8001), ("1234567.0", 0x4132_D687_0000_0000),
        ("9007199254740992.0", 0x4340_0000_0000_0000), ("1000000000000000.0", 0x430C_6BF5_2634_0000),
        ("5e-324", 1), ("1e-323", 2), ("1.5e-323", 3), ("2.225073858507201e-308", 0x000F_FFFF_FFFF_FFFF),
        ("2.2250738585072014e-308", 0x0010_0000_0000_0000), ("1.7976931348623157e+308", 0x7FEF_FFFF_FFFF_FFFF),
        ("1e+23", 0x44B5_2D02_C7E1_4AF6), ("1.0000000000000001e+23", 0x44B5_2D02_C7E1_4AF7),
        ("0.0008699893951416016", 0x3F4C_8200_0000_0000), ("-273.15", 0xC071_1266_6666_6666),
        ("1.2e-06", 0x3EB4_21F5_F40D_8376), ("2e+100", 0x54C2_49AD_2594_C37D), ("1.1e-100", 0x2B2E_CBE6_C835_D281),
    ]

    @Test(arguments: canonical) func canonicalTextIsADouble(_ text: String, _ bits: UInt64) {
        #expect(Self.text(Double(bitPattern: bits)) == text)
        guard case .double(let value) = Self.classify(text) else {
            Issue.record("\(text) is not a double")
            return
        }
        #expect(value.bitPattern == bits)
    }

    @Test("The double nearest to a literal is the one that the language itself finds, NaN where a text is no number")
    func nearestDoubles() {
        func nearest(_ text: String) -> UInt64 {
            let number = NumberText.nearestDouble(Array(text.utf8).span)
            return number.isNaN ? .max : number.bitPattern
        }
        func expected(_ text: String) -> UInt64 { Double(text).map { $0.isNaN ? .max : $0.bitPattern } ?? .max }
        var texts = [
            "", "-", ".", "-.", "1.", ".5", "-.5", "1.2.3", "--1", "+1.50", "1e5", "1.50e-7", "-0.00", "0.10", "84.50",
            "1e400", "-1e400", "null", "nan", "0x10", "9999999999999999999", "99999999999999999999",
            "0.30000000000000004",
            "18446744073709551615.0", "9007199254740993.00", "4503599627370497.50", "2.50000000000000000", "1,5",
            " 1.0",
        ]
        var generator = SplitMix64(seed: 11)
        for digitCount in 1...21 {
            for _ in 0..<40 {
                var text = (0..<digitCount).map { _ in String(Int.random(in: 0...9, using: &generator)) }
                if Bool.random(using: &generator) {
                    text.insert(".", at: .random(in: 0...digitCount, using: &generator))
                }
                if Bool.random(using: &generator) { text.insert("-", at: 0) }
                texts.append(text.joined())
            }
        }
        for text in texts { #expect(nearest(text) == expected(text), "\(text)") }
    }

    @Test(
        arguments: [
            ("0", .int64(0)), ("7", .int64(7)), ("-1", .int64(-1)), ("9223372036854775807", .int64(.max)),
            ("-9223372036854775808", .int64(.min)), ("9223372036854775808", .uint64(1 << 63)),
            ("18446744073709551615", .uint64(.max)), ("18446744073709551616", .text), ("-9223372036854775809", .text),
            ("100000000000000000000000", .text), ("-0", .text),
        ] as [(String, NumberText.Value)])
    func integerIsTheSmallestTypeThatHoldsIt(_ text: String, _ value: NumberText.Value) {
        #expect(Self.classify(text) == value)
    }

    @Test(arguments: [
        "1.50", "0.00", "-0.00", "1.0e+16", "1E+16", "1e16", "1e+5", "1e-4", "1e-5", "1e-005", "1e+016", "12e+20",
        "0e+20",
        "0.00001", "10000000000000000.0", "0.1e-10", "1.e+20", "100.0e+20", "1e+400", "1e-400", "0.10000000000000001",
        "0.30000000000000005", "9999999999999999.0", "9007199254740993.0", "3.1415926535897931", "4e-324", "4.9e-324",
        "2e+308", "1.7976931348623159e+308", "123456789012345678.5", "0.18446744073709551617",
        "0.00018446744073709551617",
        "0.18459090419754785296",
    ])
    func numberThatIsNotCanonicalIsText(_ literal: String) {
        #expect(Self.classify(literal) == .text)
    }

    @Test(arguments: [
        "", "-", "+1", ".5", "5.", "-.5", "01", "-01", "00.5", "1.5.2", "1e", "1e+", "1.5e+", "1.5e+2x", "1.5 ", " 1.5",
        "1,5", "0x10", "nan", "inf", "--1", "1-", "e+20", ".", "1.5e20+", "1.5e++20", "٣.٥",
    ])
    func whatIsNoNumberIsText(_ literal: String) {
        #expect(Self.classify(literal) == .text)
    }

    @Test func notANumberAndInfinitiesAreNull() {
        for value in [Double.nan, .infinity, -.infinity] { #expect(Self.text(value) == "null") }
    }

    @Test func everyDoubleHasTheDigitsOfItsDescription() {
        var generator = SplitMix64(seed: 1)
        for round in 0..<20_000 {
            let value: Double =
                switch round % 4 {
                case 0: Double(bitPattern: generator.next())
                case 1: Double.random(in: -1e6...1e6, using: &generator)
                case 2: Double(Int.random(in: 0...99_999, using: &generator)) / 1000
                default: Double(sign: .plus, exponent: Int.random(in: -1074...1023, using: &generator), significand: 1)
                }
            guard value.isFinite else { continue }
            let text = Self.text(value)
            #expect(Self.digits(text) == Self.digits(value.description), "\(text) \(value.description)")
            #expect(Double(text)?.bitPattern == value.bitPattern)
            guard case .double(let read) = Self.classify(text) else {
                Issue.record("\(text) is not a double")
                continue
            }
            #expect(read.bitPattern == value.bitPattern)
        }
    }

    /// The digits of a number's text without point, exponent and the zeros at its ends.
    private static func digits(_ text: String) -> String {
        let mantissa = text.split(separator: "e")[0].filter { $0.isNumber }
        return String(mantissa.drop { $0 == "0" }.reversed().drop { $0 == "0" }.reversed())
    }

    @Test func anyLiteralIsADoubleOnlyIfRenderingGivesItBack() {
        var generator = SplitMix64(seed: 2)
        let alphabet = Array("0000123456789..eE+-")
        var doubleCount = 0
        for round in 0..<60_000 {
            var literal: String
            if round % 2 == 0 {
                literal = String(
                    (0..<Int.random(in: 1...8, using: &generator)).map { _ in alphabet.randomElement(using: &generator)!
                    })
            } else {
                // A canonical text with one character changed, added or taken away.
                let decimals = Double(Int.random(in: 1...30, using: &generator))
                let value =
                    Double.random(in: -10...10, using: &generator) * (1 / decimals) * (round % 3 == 0 ? 1e-5 : 1e15)
                var characters = Array(Self.text(value))
                let place = Int.random(in: 0..<characters.count, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: characters[place] = alphabet.randomElement(using: &generator)!
                case 1: characters.insert(alphabet.randomElement(using: &generator)!, at: place)
                default: characters.remove(at: place)
                }
                literal = String(characters)
            }
            let expected = Double(literal).flatMap { value -> UInt64? in
                value.isFinite && Self.text(value) == literal ? value.bitPattern : nil
            }
            var found: UInt64?
            if case .double(let value) = Self.classify(literal) { found = value.bitPattern }
            #expect(found == expected, "\(literal)")
            doubleCount += found == nil ? 0 : 1
        }
        #expect(doubleCount > 1000)
    }

    @Test func decimalsAreReadToTheNearestDouble() {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<20_000 {
            let digits = generator.next() % 10_000_000_000_000_000_000 >> UInt64.random(in: 0..<60, using: &generator)
            let number = DecimalNumber(digits: digits, exponent: Int.random(in: -345...310, using: &generator))
            #expect(number.nearestDouble == Double("\(number.digits)e\(number.exponent)"))
        }
    }

    /// Halfway between two doubles the even one is nearest, a little above or below the neighbour.
    @Test func tiesAreReadToEven() {
        for (digits, expected) in [
            (9_007_199_254_740_993, 9_007_199_254_740_992), (9_007_199_254_740_995, 9_007_199_254_740_996),
            (9_007_199_254_740_994, 9_007_199_254_740_994),
        ] as [(UInt64, Double)] {
            #expect(DecimalNumber(digits: digits, exponent: 0).nearestDouble == expected)
            #expect(DecimalNumber(digits: digits * 100, exponent: -2).nearestDouble == expected)
        }
        #expect(DecimalNumber(digits: 900_719_925_474_099_301, exponent: -2).nearestDouble == 9_007_199_254_740_994)
        #expect(DecimalNumber(digits: 900_719_925_474_099_299, exponent: -2).nearestDouble == 9_007_199_254_740_992)
    }
}
