import Bytes
import Testing

@Suite struct CompressionTests {
    static let samples: [[UInt8]] = {
        var generator = SplitMix64(seed: 1)
        let words = (0..<40).map { _ in [UInt8]((0..<7).map { _ in UInt8.random(in: 97...122, using: &generator) }) }
        let text = (0..<5000).flatMap { _ in words.randomElement(using: &generator)! }
        return [[UInt8](repeating: 7, count: 1000), text, Array(text.prefix(40)) + Array(text.prefix(40))]
    }()

    @Test(arguments: samples.indices)
    func lz4GivesBackItsInput(index: Int) throws {
        let raw = Self.samples[index]
        let block = try #require(LZ4Block.compress(raw[...], byteLimit: raw.count - 1))
        #expect(block.count < raw.count)
        #expect(try LZ4Block.decompress(block[...], rawByteCount: raw.count) == raw)
    }

    @Test(arguments: samples.indices, [1, 3, 12] as [Int32])
    func zstdGivesBackItsInput(index: Int, level: Int32) throws {
        let raw = Self.samples[index]
        let frame = try #require(ZstdFrame.compress(raw[...], level: level, byteLimit: raw.count - 1))
        #expect(frame.count < raw.count)
        #expect(try ZstdFrame.decompress(frame[...], rawByteCount: raw.count) == raw)
    }

    @Test func anyOtherLengthIsAnError() throws {
        for raw in Self.samples {
            let block = try #require(LZ4Block.compress(raw[...], byteLimit: raw.count))
            let frame = try #require(ZstdFrame.compress(raw[...], level: 3, byteLimit: raw.count))
            for wrong in [0, 1, raw.count - 1, raw.count + 1, raw.count * 3] {
                #expect(throws: DecodeError.self) { try LZ4Block.decompress(block[...], rawByteCount: wrong) }
                #expect(throws: DecodeError.self) { try ZstdFrame.decompress(frame[...], rawByteCount: wrong) }
            }
            #expect(throws: DecodeError.self) {
                try ZstdFrame.decompress((frame + frame)[...], rawByteCount: raw.count * 2)
            }
        }
    }

    @Test func damagedBytesNeverTrap() throws {
        var generator = SplitMix64(seed: 2)
        for raw in Self.samples {
            let block = try #require(LZ4Block.compress(raw[...], byteLimit: raw.count))
            let frame = try #require(ZstdFrame.compress(raw[...], level: 3, byteLimit: raw.count))
            for _ in 0..<300 {
                for (stored, isBlock) in [(block, true), (frame, false)] {
                    var damaged = stored
                    damaged[Int.random(in: 0..<damaged.count, using: &generator)] ^=
                        1 << UInt8.random(in: 0..<8, using: &generator)
                    if Bool.random(using: &generator) {
                        damaged.removeLast(Int.random(in: 0..<damaged.count, using: &generator))
                    }
                    let result = Result { () throws(DecodeError) in
                        isBlock
                            ? try LZ4Block.decompress(damaged[...], rawByteCount: raw.count)
                            : try ZstdFrame.decompress(damaged[...], rawByteCount: raw.count)
                    }
                    if case .success(let bytes) = result { #expect(bytes.count == raw.count) }
                }
            }
        }
    }

    @Test func dictionaryHelpsShortStrings() throws {
        var generator = SplitMix64(seed: 3)
        var samples: [UInt8] = []
        var byteCounts: [Int] = []
        for index in 0..<2000 {
            let text = "user=\(Int.random(in: 0..<999, using: &generator)) action=login result=ok number=\(index)"
            samples += Array(text.utf8)
            byteCounts.append(text.utf8.count)
        }
        let dictionary = try #require(
            ZstdDictionary.trained(samples: samples, byteCounts: byteCounts, byteLimit: 4096))
        let raw = Array("user=77 action=login result=ok number=12345".utf8)
        let frame = try #require(ZstdFrame.compress(raw[...], level: 3, dictionary: dictionary, byteLimit: raw.count))
        #expect(frame.count < raw.count / 2 + 9)
        let read = ZstdDictionary(bytes: dictionary.bytes)
        #expect(try ZstdFrame.decompress(frame[...], rawByteCount: raw.count, dictionary: read) == raw)
    }

    @Test func manyThreadsShareTheContexts() async throws {
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<24 {
                group.addTask {
                    let raw = Self.samples[index % Self.samples.count]
                    guard let frame = ZstdFrame.compress(raw[...], level: 3, byteLimit: raw.count) else { return false }
                    return (try? ZstdFrame.decompress(frame[...], rawByteCount: raw.count)) == raw
                }
            }
            for await isEqual in group { #expect(isEqual) }
        }
    }

    @Test func limitIsKept() {
        var generator = SplitMix64(seed: 4)
        let random = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect(LZ4Block.compress(random[...], byteLimit: random.count) == nil)
        #expect(ZstdFrame.compress(random[...], level: 3, byteLimit: random.count) == nil)
        #expect(LZ4Block.compress([], byteLimit: 10) == nil)
    }
}
