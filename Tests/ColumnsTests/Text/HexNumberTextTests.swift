import Bytes
import Testing

@testable import Columns

struct HexNumberTextTests {
    @Test(
        "hexadecimal numbers follow width and case",
        arguments: [
            ("3e7", false, 1, 999), ("3E7", true, 1, 999), ("3E7", false, 1, nil), ("3e7", true, 1, nil),
            ("0003e7", false, 6, 999), ("03e7", false, 1, nil), ("03e7", false, 5, nil), ("0", false, 1, 0),
            ("ffffffffffffffff", false, 1, .max), ("10000000000000000", false, 1, nil), ("123", true, 3, 0x123),
            ("aB", false, 1, nil), ("g", false, 1, nil), ("", false, 1, nil), ("0x3", false, 1, nil),
            ("0000000000000000", false, 16, 0), ("\u{00E9}0", false, 1, nil), ("-1", false, 1, nil),
        ] as [(String, Bool, Int, UInt64?)])
    func edges(_ text: String, _ isUpper: Bool, _ digits: Int, _ number: UInt64?) {
        #expect(withText(text) { HexNumberText.parse($0, isUpper: isUpper, digits: digits) } == number)
        guard let number else { return }
        #expect(rendered { HexNumberText.append(number, isUpper: isUpper, digits: digits, to: &$0) } == text)
        #expect(HexNumberText.byteCount(number, digits: digits) == text.utf8.count)
    }

    @Test("every byte is a digit or not, as it should be")
    func everyByte() {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<8 {
                var bytes = Array("00000000".utf8)
                bytes[place] = byte
                let octet = HexDigits.octet(EightBytes.load(bytes.span, at: 0, count: 8))
                let character = Character(UnicodeScalar(byte))
                #expect(octet.areDigits == (byte < 128 && character.isHexDigit))
                guard octet.areDigits else { continue }
                #expect(octet.hasLower == character.isLowercase)
                #expect(octet.hasUpper == character.isUppercase)
                #expect(octet.number == UInt32(String(decoding: bytes, as: UTF8.self), radix: 16))
            }
        }
    }

    @Test("random numbers come back, near misses render to themselves")
    func random() {
        var random = SplitMix64(seed: 4)
        for _ in 0..<5000 {
            let isUpper = Bool.random(using: &random)
            let digits = Int.random(in: 1...16, using: &random)
            let number = random.anyNumber()
            let text = rendered { HexNumberText.append(number, isUpper: isUpper, digits: digits, to: &$0) }
            let plain = String(number, radix: 16, uppercase: isUpper)
            #expect(text == String(repeating: "0", count: max(0, digits - plain.count)) + plain)
            #expect(withText(text) { HexNumberText.parse($0, isUpper: isUpper, digits: digits) } == number)
            let other = random.nearMiss(of: text)
            if let found = withText(other, { HexNumberText.parse($0, isUpper: isUpper, digits: digits) }) {
                #expect(rendered { HexNumberText.append(found, isUpper: isUpper, digits: digits, to: &$0) } == other)
            }
        }
    }
}
