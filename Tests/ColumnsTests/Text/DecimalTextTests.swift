import Bytes
import Testing

@testable import Columns

struct DecimalTextTests {
    @Test("the digits of every number below 10^4 and around every power of ten are right")
    func digits() {
        var numbers = Array(UInt64(0)..<10_000)
        for exponent in 1...19 {
            let power = DecimalText.powersOfTen[exponent]
            numbers += [power - 1, power, power + 1]
        }
        numbers += [.max, .max - 1, 1 << 63, 1 << 32, 99_999_999, 100_000_000]
        for number in numbers {
            #expect(rendered { DecimalText.append(number, to: &$0) } == String(number))
            #expect(DecimalText.digitCount(number) == String(number).count)
            #expect(withText(String(number)) { DecimalText.parsePadded($0, digits: 1) } == number)
        }
    }

    @Test("signed numbers of every magnitude come back")
    func signedRoundTrip() {
        var random = SplitMix64(seed: 1)
        var numbers: [Int64] = [0, -1, 1, .min, .max, .min + 1, -9, -10, 10]
        for _ in 0..<2000 {
            numbers.append(Int64(bitPattern: random.anyNumber()) &* (Bool.random(using: &random) ? 1 : -1))
        }
        for number in numbers {
            #expect(rendered { DecimalText.append(signed: number, to: &$0) } == String(number))
            #expect(withText(String(number)) { DecimalText.parseSigned($0) } == number)
        }
    }

    @Test(
        "texts that rendering would not give back are no signed numbers",
        arguments: [
            "", "-", "+5", "-0", "00", "01", "-01", "1 ", " 1", "1.0", "1e3", "9223372036854775808",
            "-9223372036854775809", "18446744073709551616", "99999999999999999999", "100000000000000000000", "1:", "1/",
            "\u{00B2}", "12345678x", "x12345678", "0x10",
        ])
    func refusedSigned(_ text: String) {
        #expect(withText(text) { DecimalText.parseSigned($0) } == nil)
    }

    @Test(
        "padded numbers follow their width",
        arguments: [
            ("007", 3, 7), ("1234", 3, 1234), ("0", 1, 0), ("000", 3, 0), ("07", 3, nil), ("0123", 3, nil),
            ("0000000000000000000", 19, 0), ("18446744073709551615", 19, .max), ("18446744073709551616", 19, nil),
            ("01844674407370955161", 19, nil), ("-1", 1, nil), ("", 1, nil),
        ] as [(String, Int, UInt64?)])
    func padded(_ text: String, _ digits: Int, _ number: UInt64?) {
        #expect(withText(text) { DecimalText.parsePadded($0, digits: digits) } == number)
        guard let number else { return }
        var bytes = [UInt8](repeating: 0, count: 64)
        let byteCount = bytes.withUnsafeMutableBufferPointer {
            DecimalText.render(padded: number, digits: digits, at: $0.baseAddress!)
        }
        #expect(String(decoding: bytes[..<byteCount], as: UTF8.self) == text)
    }

    @Test(
        "no byte anywhere is taken for another",
        arguments: ["7", "123", "12345678", "-1234567890", "12345678901234567"])
    func everyByte(_ text: String) {
        withEveryByteChanged(text) { bytes in
            guard let found = DecimalText.parseSigned(bytes.span) else { return }
            var again: [UInt8] = []
            DecimalText.append(signed: found, to: &again)
            #expect(again == bytes)
        }
    }

    @Test("what is parsed renders to the same text, whatever the text")
    func nearMisses() {
        var random = SplitMix64(seed: 2)
        for _ in 0..<5000 {
            let text = random.nearMiss(of: String(random.anyNumber()))
            if let number = withText(text, { DecimalText.parseSigned($0) }) { #expect(String(number) == text) }
            let digits = Int.random(in: 1...19, using: &random)
            if let number = withText(text, { DecimalText.parsePadded($0, digits: digits) }) {
                let plain = String(number)
                #expect(String(repeating: "0", count: max(0, digits - plain.count)) + plain == text)
            }
        }
    }
}
