import Bytes
import Testing

@testable import Columns

struct TemplatedMessagesTests {
    /// The templates with `{}` for their slots.
    private func templates(_ messages: TemplatedMessages) -> [String] {
        (0..<messages.templateCount).map { template in
            let first = messages.firstSlots[template] + template
            return (0...Int(messages.slotCounts[template])).map { messages.literals.text(first + $0) }
                .joined(separator: "{}")
        }
    }

    private func build(_ messages: [String], templateLimit: Int = 4096) -> TemplatedMessages? {
        TemplatedMessages.build(messages: StringVector(messages), templateLimit: templateLimit)
    }

    @Test func `templates are numbered in order of first appearance`() throws {
        let messages = try #require(build(["b 1 x", "a 2", "b 3 x", "a 4", "a 2", "b 5 x", "c", "c"]))
        #expect(templates(messages) == ["b {} x", "a {}", "c"])
        #expect(messages.codes == [0, 1, 0, 1, 1, 0, 2, 2])
        #expect(messages.slotCounts == [1, 1, 0])
        #expect(Array(messages.messages(ofTemplate: 1)) == [1, 3, 4])
        #expect(messages.messages(ofSlot: 1).map { messages.valueRange(ofSlot: 1, in: Int($0)).count } == [1, 1, 1])
    }

    @Test func `a variable that never varies becomes literal`() throws {
        let messages = try #require(build((0..<20).map { "pid=77 row=\($0) of x86_64 at 5" }))
        #expect(templates(messages) == ["pid=77 row={} of x86_64 at 5"])
        let varied = try #require(build((0..<20).map { "pid=\($0 == 19 ? 78 : 77) row=\($0)" }))
        #expect(templates(varied) == ["pid={} row={}"])
    }

    @Test func `a word that varies among templates of few rows becomes a variable`() throws {
        let names = ["ann", "bob", "cleo", "dan", "eve", "fay", "gus", "hal", "ida"]
        let messages = try #require(
            build(names.flatMap { name in (0..<3).map { "Invalid user \(name) from 10.0.0.\($0), bye" } }))
        #expect(templates(messages) == ["Invalid user {} from {}, bye"])
        // Two words that vary, one after another.
        let pairs = names.flatMap { first in names.map { "from \(first) to \($0)" } }
        #expect(templates(try #require(build(pairs + pairs))) == ["from {} to {}"])
        // Few words, and many rows for each.
        let few = (0..<400).map { "level \(["low", "high"][$0 % 2]) at \($0)" }
        #expect(templates(try #require(build(few))) == ["level low at {}", "level high at {}"])
        let many = names.flatMap { name in (0..<40).map { "user \(name) row \($0)" } }
        #expect(try #require(build(many)).templateCount == names.count)
    }

    @Test func `messages that are alone of their kind are kept whole`() throws {
        let messages = try #require(build(["solo 5 here", "a 1", "a 2", "another 6 thing, once", "a 3"]))
        #expect(templates(messages) == ["{}", "a {}"])
        #expect(messages.codes == [0, 1, 1, 0, 1])
        let whole = messages.messages(ofSlot: 0).map { messages.messages.text(Int($0)) }
        #expect(whole == ["solo 5 here", "another 6 thing, once"])
        #expect(messages.valueRange(ofSlot: 0, in: 3) == messages.messages.range(3))
    }

    @Test func `the rarest templates are kept whole when there are too many`() throws {
        let lines = ["w", "x", "y", "z"].enumerated().flatMap { index, name in
            (0...index + 1).map { "\(name)=\($0) \(String(repeating: name + " ", count: index))" }
        }
        let messages = try #require(build(lines + lines, templateLimit: 3))
        #expect(messages.templateCount == 3)
        #expect(templates(messages) == ["{}", "y={} y y ", "z={} z z z "])
    }

    @Test func `messages without anything in common have no templates`() {
        var generator = SplitMix64(seed: 1)
        let letters = Array("abcdefghijklmnopqrstuvwxyz \"".unicodeScalars)
        let texts = (0..<200).map { _ in
            String(String.UnicodeScalarView((0..<60).map { _ in letters.randomElement(using: &generator)! }))
        }
        #expect(build(texts) == nil)
        #expect(build([]) == nil)
        #expect(build(texts, templateLimit: 2) == nil)
    }

    @Test func `every message is given back`() throws {
        for messages in [
            MadeUpMessages.service(3000, seed: 1), MadeUpMessages.events(500, seed: 2),
            MadeUpMessages.noise(2000, seed: 3), StringVector(["1"]), StringVector(["", "", ""]),
            StringVector(["a", ""]),
        ] {
            // Twice, so that even noise has templates.
            var twice = messages
            for index in 0..<messages.count { twice.append(messages[index]) }
            let templated = try #require(TemplatedMessages.build(messages: twice))
            let assignment = templated.assignment()
            #expect(try templated.roundTrip(assignment, in: 0..<twice.count) == twice)
        }
    }

    @Test func `a part of the messages is given back with the templates of all`() throws {
        let messages = MadeUpMessages.service(4000, seed: 5)
        let templated = try #require(TemplatedMessages.build(messages: messages))
        let assignment = templated.assignment()
        for range in [0..<1, 17..<1500, 1500..<4000, 3999..<4000] {
            #expect(try templated.roundTrip(assignment, in: range) == messages.part(range))
        }
    }

    @Test func `equal messages give equal bytes`() throws {
        func bytes() throws -> [UInt8] {
            let messages = MadeUpMessages.service(1000, seed: 6)
            let templated = try #require(TemplatedMessages.build(messages: messages))
            let assignment = templated.assignment()
            var writer = ByteWriter()
            templated.templateSet(assignment).write(to: &writer, profile: .cold)
            for stream in templated.streams(assignment, in: 0..<1000) {
                writer.append(contentsOf: stream.values.bytes)
                for message in stream.messages { writer.append(littleEndian: message) }
            }
            for code in templated.codes { writer.append(littleEndian: code) }
            return writer.bytes
        }
        #expect(try bytes() == bytes())
    }

    @Test func `slots are compared with another column`() throws {
        let rows = 0..<100
        let messages = try #require(build(rows.map { $0 % 4 == 0 ? "idle \($0)" : "user u-\($0) at \($0 % 7)" }))
        let texts = StringVector(rows.map { $0 == 51 ? "u-other" : "u-\($0)" })
        let everyRow = rows.map { UInt32($0) }
        let user = messages.firstSlots[1]
        #expect(
            messages.agreement(ofSlot: user, with: texts, textOfMessage: everyRow)
                == SlotAgreement(testedCount: 75, sharedCount: 75, equalCount: 74))
        #expect(messages.agreement(ofSlot: user + 1, with: texts, textOfMessage: everyRow).equalCount == 0)
        let halves = rows.map { $0 < 50 ? UInt32($0) : .max }
        #expect(
            messages.agreement(ofSlot: user, with: texts, textOfMessage: halves)
                == SlotAgreement(testedCount: 75, sharedCount: 37, equalCount: 37))
        let sampled = messages.agreement(ofSlot: user, with: texts, textOfMessage: everyRow, limit: 10)
        #expect(sampled == SlotAgreement(testedCount: 10, sharedCount: 10, equalCount: 10))
    }
}
