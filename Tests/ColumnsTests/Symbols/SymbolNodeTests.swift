import Bytes
import Testing

@testable import Columns

@Suite struct SymbolNodeTests {
    @Test func nodeHoldsWhatDecodesToTheStrings() throws {
        let strings = SymbolTrainingTests.messages(4000, seed: 1)
        let node = try #require(StringNode.symbols(encoding: strings, profile: .hot))
        guard case .symbols(.inline(let table), let lengths, let decodedByteCount, let encoded) = node else {
            Issue.record("not a node of symbols with its own table")
            return
        }
        let decoded = try table.decode(
            encodedLengths: lengths.decode(count: 4000, rows: .unknown, in: NoEnvironment()),
            encoded: encoded.raw(in: NoEnvironment()), decodedByteCount: decodedByteCount)
        #expect(decoded == strings)
    }

    @Test func noGainNoNode() {
        #expect(StringNode.symbols(encoding: StringVector(), profile: .hot) == nil)
        #expect(StringNode.symbols(encoding: StringVector(["", ""]), profile: .hot) == nil)
        #expect(StringNode.symbols(encoding: StringVector(["short"]), profile: .cold) == nil)
        let random = SymbolTrainingTests.randomStrings(2000, upTo: 40, seed: 3)
        #expect(StringNode.symbols(encoding: random, profile: .hot) == nil)
    }

    @Test func givenTableIsNamed() {
        let strings = SymbolTrainingTests.messages(100, seed: 4)
        let table = SymbolTable.trained(on: strings)
        let node = StringNode.symbols(
            encoding: strings, with: SymbolEncoder(table), table: .resource(3), profile: .hot)
        guard case .symbols(.resource(3), _, strings.bytes.count, _) = node else {
            Issue.record("another node")
            return
        }
    }
}
