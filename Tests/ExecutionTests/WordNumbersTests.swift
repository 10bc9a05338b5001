import Bytes
import Testing

@testable import Execution

@Suite("Numbers by words")
struct WordNumbersTests {
    @Test("every word has the number that it was given, and others have none", arguments: [0, 1, 7, 8, 1000])
    func lookup(count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        // Words that follow one another, and words of which only the highest bits differ, are the ones that fall together.
        let words = (0..<count).map { index -> UInt64 in
            switch index % 3 {
            case 0: UInt64(index)
            case 1: UInt64(index) << 48
            default: random.next() | 1 << 40
            }
        }
        var numbers = WordNumbers()
        for (number, word) in words.enumerated() { numbers.insert(number, for: word) }
        #expect(numbers.count == count)
        for (number, word) in words.enumerated() { #expect(numbers[word] == number) }
        for word in [UInt64.max, 1 << 41, UInt64(count) * 3 + 1] where !words.contains(word) {
            #expect(numbers[word] == nil)
        }
    }
}
