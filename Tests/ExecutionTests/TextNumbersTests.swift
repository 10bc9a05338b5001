import Bytes
import Columns
import Testing

@testable import Execution

@Suite("Numbers by texts")
struct TextNumbersTests {
    /// Texts of all lengths about those that stand in the table themselves, many of which differ in one byte.
    private let texts: [[UInt8]] = {
        var random = SplitMix64(seed: 5)
        var texts: Set<[UInt8]> = [[]]
        for length in 1...40 {
            let text = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next() % 3) }
            for place in 0..<length {
                var other = text
                other[place] ^= 0x80
                texts.insert(other)
            }
            texts.insert([UInt8](repeating: 0, count: length))
            texts.insert([UInt8](repeating: 255, count: length))
        }
        return texts.sorted { $0.lexicographicallyPrecedes($1) }
    }()

    @Test("every text has a number of its own, whichever way one asks")
    func numbers() {
        var vector = StringVector()
        for text in texts { vector.append(text) }
        var numbers = TextNumbers()
        #expect(texts.map { numbers.number(of: $0[...]) } == Array(texts.indices))
        #expect(texts.indices.map { numbers.number(of: vector, $0) } == Array(texts.indices))
        #expect(numbers.count == texts.count)
        #expect(texts.indices.map { Array(numbers[$0]) } == texts)
    }
}
