import Bytes
import Testing

@testable import Columns

struct StreamAssignmentTests {
    private func build(_ messages: [String]) throws -> TemplatedMessages {
        try #require(TemplatedMessages.build(messages: StringVector(messages)))
    }

    private func kind(_ values: [String]) -> SlotKind {
        var sample = SlotSample()
        for value in values { sample.add(Array(value.utf8).span) }
        return sample.kind
    }

    @Test func `values tell their kind`() {
        let kinds: [([String], SlotKind)] = [
            (["5", "-7", "0"], .integer(digits: 2)), (["92361206", "5"], .integer(digits: 8)),
            (["123", "4567"], .integer(digits: 4)), (["9223372036854775807"], .integer(digits: 19)),
            (["007", "123"], .paddedInteger(digits: 3)), (["1.25", "-10.00"], .fixedPoint(decimals: 2, isLong: false)),
            (["1.25", "1.5"], .fixedPoint(decimals: 0, isLong: false)),
            (["1234567.5"], .fixedPoint(decimals: 1, isLong: true)),
            (["0e8a2934ce4d", "123456789012"], .hex(digits: 12, isUpper: false)),
            (["BEEF", "0012"], .hex(digits: 4, isUpper: true)),
            (["0x3e7", "0x12"], .hexNumber(prefix: Array("0x".utf8))),
            (["b6f1b2a0-0000-4000-8000-1234567890ab"], .uuid(isInBraces: false)),
            (["{b6f1b2a0-0000-4000-8000-1234567890ab}"], .uuid(isInBraces: true)),
            (["{b6f1b2a0-0000-4000-8000-1234567890ab}", "b6f1b2a0-0000-4000-8000-1234567890ab"], .other),
            (["10.0.0.1", "255.255.255.255"], .ipv4), (["2015-07-29 17:41:41,536"], .timestamp(byteCount: 23)),
            (["u-78719358", "u-1"], .numbered(prefix: Array("u-".utf8), digits: 8)),
            (["blk_12", "blk_-345678"], .numbered(prefix: Array("blk_".utf8), digits: 7)),
            (["17:41:41", "09:00:00"], .pattern(Array("00:00:00".utf8))), (["/var/x", "C:\\y1"], .path),
            (["ann", "bob"], .words), (["ann7x", "b2ob", "c"], .other), ([], .other),
        ]
        for (values, expected) in kinds { #expect(kind(values) == expected, "\(values)") }
    }

    @Test func `slots of one kind share a stream`() throws {
        var generator = SplitMix64(seed: 1)
        func eight() -> Int { Int.random(in: 10_000_000..<100_000_000, using: &generator) }
        let messages = try build(
            (0..<600).map { row in
                switch row % 3 {
                case 0: "order \(eight()) for u-\(eight()) in \(Int.random(in: 10..<99, using: &generator)) parts"
                case 1: "basket of u-\(eight()) holds \(eight())"
                default: "sku \(eight()) has \(Int.random(in: 10..<99, using: &generator)) left"
                }
            })
        let assignment = messages.assignment()
        // order, u-, parts | u-, holds | sku, left
        #expect(assignment.streams == [0, 1, 2, 1, 0, 0, 2])
        #expect(assignment.streamCount == 3)
        let streams = messages.streams(assignment, in: 0..<3)
        #expect(streams.map(\.messages) == [[0, 1, 2], [0, 1], [0, 2]])
        #expect(streams.map { $0.values.count } == [3, 2, 2])
    }

    @Test func `the caller's streams come first and are left alone`() throws {
        let messages = try build((0..<100).map { "a \($0) b \($0 * 7) c u-\($0)" })
        let assignment = messages.assignment(dedicated: [nil, 1, 0])
        #expect(assignment.streams == [2, 1, 0])
        #expect(assignment.streamCount == 3)
        #expect(messages.assignment(dedicated: [0, 0, 0]).streams == [0, 0, 0])
    }

    @Test(arguments: [1, 2, 3, 7, 32])
    func `there are never more streams than allowed`(limit: Int) throws {
        let shapes = ["x%", "%", "%.5", "%.25", "0x%", "w-%", "v%", "10.0.0.%", "00%:00", "k_%"]
        let messages = try build(
            (0..<400).flatMap { row in
                shapes.enumerated().map { index, shape in
                    let value = shape.replacing("%", with: String(row % 90 + 10))
                    return "kind\(String(repeating: "s", count: index)) \(value)"
                }
            })
        let assignment = messages.assignment(streamLimit: limit)
        #expect(assignment.streamCount <= limit)
        #expect(Set(assignment.streams) == Set(0..<UInt32(assignment.streamCount)))
        let withOne = messages.assignment(dedicated: [0], streamLimit: limit)
        #expect(withOne.streamCount <= max(2, limit))
        #expect(withOne.streams.count { $0 == 0 } == 1)
    }

    @Test func `text behind another word gets a stream of its own`() throws {
        let messages = try build(
            (0..<200).map { "Image: C:\\a\\p\($0 % 20).exe\r\nUser: D\\user\($0 % 9)\r\nTarget: \\q\\\($0)x" })
        #expect(messages.assignment().streams == [0, 1, 2])
    }

    @Test func `the word before a slot is its label`() throws {
        let messages = try build((0..<9).map { "\($0) id=\($0), in \"\($0)\" (\($0))/\($0)" })
        let labels = (0..<5).map { String(decoding: messages.label(ofSlot: $0), as: UTF8.self) }
        #expect(labels == ["", "id", "in", "", ""])
    }
}
