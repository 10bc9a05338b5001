import Bytes
import Testing

@testable import Columns

struct StringEncodingTests {
    @Test("strings of every kind come back, whatever the profile", arguments: StringSamples.kinds.map(\.name))
    func roundTrip(_ kind: String) throws {
        for count in StringSamples.counts {
            let strings = StringSamples.strings(kind, count)
            for profile in [EncodingProfile.hot, .warm, .cold] {
                let node = StringNode.encoding(strings, profile: profile)
                #expect(try node.roundTrip(count: count) == strings)
            }
        }
    }

    @Test("each single encoding brings strings of every kind back", arguments: StringSamples.kinds.map(\.name))
    func singleEncodings(_ kind: String) throws {
        for count in StringSamples.counts {
            let strings = StringSamples.strings(kind, count)
            let plain = StringNode.plain(encoding: strings, profile: .hot)
            #expect(try plain.roundTrip(count: count) == strings)
            let front = StringNode.frontCoded(encoding: strings, profile: .warm)
            #expect(try front.roundTrip(count: count) == strings)
            let dictionary = try #require(StringNode.dictionary(encoding: strings, entryLimit: count, profile: .hot))
            #expect(try dictionary.roundTrip(count: count) == strings)
        }
    }

    @Test("the same strings give the same bytes")
    func deterministic() {
        for kind in StringSamples.kinds {
            let strings = StringSamples.strings(kind.name, 3000)
            #expect(StringNode.encoding(strings, profile: .hot) == StringNode.encoding(strings, profile: .hot))
        }
    }

    @Test("a sample stands for all strings: all of a few, runs of neighbours of many")
    func sample() {
        let few = StringVector((0..<300).map(String.init))
        #expect(StringSample.strings(of: few, count: 256) == few)
        let many = StringVector((0..<100_000).map(String.init))
        let sample = StringSample.strings(of: many, count: 256).texts.map { Int($0)! }
        #expect(sample.count == 256)
        for run in 0..<4 {
            let numbers = sample[run * 64..<run * 64 + 64]
            #expect(Array(numbers) == Array(numbers.first!...numbers.last!))
            #expect(numbers.first! >= run * 25_000 && numbers.last! < (run + 1) * 25_000)
        }
    }

    @Test("few strings become a dictionary, and no more of one than was allowed")
    func dictionaries() {
        guard
            case .dictionary(let count, _, _) = StringNode.encoding(
                StringSamples.strings("few strings", 3000), profile: .hot)
        else {
            Issue.record("no dictionary")
            return
        }
        #expect(count == 5)
        let numbers = StringVector((0..<100).map(String.init))
        #expect(StringNode.dictionary(encoding: numbers, entryLimit: 99, profile: .hot) == nil)
        #expect(StringNode.dictionary(encoding: numbers, entryLimit: 100, profile: .hot) != nil)
    }

    @Test("codes count distinct strings in order of first appearance")
    func table() throws {
        let strings = StringVector(["b", "a", "b", "", "12345678", "123456789", "12345678", "a", "223456789", ""])
        let table = try #require(StringTable(strings, entryLimit: 10))
        #expect(table.entries.texts == ["b", "a", "", "12345678", "123456789", "223456789"])
        #expect(table.codes == [0, 1, 0, 2, 3, 4, 3, 1, 5, 2])
        for kind in StringSamples.kinds {
            let strings = StringSamples.strings(kind.name, 3000)
            let table = try #require(StringTable(strings, entryLimit: 3000))
            var numbers: [[UInt8]: UInt64] = [:]
            for index in 0..<strings.count {
                let next = UInt64(numbers.count)
                let number = numbers[Array(strings[index])] ?? next
                numbers[Array(strings[index])] = number
                #expect(table.codes[index] == number)
            }
            #expect(table.entries.count == numbers.count)
        }
    }

    @Test("damage to what was encoded is a typed error or other strings", arguments: StringSamples.kinds.map(\.name))
    func damage(_ kind: String) {
        var random = SplitMix64(seed: 21)
        for profile in [EncodingProfile.hot, .warm] {
            var writer = ByteWriter()
            StringNode.encoding(StringSamples.strings(kind, 400), profile: profile).write(to: &writer)
            for _ in 0..<60 {
                var bytes = writer.bytes
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
                var reader = ByteReader(bytes)
                guard let read = try? StringNode.parse(&reader, count: 400, depth: 0),
                    let strings = try? read.decode(count: 400, rows: .unknown, in: NoEnvironment())
                else { continue }
                #expect(strings.count == 400)
                #expect(Int(strings.ends[399]) == strings.bytes.count)
            }
        }
    }
}
