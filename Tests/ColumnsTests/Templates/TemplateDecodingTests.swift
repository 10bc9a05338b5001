import Bytes
import Testing

@testable import Columns

struct TemplateDecodingTests {
    /// Three templates: `[{0} {1}]`, `plain`, `{0}={0}`.
    private let set = TemplateSet(
        slotCounts: [2, 0, 2], slotStreams: [0, 1, 0, 0], streamCount: 2,
        literals: StringVector(["[", " ", "]", "plain", "", "=", ""]))

    private func node(_ codes: [UInt64], _ first: [String], _ second: [String]) -> StringNode {
        .template(
            resource: 0, codes: .values(codes),
            streams: [
                .init(count: first.count, node: first.isEmpty ? .constant([]) : .values(first)),
                .init(count: second.count, node: second.isEmpty ? .constant([]) : .values(second)),
            ])
    }

    @Test func `values go to their slots message by message`() throws {
        let messages = try node([2, 0, 1, 0], ["a", "b", "c", "d"], ["1", "2"])
            .roundTrip(count: 4, rows: .identity, in: TemplateResources(set))
        #expect(messages.texts == ["a=b", "[c 1]", "plain", "[d 2]"])
    }

    @Test func `texts of every length are put together`() throws {
        for length in 0...70 {
            let literals = (0..<7).map { String(repeating: String($0), count: (length + $0 * 11) % 71) }
            let longSet = TemplateSet(
                slotCounts: set.slotCounts, slotStreams: set.slotStreams, streamCount: 2,
                literals: StringVector(literals))
            let values = [String(repeating: "x", count: length), String(repeating: "y", count: 70 - length), "", "z"]
            let messages = try node([0, 2, 1, 0], values, ["s", "t"])
                .roundTrip(count: 4, rows: .identity, in: TemplateResources(longSet))
            #expect(
                messages.texts == [
                    literals[0] + values[0] + literals[1] + "s" + literals[2],
                    literals[4] + values[1] + literals[5] + values[2] + literals[6], literals[3],
                    literals[0] + values[3] + literals[1] + "t" + literals[2],
                ])
        }
    }

    @Test func `nodes that do not fit their templates are errors`() {
        let resources = TemplateResources(set)
        let broken = [
            node([3], [], []), node([0], ["a"], []), node([0], ["a", "b"], ["1"]), node([1], [], ["1"]),
            node([.max], [], []), .template(resource: 0, codes: .constant(1), streams: []),
            .template(resource: 1, codes: .constant(1), streams: []),
            .template(
                resource: 0, codes: .constant(1),
                streams: Array(repeating: .init(count: 0, node: .constant([])), count: 3)),
        ]
        for node in broken {
            #expect(throws: DecodeError.self) { try node.roundTrip(count: 1, rows: .identity, in: resources) }
        }
    }

    @Test func `a stream takes values from another column, by the rows of its messages`() throws {
        let source = TextSource(valueIndexes: [0, .max, 1, 2, .max, 3], strings: StringVector(["A", "B", "C", "D"]))
        let derived = StringNode.equal(
            source: 7,
            links: DerivedLinks(
                exceptionCount: 1, exceptionPositions: .constant(2), restCount: 1, rest: .values(["x"])))
        let node = StringNode.template(
            resource: 0, codes: .values([0, 2, 1, 0]),
            streams: [.init(count: 4, node: derived), .init(count: 2, node: .values(["1", "2"]))])
        let resources = TemplateResources(set, source: source)
        // The values of stream 0 stand in the rows 0, 3, 3 and 5, and the third of them is an exception.
        let messages = try node.decode(count: 4, rows: .rows([0, 3, 4, 5]), in: resources)
        #expect(messages.texts == ["[A 1]", "C=x", "plain", "[D 2]"])
        #expect(throws: DecodeError.self) { try node.decode(count: 4, rows: .unknown, in: resources) }
        #expect(throws: DecodeError.self) { try node.decode(count: 4, rows: .rows([0, 3, 4, 6]), in: resources) }
    }

    @Test func `what is decoded is charged`() throws {
        let node = node([0, 2, 1, 0], ["a", "b", "c", "d"], ["1", "2"])
        let exact = 4 * 8 + (4 * 8 + 4 * 4 + 4) + (2 * 8 + 2 * 4 + 2) + (4 * 4 + 5 + 3 + 5 + 5)
        #expect(try node.decode(count: 4, rows: .identity, in: TemplateResources(set, budget: exact)).count == 4)
        #expect(throws: DecodeError.self) {
            try node.decode(count: 4, rows: .identity, in: TemplateResources(set, budget: exact - 1))
        }
    }

    @Test func `few bytes cannot stand for more than a page may hold`() {
        let literals = StringVector([String(repeating: "x", count: 1 << 20)])
        let giants = TemplateSet(slotCounts: [0], slotStreams: [], streamCount: 0, literals: literals)
        let node = StringNode.template(resource: 0, codes: .constant(0), streams: [])
        #expect(throws: DecodeError.self) {
            try node.decode(count: 81, rows: .identity, in: TemplateResources(giants, budget: .max))
        }
        #expect(throws: DecodeError.self) {
            try node.decode(count: 17, rows: .identity, in: TemplateResources(giants, budget: 16 << 20))
        }
        let tooLong = TemplateSet(
            slotCounts: [1], slotStreams: [0], streamCount: 1,
            literals: StringVector([String(repeating: "x", count: 16 << 20), "y"]))
        let one = StringNode.template(
            resource: 0, codes: .constant(0), streams: [.init(count: 1, node: .constant([]))])
        #expect(throws: DecodeError.self) {
            try one.decode(count: 1, rows: .identity, in: TemplateResources(tooLong))
        }
    }

    @Test func `damaged pages are errors or other messages, never more`() throws {
        let messages = MadeUpMessages.service(200, seed: 3)
        let templated = try #require(TemplatedMessages.build(messages: messages))
        let assignment = templated.assignment()
        let resources = templated.templateSet(assignment)
        var writer = ByteWriter()
        StringNode.template(
            resource: 0, codes: .encoding(templated.codes(in: 0..<200), profile: .hot),
            streams: templated.streams(assignment, in: 0..<200).map {
                .init(count: $0.values.count, node: .encoding($0.values, profile: .hot))
            }
        ).write(to: &writer)
        var generator = SplitMix64(seed: 4)
        for _ in 0..<2000 {
            var damaged = writer.bytes
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
            var reader = ByteReader(damaged)
            guard let node = try? StringNode.parse(&reader, count: 200, depth: 0),
                let decoded = try? node.decode(count: 200, rows: .identity, in: TemplateResources(resources))
            else { continue }
            #expect(decoded.count == 200)
        }
    }
}
