import Bytes
import Testing

@testable import Columns

@Suite struct GroupedNodeTests {
    private let environment: DerivedEnvironment = {
        let environment = DerivedEnvironment()
        // Rows 0 ... 4 say 1, 0, 1, nothing, 0.
        environment.sources[3] = .init(valueIndexes: [0, 1, 2, .max, 3], values: [1, 0, 1, 0])
        environment.sources[4] = .init(valueIndexes: nil, values: [0, 0, 1, 1, 0])
        environment.sources[5] = .init(valueIndexes: nil, values: [0, 1 << 16, 0, 0, 0])
        environment.integers[7] = [100, 200]
        return environment
    }()

    private func plain(_ values: [UInt64]) -> IntegerNode { .packed(encoding: values, base: 0, width: 64) }

    @Test("integers stand by the source's code, in their order, those without a source at the end")
    func integers() throws {
        let node = IntegerNode.grouped(source: 3, child: plain([20, 50, 10, 30, 40]))
        #expect(try node.roundTrip(count: 5, rows: .identity, in: environment) == [10, 20, 30, 40, 50])
        let some = IntegerNode.grouped(source: 3, child: plain([20, 21, 30]))
        #expect(try some.roundTrip(count: 3, rows: .rows([1, 2, 4]), in: environment) == [20, 30, 21])
        #expect(try node.matches(.equal(30), count: 5, rows: .identity, in: environment).words == [0b00100])
    }

    @Test("strings, doubles and ids stand by the source's code, too")
    func otherKinds() throws {
        let strings = StringNode.grouped(
            source: 3, child: .plain(lengths: .constant(1), bytes: StoredBuffer(raw: Array("beacd".utf8))))
        #expect(
            try strings.decode(count: 5, rows: .identity, in: environment) == StringVector(["a", "b", "c", "d", "e"]))
        #expect(
            try strings.matches(.equal(Array("c".utf8)), count: 5, rows: .identity, in: environment).words == [0b00100])
        let doubles = FloatNode.grouped(source: 3, child: .bits(plain([2.5, 5.5, 1.5, 3.5, 4.5].map(\.bitPattern))))
        #expect(try doubles.decode(count: 5, rows: .identity, in: environment) == [1.5, 2.5, 3.5, 4.5, 5.5])
        #expect(try doubles.matches(2...3, count: 5, rows: .identity, in: environment).words == [0b00010])
        let ids = FixedNode.grouped(
            source: 3, child: .raw(StoredBuffer(raw: [2, 5, 1, 3, 4].flatMap { [UInt8](repeating: $0, count: 8) })))
        #expect(
            try ids.decode(count: 5, width: 8, rows: .identity, in: environment)
                == [1, 2, 3, 4, 5].flatMap { [UInt8](repeating: $0, count: 8) })
    }

    @Test("what is grouped may be derived or grouped again: its rows are known")
    func nested() throws {
        // By source 3: rows 1, 4, 0, 2, 3. By source 4 these: 1, 4, 0 and then 2, 3.
        let twice = IntegerNode.grouped(source: 3, child: .grouped(source: 4, child: plain([20, 50, 10, 30, 40])))
        #expect(try twice.roundTrip(count: 5, rows: .identity, in: environment) == [10, 20, 30, 40, 50])
        let links = DerivedLinks<IntegerNode>(
            exceptionCount: 1, exceptionPositions: .constant(1), restCount: 1, rest: .constant(7))
        let mapped = IntegerNode.grouped(source: 3, child: .mapped(source: 4, resource: 7, links: links))
        // Row 4 is the second in the order of source 3.
        #expect(try mapped.roundTrip(count: 5, rows: .identity, in: environment) == [100, 100, 200, 200, 7])
    }

    @Test("a grouped node is refused where rows are not known, where rows are missing, and by codes of 65,536 and more")
    func refused() {
        let values = plain([1, 2, 3, 4, 5])
        let broken: [(IntegerNode, Int, RowMap)] = [
            (.grouped(source: 3, child: values), 5, .unknown),
            (.grouped(source: 3, child: plain([1, 2, 3, 4, 5, 6])), 6, .identity),
            (.grouped(source: 4, child: plain([1, 2, 3, 4, 5, 6])), 6, .identity),
            (.grouped(source: 3, child: values), 5, .rows([0, 1])),
            (.grouped(source: 3, child: values), 5, .rows([0, 1, 2, 3, 9])),
            (.grouped(source: 5, child: values), 5, .identity),
            (.grouped(source: 9, child: values), 5, .identity),
            (.trend(step: 0, child: .grouped(source: 3, child: values)), 5, .identity),
            (.grouped(source: 3, child: .trend(step: 0, child: .grouped(source: 3, child: values))), 5, .identity),
            (
                .grouped(
                    source: 3, child: .sharedDictionary(resource: 7, codes: .grouped(source: 4, child: .constant(0)))),
                5, .identity
            ),
        ]
        for (node, count, rows) in broken {
            #expect(throws: DecodeError.self) { try node.roundTrip(count: count, rows: rows, in: environment) }
        }
    }

    @Test("a place in the order of groups is found without the order, of few rows and of many")
    func places() throws {
        var generator = SplitMix64(seed: 4)
        let rowCount = 700
        let source = DerivedEnvironment.Source(
            valueIndexes: (0..<UInt32(rowCount)).map { $0 % 7 == 0 ? .max : $0 },
            values: (0..<rowCount).map { _ in generator.next() % 9 })
        let groups = try RowGroups(source)
        var presence = Bitmap(count: rowCount)
        for row in 0..<rowCount where generator.next() % 3 > 0 { presence[row] = true }
        for rows in [nil, presence] {
            let all = rows?.positions ?? Array(0..<UInt32(rowCount))
            let order = try groups.of(.rows(all), count: all.count).order
            #expect(groups.rows(rows) == order.map { all[Int($0)] })
            let places = order.inverted
            for indexes in [[5, 3, 400], Array(all.indices), all.indices.reversed()] {
                let wanted = indexes.map { all[$0] }
                #expect(try groups.places(of: wanted, among: rows) == indexes.map { places[$0] })
            }
        }
        #expect(throws: DecodeError.self) { try groups.places(of: [700], among: nil) }
        #expect(throws: DecodeError.self) { try groups.places(of: [1], among: Bitmap(count: 699)) }
    }

    @Test("an order puts groups together by their number and keeps what is in one as it was")
    func order() {
        #expect(GroupOrder.order([]) == [])
        #expect(GroupOrder.order([2, 0, 2, 65_536, 0, 1]) == [1, 4, 5, 0, 2, 3])
        var generator = SplitMix64(seed: 3)
        let groups = (0..<5000).map { _ in UInt32(generator.next() % 70) }
        let expected = groups.indices.sorted { (groups[$0], $0) < (groups[$1], $1) }.map { UInt32($0) }
        #expect(GroupOrder.order(groups) == expected)
    }
}
