import Bytes
import Testing

@testable import Columns

struct TemplateMatchingTests {
    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        text.count >= part.count
            && (0...text.count - part.count).contains { text[$0..<$0 + part.count].elementsEqual(part) }
    }

    /// Three templates: `[{0} {1}]`, `plain`, `{0}={0}`.
    private let set = TemplateSet(
        slotCounts: [2, 0, 2], slotStreams: [0, 1, 0, 0], streamCount: 2,
        literals: StringVector(["[", " ", "]", "plain", "", "=", ""]))

    @Test func `what templates tell of a text is what the messages say, and they tell of most`() throws {
        var generator = SplitMix64(seed: 5)
        func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
        let first = ["a", "ab", "", "b", "xy", "plain"]
        var toldCount = 0
        for _ in 0..<400 {
            let codes = (0..<1 + number(6)).map { _ in UInt64(number(3)) }
            let slots = codes.reduce((0, 0)) { $0 + [(1, 1), (0, 0), (2, 0)][Int($1)] }
            let streams = [
                StringNode.Stream(
                    count: slots.0,
                    node: slots.0 == 0 ? .constant([]) : .values((0..<slots.0).map { _ in first[number(6)] })),
                StringNode.Stream(
                    count: slots.1,
                    node: slots.1 == 0
                        ? .constant([])
                        : .integerText(digits: 0, values: .values((0..<slots.1).map { _ in UInt64(number(200)) }))),
            ]
            let node = StringNode.template(resource: 0, codes: .values(codes), streams: streams)
            let messages = try node.decode(
                count: codes.count, rows: .identity, in: TemplateResources(set))
            for part in ["a", "b]", "[", "lain", "=", "a=a", "[ ", "1", "] ", "b 1", "xyz", "plain=", " 12]", "y"] {
                let found = try node.templateMatches(
                    containing: Array(part.utf8), count: codes.count, rows: .identity, in: TemplateResources(set))
                let (certain, possible) = try #require(found)
                if possible.isEmpty { toldCount += 1 }
                for index in codes.indices where !possible[index] {
                    #expect(certain[index] == Self.contains(Array(messages[index]), Array(part.utf8)), "\(part)")
                }
            }
        }
        #expect(toldCount > 2000)
    }

    @Test func `texts that are too long, and nodes without templates, are not told of`() throws {
        let node = StringNode.template(
            resource: 0, codes: .values([1]),
            streams: [.init(count: 0, node: .constant([])), .init(count: 0, node: .constant([]))])
        func isTold(_ text: String) throws -> Bool {
            try node.templateMatches(
                containing: Array(text.utf8), count: 1, rows: .identity, in: TemplateResources(set)) != nil
        }
        #expect(try isTold(String(repeating: "a", count: 64)))
        #expect(try !isTold(String(repeating: "a", count: 65)))
        #expect(try !isTold(""))
        #expect(
            try StringNode.values(["a"]).templateMatches(
                containing: [97], count: 1, rows: .identity, in: NoEnvironment()) == nil)
    }
}

private func + (left: (Int, Int), right: (Int, Int)) -> (Int, Int) { (left.0 + right.0, left.1 + right.1) }
