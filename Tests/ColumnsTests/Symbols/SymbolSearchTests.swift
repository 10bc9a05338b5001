import Bytes
import Testing

@testable import Columns

@Suite struct SymbolSearchTests {
    static func indexes(_ matches: Bitmap) -> [Int] { (0..<matches.count).filter { matches[$0] } }

    @Test func equalStringsAreFoundWithoutDecoding() throws {
        let strings = SymbolTrainingTests.messages(2000, seed: 1)
        let table = SymbolTable.trained(on: strings)
        let encoded = SymbolEncoder(table).encode(strings)
        for needle in [Array(strings[0]), Array(strings[1999]), Array(strings[77].dropLast()), [], [0, 255]] {
            let bitmap = try table.matches(
                anyOf: [needle], encodedLengths: encoded.lengths, encoded: encoded.bytes[...])
            #expect(Self.indexes(bitmap) == (0..<2000).filter { strings[$0].elementsEqual(needle) })
        }
    }

    @Test func lengthsThatDoNotAddUpAreRefused() {
        let table = SymbolTableTests.table("a")
        for lengths in [[1], [3], [.max, 3], []] as [[UInt64]] {
            #expect(throws: DecodeError.self) {
                try table.matches(anyOf: [[0x61]], encodedLengths: lengths, encoded: [0, 0])
            }
        }
    }

    @Test func partOfAStringIsFoundButNotAcrossTwo() {
        let strings = StringVector(["abc", "", "cab", "bcbc", "ab", "cd", "b"])
        #expect(Self.indexes(strings.matches(containing: Array("bc".utf8))) == [0, 3])
        #expect(Self.indexes(strings.matches(containing: Array("ab".utf8))) == [0, 2, 4])
        #expect(Self.indexes(strings.matches(containing: Array("b".utf8))) == [0, 2, 3, 4, 6])
        #expect(Self.indexes(strings.matches(containing: Array("abcd".utf8))) == [])
        #expect(Self.indexes(strings.matches(containing: [])) == Array(0..<7))
        #expect(StringVector().matches(containing: [1]) == Bitmap(count: 0))
    }

    @Test func searchAgreesWithTryingEveryPlace() {
        var generator = SplitMix64(seed: 2)
        for round in 0..<300 {
            var strings = StringVector()
            for _ in 0..<Int.random(in: 1...90, using: &generator) {
                let length = Int.random(in: 0...(round % 40), using: &generator)
                strings.append((0..<length).map { _ in UInt8.random(in: 0...1, using: &generator) })
            }
            let needle = (0..<Int.random(in: 1...7, using: &generator)).map { _ in
                UInt8.random(in: 0...1, using: &generator)
            }
            let expected = (0..<strings.count).filter { index in
                let string = Array(strings[index])
                return string.indices.contains { string[$0...].starts(with: needle) }
            }
            #expect(Self.indexes(strings.matches(containing: needle)) == expected)
        }
    }
}
