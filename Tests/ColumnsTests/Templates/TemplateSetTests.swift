import Bytes
import Testing

@testable import Columns

struct TemplateSetTests {
    private let set = TemplateSet(
        slotCounts: [2, 0, 1], slotStreams: [1, 0, 1], streamCount: 2,
        literals: StringVector(["GET ", " took ", " ms", "bye", "", "!"]))

    private func bytes(_ set: TemplateSet, profile: EncodingProfile = .hot) -> [UInt8] {
        var writer = ByteWriter()
        set.write(to: &writer, profile: profile)
        return writer.bytes
    }

    private func parse(_ bytes: [UInt8]) throws -> TemplateSet {
        var reader = ByteReader(bytes)
        return try TemplateSet.parse(&reader, in: NoEnvironment())
    }

    @Test func `what is written is read`() throws {
        let empty = TemplateSet(slotCounts: [], slotStreams: [], streamCount: 0, literals: StringVector())
        for profile in [EncodingProfile.hot, .warm, .cold] {
            #expect(try parse(bytes(set, profile: profile)) == set)
            #expect(try parse(bytes(empty, profile: profile)) == empty)
        }
    }

    @Test func `the example of the specification is read`() throws {
        let example: [UInt8] = [
            0x01, 0x02, 0x01, 0x04, 0x02, 0x00, 0x02, 0x41, 0x03, 0x06, 0x02, 0x00, 0x01, 0x0D, 0x00, 0x0D,
            0x47, 0x45, 0x54, 0x20, 0x20, 0x74, 0x6F, 0x6F, 0x6B, 0x20, 0x20, 0x6D, 0x73,
        ]
        let set = try parse(example)
        #expect(set.slotCounts == [2])
        #expect(set.slotStreams == [0, 1])
        #expect(set.literals.texts == ["GET ", " took ", " ms"])
        let page: [UInt8] = [
            0x4F, 0x00, 0x01, 0x00, 0x02, 0x02, 0x51, 0x02, 0x00, 0x04, 0x2F, 0x61, 0x2F, 0x62, 0x02, 0x48, 0x00,
            0x03, 0x0E, 0x03, 0x00, 0x01, 0x05,
        ]
        var reader = ByteReader(page)
        let node = try StringNode.parse(&reader, count: 2, depth: 0)
        let messages = try node.decode(count: 2, rows: .identity, in: TemplateResources(set))
        #expect(messages.texts == ["GET /a took 12 ms", "GET /b took 7 ms"])
    }

    @Test func `sets that contradict themselves are errors`() {
        var broken = set
        broken.slotStreams = [1, 2, 1]
        #expect(throws: DecodeError.self) { try parse(bytes(broken)) }
        broken = set
        broken.streamCount = 4
        #expect(throws: DecodeError.self) { try parse(bytes(broken)) }
        var writer = ByteWriter()
        writer.append(varint: 1 << 20)
        writer.append(varint: 0)
        IntegerNode.constant(1 << 40).write(to: &writer)
        #expect(throws: DecodeError.self) { try parse(writer.bytes) }
        writer = ByteWriter()
        writer.append(varint: 1 << 25)
        writer.append(varint: 0)
        IntegerNode.constant(0).write(to: &writer)
        #expect(throws: DecodeError.self) { try parse(writer.bytes) }
    }

    @Test func `damaged sets are errors or other sets, never more`() throws {
        let templated = try #require(TemplatedMessages.build(messages: MadeUpMessages.service(300, seed: 1)))
        let written = bytes(templated.templateSet(templated.assignment()), profile: .cold)
        var generator = SplitMix64(seed: 2)
        for _ in 0..<2000 {
            var damaged = written
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
            let lostCount = Int.random(in: 0..<damaged.count, using: &generator)
            if Bool.random(using: &generator) { damaged.removeLast(lostCount) }
            guard let set = try? parse(damaged) else { continue }
            #expect(set.literals.count == set.slotStreams.count + set.slotCounts.count)
            #expect(set.slotStreams.allSatisfy { $0 < set.streamCount })
        }
    }
}
