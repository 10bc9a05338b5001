import Bytes
import Testing

@testable import Columns

@Suite struct SymbolTableTests {
    static func table(_ symbols: String...) -> SymbolTable { SymbolTable(symbols: StringVector(symbols)) }

    static func decoded(
        _ table: SymbolTable, _ lengths: [UInt64], _ encoded: [UInt8], count: Int
    ) throws(DecodeError) -> StringVector {
        try table.decode(encodedLengths: lengths, encoded: encoded[...], decodedByteCount: count)
    }

    @Test func writesCountLengthsAndBytes() throws {
        let table = Self.table("a", "http://w", "é")
        var writer = ByteWriter()
        table.write(to: &writer)
        #expect(writer.bytes == [3, 1, 8, 2] + Array("ahttp://wé".utf8))
        var reader = ByteReader(writer.bytes + [7])
        #expect(try SymbolTable.parse(&reader) == table)
        #expect(reader.remainingByteCount == 1)
    }

    @Test(arguments: [[], [1], [1, 0], [1, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9], [2, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8]])
    func damagedTableIsRefused(_ bytes: [UInt8]) {
        #expect(throws: DecodeError.self) {
            var reader = ByteReader(bytes)
            _ = try SymbolTable.parse(&reader)
        }
    }

    @Test func longestSymbolWinsAndEscapesStandForThemselves() throws {
        let table = Self.table("a", "ab", "abc", "abcdefgh", "abcde")
        let encoder = SymbolEncoder(table)
        #expect(encoder.encode(Array("abcdefgh".utf8)) == [3])
        #expect(encoder.encode(Array("abcdefg".utf8)) == [4, 255, 0x66, 255, 0x67])
        #expect(encoder.encode(Array("abcd".utf8)) == [2, 255, 0x64])
        #expect(encoder.encode(Array("aab".utf8)) == [0, 1])
        #expect(encoder.encode([]) == [])
        let decoded = try Self.decoded(table, [1, 0, 2], [3, 255, 255], count: 9)
        #expect(decoded == StringVector(bytes: Array("abcdefgh".utf8) + [255], ends: [8, 8, 9]))
    }

    @Test func ofEqualSymbolsTheLowestCodeIsTaken() {
        let encoder = SymbolEncoder(Self.table("q", "xyz", "q", "xyz", "no", "no"))
        #expect(encoder.encode(Array("xyzqno".utf8)) == [1, 0, 4])
    }

    @Test func symbolDoesNotReachIntoTheNextString() {
        let encoder = SymbolEncoder(Self.table("ab", "abcd", "bc"))
        let encoded = encoder.encode(StringVector(["a", "b", "abc", "d"]))
        #expect(encoded.bytes == [255, 0x61, 255, 0x62, 0, 255, 0x63, 255, 0x64])
        #expect(encoded.lengths == [2, 2, 3, 2])
    }

    /// Many strings are encoded by turns; that must not show.
    @Test(arguments: [false, true]) func stringIsEncodedTheSameAloneAndAmongOthers(_ hasZeros: Bool) throws {
        var table = SymbolTable.trained(on: SymbolTrainingTests.messages(300, seed: 1))
        if hasZeros {
            table.symbols = StringVector(
                bytes: Array(table.symbols.bytes.dropLast(table.symbols[table.symbols.count - 1].count)) + [0, 49],
                ends: table.symbols.ends.dropLast() + [table.symbols.ends[table.symbols.count - 2] + 2])
        }
        let encoder = SymbolEncoder(table)
        let messages = SymbolTrainingTests.messages(500, seed: 7)
        for count in [1, 2, 63, 64, 65, 500] {
            for emptyEvery in [1, 2, 3, 1000] {
                var strings = StringVector()
                for index in 0..<count {
                    let cut = messages[index].prefix(index % 40) + (index % 5 == 0 ? [0, 49, 0] : [])
                    strings.append(index % emptyEvery == 0 && emptyEvery < 1000 ? [] : cut)
                }
                let encoded = encoder.encode(strings)
                var position = 0
                for index in 0..<count {
                    let end = position + Int(encoded.lengths[index])
                    #expect(encoder.encode(Array(strings[index])).elementsEqual(encoded.bytes[position..<end]))
                    position = end
                }
                #expect(position == encoded.bytes.count)
                #expect(
                    try table.decode(
                        encodedLengths: encoded.lengths, encoded: encoded.bytes[...],
                        decodedByteCount: strings.bytes.count) == strings)
            }
        }
    }

    @Test func zeroBytesAreOrdinaryBytes() throws {
        let zeros = SymbolTable(symbols: StringVector(bytes: [0, 0, 0, 0, 65, 0, 0, 0, 0], ends: [1, 4, 9]))
        let text = StringVector(bytes: [65, 0, 0, 0, 0, 0, 0, 65, 0], ends: [1, 3, 7, 9])
        let encoded = SymbolEncoder(zeros).encode(text)
        #expect(encoded.lengths == [2, 2, 2, 3])
        #expect(try Self.decoded(zeros, encoded.lengths, encoded.bytes, count: 9) == text)
    }

    @Test(
        arguments: [
            ([1], [5], 1),  // beyond the table
            ([9], [0, 0, 0, 0, 0, 0, 0, 0, 5], 9),
            ([1], [255], 1),  // cut escape
            ([1, 1], [255, 65], 1),  // an escape does not reach into the next string
            ([2], [0, 0], 3),  // wrong totals
            ([2], [0, 0], 1),
            ([2], [255, 65], 0),
            ([1], [0, 0], 2),
            ([2], [0], 1),
            ([1], [0], 9),
            ([1], [0], -1),
            ([UInt64.max, 2], [0], 1),
            ([UInt64.max, UInt64.max, 3], [0], 1),
        ] as [([UInt64], [UInt8], Int)])
    func damagedStringsAreRefused(_ lengths: [UInt64], _ encoded: [UInt8], _ count: Int) {
        #expect(throws: DecodeError.self) { try Self.decoded(Self.table("a"), lengths, encoded, count: count) }
    }

    @Test func randomBytesAreRefusedOrDecodedToTheStatedLength() {
        var generator = SplitMix64(seed: 4)
        var acceptedCount = 0
        for round in 0..<3000 {
            let limit = round % 3 == 0 ? 255 : 6
            let encoded = (0..<Int.random(in: 0...100, using: &generator)).map { _ in
                UInt8(Int.random(in: 0..<limit, using: &generator))
            }
            let cut = UInt64.random(in: 0...UInt64(encoded.count), using: &generator)
            let table = Self.table("a", "bc", "def", "ghij", "klmnopqr")
            let count = Int.random(in: 0...(encoded.count * 8 + 1), using: &generator)
            let exact = encoded.reduce(0) { $0 + ($1 < 5 ? [1, 2, 3, 4, 8][Int($1)] : 0) }
            for decodedByteCount in [count, exact] {
                let lengths = [cut, UInt64(encoded.count) - cut]
                if let strings = try? Self.decoded(table, lengths, encoded, count: decodedByteCount) {
                    #expect(strings.bytes.count == decodedByteCount && strings.ends.last! == decodedByteCount)
                    acceptedCount += 1
                }
            }
        }
        #expect(acceptedCount > 100)
    }
}
