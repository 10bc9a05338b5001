import Bytes
import Testing

@testable import Columns

struct TemplateKernelTests {
    private func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            Bool.random(using: &generator)
                ? UInt8.random(in: 0...255, using: &generator) : UInt8.random(in: 0x28...0x7B, using: &generator)
        }
    }

    private func isWordPart(_ byte: UInt8) -> Bool {
        let character = Character(UnicodeScalar(byte))
        return byte < 0x80 && (character.isLetter || character.isNumber || "_-.".contains(character))
    }

    @Test func `sets of characters hold the bytes of their kind`() {
        for count in Array(0...200) + [4096] {
            let bytes = bytes(count, seed: UInt64(count))
            let sets = CharacterSets(bytes)
            func bit(_ set: [UInt64], _ index: Int) -> Bool { set[index / 64] >> UInt64(index % 64) & 1 == 1 }
            for index in 0..<sets.words.count * 64 {
                let byte = index < count ? bytes[index] : 0
                #expect(bit(sets.words, index) == isWordPart(byte))
                #expect(bit(sets.digits, index) == (0x30...0x39).contains(byte))
                #expect(bit(sets.returns, index) == (byte == 0x0D))
            }
        }
    }

    @Test func `places are found in both directions`() {
        let bits: [UInt64] = [0x8000_0000_0000_0001, 0, .max, .max, 0x0F]
        func contains(_ place: Int) -> Bool { bits[place / 64] >> UInt64(place % 64) & 1 == 1 }
        bits.withUnsafeBufferPointer { buffer in
            let set = PlaceSet(buffer.baseAddress!)
            for start in stride(from: 0, through: 320, by: 3) {
                for end in stride(from: start, through: 320, by: 5) {
                    #expect(set.first(from: start, to: end) == (start..<end).first(where: contains) ?? end)
                    #expect(set.firstMissing(from: start, to: end) == (start..<end).first { !contains($0) } ?? end)
                    let missing = (start..<end).last { !contains($0) }
                    #expect(set.startOfRun(before: end, from: start) == missing.map { $0 + 1 } ?? start)
                }
            }
        }
    }

    @Test func `bytes are equal when all are`() {
        for count in 0...70 {
            let first = bytes(count, seed: 9)
            #expect(first.withUnsafeBufferPointer { equal($0, first) })
            for index in 0..<count {
                var second = first
                second[index] ^= 1 << UInt8(index % 8)
                #expect(!first.withUnsafeBufferPointer { equal($0, second) })
            }
        }
    }

    private func equal(_ first: UnsafeBufferPointer<UInt8>, _ second: [UInt8]) -> Bool {
        guard let start = first.baseAddress else { return second.isEmpty }
        return LiteralBytes.equal(start, second, second.count)
    }

    @Test func `hashes tell apart where a literal ends`() {
        func hash(_ literals: [String]) -> UInt64 {
            literals.reduce(LiteralBytes.seed) { LiteralBytes.hash($0, Array($1.utf8), $1.utf8.count) }
        }
        let sequences = [
            ["a", "b"], ["ab", ""], ["", "ab"], ["ab"], ["", ""], [""], ["b", "a"], ["abcdefgh", "i"],
            ["abcdefghi", ""], ["abcdefghijklmnop", "q"], ["abcdefghijklmnopq", ""], ["abcdefghijklmnop\0", ""],
        ]
        #expect(Set(sequences.map(hash)).count == sequences.count)
        #expect(hash(["same", "text"]) == hash(["same", "text"]))
    }
}
