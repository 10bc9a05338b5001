import Bytes
import Testing

@testable import Columns

@Suite struct SymbolTrainingTests {
    static func messages(_ count: Int, seed: UInt64) -> StringVector {
        var generator = SplitMix64(seed: seed)
        let words = ["GET /api/v1/", "orders", "payments", " status=", "user-", "timeout after ", " ms", "http://"]
        return StringVector(
            (0..<count).map { _ in
                (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                    words.randomElement(using: &generator)! + String(Int.random(in: 0...99, using: &generator))
                }.joined()
            })
    }

    static func randomStrings(_ count: Int, upTo byteCount: Int, seed: UInt64) -> StringVector {
        var generator = SplitMix64(seed: seed)
        var strings = StringVector()
        for _ in 0..<count {
            let length = Int.random(in: 0...byteCount, using: &generator)
            strings.append((0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
        return strings
    }

    static func expectRoundTrip(_ strings: StringVector, with table: SymbolTable) throws -> Int {
        let encoded = SymbolEncoder(table).encode(strings)
        let decoded = try table.decode(
            encodedLengths: encoded.lengths, encoded: encoded.bytes[...], decodedByteCount: strings.bytes.count)
        #expect(decoded == strings)
        return encoded.bytes.count
    }

    @Test func repetitiveTextShrinksToLessThanHalf() throws {
        let strings = Self.messages(5000, seed: 1)
        let table = SymbolTable.trained(on: strings)
        #expect(try Self.expectRoundTrip(strings, with: table) * 5 < strings.bytes.count * 2)
        #expect(table.symbols.count <= 255)
    }

    /// What always stands together becomes one symbol, though all its parts could be symbols too.
    @Test func wholeWordsBecomeSymbols() {
        let strings = StringVector((0..<3000).map { "level=warning host=\($0 % 7)" })
        let table = SymbolTable.trained(on: strings)
        let encoder = SymbolEncoder(table)
        #expect(encoder.encode(Array("level=warning host=3".utf8)).count <= 4)
        #expect(table.symbols.count < 64)
    }

    @Test func tableIsNotLargerThanWhatItSaves() {
        #expect(SymbolTable.trained(on: StringVector(["abcdefgh", "abcdefgh"])).byteCount <= 16)
    }

    @Test func trainingIsDeterministic() {
        let strings = Self.messages(3000, seed: 2)
        #expect(SymbolTable.trained(on: strings) == SymbolTable.trained(on: strings))
    }

    @Test func symbolsAreUniqueAndOrdered() {
        let table = SymbolTable.trained(on: Self.messages(500, seed: 3))
        for code in 1..<table.symbols.count {
            #expect(table.symbols[code - 1].lexicographicallyPrecedes(table.symbols[code]))
        }
    }

    @Test func anyBytesComeBack() throws {
        for (count, byteCount) in [(0, 0), (1, 0), (3, 1), (300, 40), (2, 40_000), (1, 9)] {
            let strings = Self.randomStrings(count, upTo: byteCount, seed: UInt64(count))
            _ = try Self.expectRoundTrip(strings, with: SymbolTable.trained(on: strings))
            _ = try Self.expectRoundTrip(strings, with: SymbolTable.trained(on: Self.messages(50, seed: 4)))
            _ = try Self.expectRoundTrip(strings, with: SymbolTable(symbols: StringVector()))
        }
    }

    @Test func oneLongStringIsSampledInStretches() throws {
        let parts = Self.messages(20_000, seed: 5)
        let strings = StringVector(bytes: parts.bytes, ends: [UInt32(parts.bytes.count)])
        #expect(SymbolSample.strings(of: strings).bytes.count == SymbolSample.byteCount)
        #expect(try Self.expectRoundTrip(strings, with: SymbolTable.trained(on: strings)) * 2 < strings.bytes.count)
    }
}
