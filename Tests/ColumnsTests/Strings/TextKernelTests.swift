import Bytes
import Testing

@testable import Columns

/// Kernels that lay many texts end to end, against what is rendered one by one.
@Suite struct TextKernelTests {
    private static let numbers: [UInt64] = {
        var random = SplitMix64(seed: 41)
        var numbers: [UInt64] = [0, 1, 9, 10, 99, 100, 99_999_999, 100_000_000, 100_000_001, .max, 1 << 63, .max >> 1]
        for digits in 1...19 { numbers.append(DecimalText.powersOfTen[digits]) }
        for digits in 1...19 { numbers.append(DecimalText.powersOfTen[digits] - 1) }
        numbers.append(contentsOf: numbers.map { 0 &- $0 })
        return numbers + (0..<1500).map { _ in random.anyNumber() }
    }()

    private func expect(
        _ node: StringNode, gives render: (UInt64, inout [UInt8]) -> Void, _ numbers: [UInt64] = Self.numbers
    ) throws {
        for affix in ["", "u-", "sixteen bytes..!", "a prefix of more than sixteen bytes "] {
            let bytes = Array(affix.utf8)
            let around = StringNode.affix(prefix: bytes, suffix: Array(bytes.reversed()), child: node)
            let strings = try around.decode(count: numbers.count, rows: .unknown, in: NoEnvironment())
            let expected = numbers.map { number in
                var text = bytes
                render(number, &text)
                return text + bytes.reversed()
            }
            #expect((0..<strings.count).map { Array(strings[$0]) } == expected)
        }
    }

    @Test("numbers in digits, signed, padded and with a point, are those rendered one by one")
    func decimals() throws {
        let values = IntegerNode.packed(encoding: Self.numbers, base: 0, width: 64)
        try expect(.integerText(digits: 0, values: values)) {
            DecimalText.append(signed: Int64(bitPattern: $0), to: &$1)
        }
        for digits in [1, 2, 8, 9, 19] {
            try expect(.integerText(digits: digits, values: values)) { number, text in
                let digitCount = String(number).utf8.count
                text.append(contentsOf: [UInt8](repeating: 0x30, count: max(0, digits - digitCount)))
                DecimalText.append(number, to: &text)
            }
        }
        for decimals in 1...18 {
            try expect(.fixedPointText(decimals: decimals, values: values)) {
                FixedPointText.append(Int64(bitPattern: $0), decimals: decimals, to: &$1)
            }
        }
    }

    @Test("addresses are those rendered one by one")
    func addresses() throws {
        let addresses = Self.numbers.map { $0 & 0xFFFF_FFFF }
        let values = IntegerNode.packed(encoding: addresses, base: 0, width: 32)
        try expect(.ipv4Text(values), gives: { IPv4Text.append(UInt32($0), to: &$1) }, addresses)
    }

    @Test(
        "entries of every length are laid end to end", arguments: [1, 3, 40, 256, 257, 600],
        [0...0, 1...1, 5...5, 16...16, 3...5, 0...16, 6...20, 30...70, 0...200])
    func entries(count: Int, lengths: ClosedRange<Int>) throws {
        var random = SplitMix64(seed: UInt64(count * 1000 + lengths.upperBound))
        var entries = StringVector()
        for _ in 0..<count {
            let length = Int.random(in: lengths, using: &random)
            entries.append((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
        let codes = (0..<1500).map { _ in UInt64.random(in: 0..<UInt64(count), using: &random) }
        for some in [codes, Array(codes.prefix(2))] {
            let strings = try StringNode.gather(some, from: entries, in: NoEnvironment())
            #expect((0..<strings.count).map { Array(strings[$0]) } == some.map { Array(entries[Int($0)]) })
        }
        #expect(throws: DecodeError.self) {
            try StringNode.gather(codes + [UInt64(count)], from: entries, in: NoEnvironment())
        }
    }
}
