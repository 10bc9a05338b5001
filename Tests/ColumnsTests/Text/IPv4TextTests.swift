import Bytes
import Testing

@testable import Columns

struct IPv4TextTests {
    @Test(
        "addresses come back",
        arguments: [
            ("0.0.0.0", 0), ("255.255.255.255", 0xFFFF_FFFF), ("10.0.0.1", 0x0A00_0001), ("192.168.1.20", 0xC0A8_0114),
            ("9.99.100.199", 0x0963_64C7),
        ] as [(String, UInt32)])
    func roundTrip(_ text: String, _ address: UInt32) {
        #expect(withText(text) { IPv4Text.parse($0) } == address)
        #expect(rendered { IPv4Text.append(address, to: &$0) } == text)
    }

    @Test(
        "texts that rendering would not give back are refused",
        arguments: [
            "", "1.2.3", "1.2.3.", ".1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1.2.3.00", "1..2.3",
            "1.2.3.4 ", "1.2.3.1000", "1.2.3.-4", "1,2,3,4", "1111111", "::ffff:1.2.3.4", "....... ",
        ])
    func refused(_ text: String) {
        #expect(withText(text) { IPv4Text.parse($0) } == nil)
    }

    @Test("no byte anywhere is taken for another")
    func everyByte() {
        for text in ["1.22.133.4", "255.255.255.255", "0.0.0.0"] {
            withEveryByteChanged(text) { bytes in
                guard let found = IPv4Text.parse(bytes.span) else { return }
                var again: [UInt8] = []
                IPv4Text.append(found, to: &again)
                #expect(again == bytes)
            }
        }
    }

    @Test("every number renders in every place; near misses render to themselves")
    func random() {
        var random = SplitMix64(seed: 5)
        for index in 0..<4096 {
            var address = UInt32(truncatingIfNeeded: random.next())
            let shift = UInt32(index % 4 * 8)
            address = address & ~(0xFF << shift) | UInt32(index / 4 % 256) << shift
            let text = [24, 16, 8, 0].map { String(address >> $0 & 0xFF) }.joined(separator: ".")
            #expect(rendered { IPv4Text.append(address, to: &$0) } == text)
            #expect(withText(text) { IPv4Text.parse($0) } == address)
            let other = random.nearMiss(of: text, alphabet: "0123456789.")
            if let found = withText(other, { IPv4Text.parse($0) }) {
                #expect(rendered { IPv4Text.append(found, to: &$0) } == other)
            }
        }
    }
}
