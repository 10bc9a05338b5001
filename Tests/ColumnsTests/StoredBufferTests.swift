import Bytes
import Testing

@testable import Columns

@Suite struct StoredBufferTests {
    private func roundTrip(_ buffer: StoredBuffer, in environment: any PageEnvironment = NoEnvironment()) throws
        -> [UInt8]
    {
        var writer = ByteWriter()
        buffer.write(to: &writer)
        #expect(writer.byteCount == buffer.byteCount)
        var reader = ByteReader(writer.bytes)
        let read = try StoredBuffer.parse(&reader, expectedRawByteCount: buffer.rawByteCount)
        #expect(reader.isAtEnd && read == buffer)
        return Array(try read.raw(in: environment))
    }

    private let text = (0..<600).flatMap { Array("event \($0 % 7) of \($0) was stored\n".utf8) }
    private let random: [UInt8] = {
        var generator = SplitMix64(seed: 1)
        return (0..<20_000).map { _ in .random(in: 0...255, using: &generator) }
    }()

    @Test func tiersHaveTheirCodecs() throws {
        #expect(StoredBuffer.storing(text, profile: .hot).codec == .lz4)
        #expect(StoredBuffer.storing(text, profile: .warm).codec == .zstd)
        for profile in [EncodingProfile.hot, .warm, .cold] {
            for raw in [[], [1, 2, 3], text, random, Array(repeating: 5, count: 100)] {
                let buffer = StoredBuffer.storing(raw, profile: profile)
                #expect(try roundTrip(buffer) == raw)
                #expect(buffer.stored.count <= raw.count)
                #expect(try roundTrip(.storing(numbers: raw, profile: profile)) == raw)
            }
            #expect(StoredBuffer.storing(random, profile: profile).codec == .none)
            // Random bytes that come twice are not random any more.
            #expect(StoredBuffer.storing(random + random, profile: profile).codec != .none)
        }
    }

    @Test func dictionaryIsTakenFromItsResource() throws {
        let samples = (0..<3000).map { "user=\($0 % 97) action=login result=ok number=\($0)" }
        let dictionary = try #require(
            ZstdDictionary.trained(
                samples: samples.flatMap { Array($0.utf8) }, byteCounts: samples.map(\.utf8.count), byteLimit: 8192))
        let environment = DerivedEnvironment()
        environment.zstdDictionaries[6] = dictionary
        let raw = Array("user=5 action=login result=ok number=77".utf8)
        var profile = EncodingProfile.warm
        profile.sharedDictionary = .init(resource: 6, dictionary: dictionary)
        let buffer = StoredBuffer.storing(raw, profile: profile)
        #expect(buffer.codec == .zstdWithDictionary && buffer.resource == 6)
        #expect(try roundTrip(buffer, in: environment) == raw)
        #expect(throws: DecodeError.self) { try buffer.raw(in: NoEnvironment()) }
    }

    @Test func wrongLengthsAreErrors() throws {
        for bytes in [
            [4, 3, 0, 0, 0], [0, 4, 0, 0, 0], [0, 3, 0, 0], [1, 3, 3, 0, 0, 0], [1, 3, 2, 0], [2, 3, 2, 0, 0],
            [0, 0x83, 0, 0, 0, 0],
        ] as [[UInt8]] {
            #expect(throws: DecodeError.self) {
                var reader = ByteReader(bytes)
                let buffer = try StoredBuffer.parse(&reader, expectedRawByteCount: 3)
                _ = try buffer.raw(in: NoEnvironment())
            }
        }
    }
}
