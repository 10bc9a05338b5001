import Testing

@testable import Columns

@Suite("Choices that are remembered from page to page") struct ChoiceMemoryTests {
    @Test("columns of every kind, one after another with one memory, give back their values")
    func everyColumnAfterEveryOther() throws {
        let memory = ChoiceMemory()
        for _ in 0..<2 {
            for name in IntegerColumnSamples.names {
                for count in [2, 64, 1025, 5000] {
                    let values = IntegerColumnSamples.column(name, count: count)
                    let node = IntegerNode.encoding(values, profile: .hot, memory: memory)
                    #expect(try node.roundTrip(count: count) == values)
                }
            }
        }
    }

    @Test("a choice that takes more than it did is made anew at once")
    func worseIsChosenAnew() {
        let memory = ChoiceMemory()
        let runs = IntegerColumnSamples.column("runs", count: 8192)
        for _ in 0..<3 { _ = IntegerNode.encoding(runs, profile: .hot, memory: memory) }
        let others = IntegerColumnSamples.column("recent", count: 8192)
        #expect(
            IntegerNode.encoding(others, profile: .hot, memory: memory) == IntegerNode.encoding(others, profile: .hot))
    }

    @Test("a better choice is found after a while")
    func betterIsFound() {
        let memory = ChoiceMemory()
        let random = IntegerColumnSamples.column("random", count: 4096)
        _ = IntegerNode.encoding(random, profile: .hot, memory: memory)
        let counter = IntegerColumnSamples.column("counter", count: 4096)
        let best = IntegerNode.encoding(counter, profile: .hot)
        #expect(IntegerNode.encoding(counter, profile: .hot, memory: memory).byteCount > best.byteCount)
        for _ in 0..<40 { _ = IntegerNode.encoding(counter, profile: .hot, memory: memory) }
        #expect(IntegerNode.encoding(counter, profile: .hot, memory: memory) == best)
    }

    @Test("the same values in the same order give the same nodes")
    func isRepeatable() {
        func nodes() -> [IntegerNode] {
            let memory = ChoiceMemory()
            return IntegerColumnSamples.names.flatMap { name in
                (0..<3).map { _ in
                    IntegerNode.encoding(
                        IntegerColumnSamples.column(name, count: 3000), profile: .hot, memory: memory)
                }
            }
        }
        #expect(nodes() == nodes())
    }

    @Test("texts and doubles whose kind changes give back their values")
    func textsAndDoubles() throws {
        let memory = ChoiceMemory()
        let texts: [[String]] = [
            (0..<600).map { "order-\($0 * 7)" }, (0..<600).map { "10.0.\($0 % 7).\($0 % 250)" },
            (0..<600).map { ["red", "green", "blue"][$0 % 3] }, (0..<600).map { "order-\($0 * 9)" },
        ]
        for strings in texts {
            let values = StringVector(strings)
            let node = StringNode.encoding(values, profile: .hot, memory: memory)
            #expect(try node.decode(count: 600, rows: .unknown, in: NoEnvironment()).isEqual(to: values))
        }
        for divisor in [100.0, 1000, 3, 8, 100] {
            let values = (0..<600).map { Double($0 * 37 % 501) / divisor }
            let node = FloatNode.encoding(values, profile: .hot, memory: memory)
            #expect(try node.decode(count: 600, rows: .unknown, in: NoEnvironment()) == values)
        }
    }
}
