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
                let search = try #require(TextSearch(SoughtText(Array(part.utf8))))
                let resources = TemplateResources(set)
                let found = try #require(try node.templateMatches(search, in: resources))
                let (certain, possible) = try node.messages(
                    of: found, count: codes.count, rows: .identity, in: resources)
                if try node.provesNone(found, in: resources) { #expect(certain.isEmpty && possible.isEmpty) }
                if possible.isEmpty { toldCount += 1 }
                for index in codes.indices where !possible[index] {
                    #expect(certain[index] == Self.contains(Array(messages[index]), Array(part.utf8)), "\(part)")
                }
            }
        }
        #expect(toldCount > 2000)
    }

    @Test func `a text that lies in a literal and slots, or in several slots, is not overlooked`() throws {
        let node = StringNode.template(
            resource: 0, codes: .values([0, 2]),
            streams: [
                .init(count: 3, node: .values(["one", "two", "three"])),
                .init(count: 1, node: .affix(prefix: Array("u-".utf8), suffix: [], child: .values(["seven"]))),
            ])
        // [one u-seven], two=three
        for (text, isThere) in [
            ("e u", true), ("-s", true), ("ne u-sev", true), ("n]", true), ("o=t", true), ("two=three", true),
            ("u-t", false), ("=d", false), ("x=", false), ("one]", false),
        ] {
            let resources = TemplateResources(set)
            let search = try #require(TextSearch(SoughtText(Array(text.utf8))))
            let found = try #require(try node.templateMatches(search, in: resources))
            let (certain, possible) = try node.messages(of: found, count: 2, rows: .identity, in: resources)
            #expect(certain.isEmpty && !possible.isEmpty == isThere, "\(text)")
        }
    }

    @Test func `a search is let go with all that it found out`() throws {
        let node = StringNode.template(
            resource: 0, codes: .values([0, 2]),
            streams: [
                .init(count: 3, node: .values(["one", "two", "three"])), .init(count: 1, node: .values(["four"])),
            ])
        weak var gone: TextSearch?
        do {
            let search = try #require(TextSearch(SoughtText(Array("ne".utf8))))
            gone = search
            #expect(try node.templateMatches(search, in: TemplateResources(set)) != nil)
            #expect(gone != nil)
        }
        #expect(gone == nil)
    }

    @Test func `a text in either case is found in literals, in slots and across them`() throws {
        let node = StringNode.template(
            resource: 0, codes: .values([0, 1]),
            streams: [
                .init(count: 1, node: .values(["One"])),
                .init(count: 1, node: .integerText(digits: 0, values: .values([7]))),
            ])
        // [One 7], plain
        for (text, isThere) in [("ONE", true), ("one 7", true), ("PLAIN", true), ("oN", true), ("two", false)] {
            let resources = TemplateResources(set)
            let search = try #require(TextSearch(SoughtText(Array(text.utf8), anyCase: true)))
            let found = try #require(try node.templateMatches(search, in: resources))
            let (certain, possible) = try node.messages(of: found, count: 2, rows: .identity, in: resources)
            #expect(!(certain.isEmpty && possible.isEmpty) == isThere, "\(text)")
            let exact = try #require(TextSearch(SoughtText(Array(text.utf8))))
            let none = try #require(try node.templateMatches(exact, in: resources))
            #expect(try node.provesNone(none, in: resources))
        }
    }

    @Test func `texts that are too long are not looked for, and nodes without templates tell nothing`() throws {
        #expect(TextSearch(SoughtText(Array(repeating: 97, count: 64))) != nil)
        #expect(TextSearch(SoughtText(Array(repeating: 97, count: 65))) == nil)
        #expect(TextSearch(SoughtText([])) == nil)
        let search = try #require(TextSearch(SoughtText([97])))
        #expect(try StringNode.values(["a"]).templateMatches(search, in: NoEnvironment()) == nil)
    }
}

private func + (left: (Int, Int), right: (Int, Int)) -> (Int, Int) { (left.0 + right.0, left.1 + right.1) }
