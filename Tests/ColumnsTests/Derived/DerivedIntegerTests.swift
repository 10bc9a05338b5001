import Bytes
import Testing

@testable import Columns

@Suite struct DerivedIntegerTests {
    private let environment: DerivedEnvironment = {
        let environment = DerivedEnvironment()
        // Rows 0 ... 5; row 2 has no value.
        environment.sources[3] = .init(valueIndexes: [0, 1, .max, 2, 3, 4], values: [10, 11, 12, 13, 14])
        environment.sources[4] = .init(valueIndexes: nil, values: [1, 0, 2, 1, 0, 0])
        environment.integers[7] = [100, 200, 300]
        return environment
    }()

    private func plain(_ values: [UInt64]) -> IntegerNode {
        values.isEmpty ? .constant(0) : .packed(encoding: values, base: 0, width: 64)
    }

    private func links(_ positions: [UInt64], _ rest: [UInt64]) -> DerivedLinks<IntegerNode> {
        DerivedLinks(
            exceptionCount: positions.count, exceptionPositions: plain(positions), restCount: rest.count,
            rest: plain(rest))
    }

    @Test func equalTakesTheValueOfTheRow() throws {
        var node = IntegerNode.equal(source: 3, offset: 0 &- 1, links: links([4], [77, 88]))
        #expect(try node.roundTrip(count: 6, rows: .identity, in: environment) == [9, 10, 77, 11, 88, 13])
        node = .equal(source: 3, offset: 5, links: links([], [1]))
        #expect(try node.roundTrip(count: 3, rows: .rows([1, 2, 5]), in: environment) == [16, 1, 19])
        // Several values of one row, as the slots of a message have.
        node = .equal(source: 4, offset: 0, links: links([], []))
        #expect(try node.roundTrip(count: 4, rows: .rows([0, 0, 2, 2]), in: environment) == [1, 1, 2, 2])
    }

    @Test func mappedLooksTheCodeUp() throws {
        let node = IntegerNode.mapped(source: 4, resource: 7, links: links([0], [5]))
        #expect(try node.roundTrip(count: 6, rows: .identity, in: environment) == [5, 100, 300, 200, 100, 100])
        #expect(try node.matches(.equal(100), count: 6, rows: .identity, in: environment).words == [0b110010])
    }

    @Test func sharedDictionaryPassesItsRowsToItsCodes() throws {
        let node = IntegerNode.sharedDictionary(
            resource: 7, codes: .equal(source: 4, offset: 0, links: links([], [])))
        #expect(try node.roundTrip(count: 2, rows: .rows([2, 4]), in: environment) == [300, 100])
        #expect(try node.matches(.equal(300), count: 2, rows: .rows([2, 4]), in: environment).words == [1])
        let packed = IntegerNode.sharedDictionary(resource: 7, codes: .packed(encoding: [2, 1, 1, 0]))
        #expect(try packed.roundTrip(count: 4, in: environment) == [300, 200, 200, 100])
        #expect(
            try packed.matches(.set([200, 300]), count: 4, rows: .unknown, in: environment).words == [0b0111])
    }

    @Test func whatDoesNotFitIsAnError() {
        let broken: [(IntegerNode, Int, RowMap)] = [
            (.equal(source: 3, offset: 0, links: links([], [1])), 6, .unknown),
            (.equal(source: 3, offset: 0, links: links([], [1])), 7, .identity),
            (.equal(source: 3, offset: 0, links: links([], [])), 6, .identity),
            (.equal(source: 3, offset: 0, links: links([], [1, 2])), 6, .identity),
            (.equal(source: 3, offset: 0, links: links([2], [1, 2])), 6, .identity),
            (.equal(source: 3, offset: 0, links: links([1, 0], [1, 2, 3])), 6, .identity),
            (.equal(source: 3, offset: 0, links: links([6], [1, 2])), 6, .identity),
            (.equal(source: 3, offset: 0, links: links([], [])), 1, .rows([6])),
            (.equal(source: 3, offset: 0, links: links([], [])), 2, .rows([1])),
            (.equal(source: 9, offset: 0, links: links([], [])), 2, .identity),
            (.equal(source: 4, offset: 0, links: links([], [])), 7, .identity),
            (.mapped(source: 3, resource: 7, links: links([], [])), 2, .identity),
            (.mapped(source: 4, resource: 8, links: links([], [])), 2, .identity),
            (
                .patched(
                    count: 1, positions: .constant(0), values: .constant(1),
                    child: .equal(source: 4, offset: 0, links: links([], []))), 2, .identity
            ),
        ]
        for (node, count, rows) in broken {
            #expect(throws: DecodeError.self) { try node.roundTrip(count: count, rows: rows, in: environment) }
        }
    }
}
