import Bytes
import Testing

@testable import Columns

@Suite struct FixedNodeTests {
    private func ids(_ count: Int, width: Int, distinct: Int = .max, seed: UInt64 = 1) -> [UInt8] {
        var generator = SplitMix64(seed: seed)
        let pool = (0..<min(distinct, count)).map { _ in
            (0..<width).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        return (0..<count).flatMap { distinct == .max ? pool[$0] : pool.randomElement(using: &generator)! }
    }

    private func roundTrip(
        _ node: FixedNode, count: Int, width: Int, rows: RowMap = .identity,
        in environment: any PageEnvironment = NoEnvironment()
    ) throws -> [UInt8] {
        var writer = ByteWriter()
        node.write(to: &writer)
        var reader = ByteReader(writer.bytes)
        let read = try FixedNode.parse(&reader, count: count, width: width, depth: 0)
        #expect(reader.isAtEnd)
        #expect(read == node)
        return try read.decode(count: count, width: width, rows: rows, in: environment)
    }

    @Test(arguments: [8, 16], [0, 1, 2, 63, 1024, 5000])
    func idsComeBack(width: Int, count: Int) throws {
        for profile in [EncodingProfile.hot, .warm, .cold] {
            for distinct in [3, Int.max] {
                let bytes = ids(count, width: width, distinct: distinct)
                let node = FixedNode.encoding(bytes: bytes, width: width, profile: profile)
                #expect(try roundTrip(node, count: count, width: width) == bytes)
            }
        }
    }

    @Test func onlyRepeatedIdsAreCompressed() {
        for profile in [EncodingProfile.hot, .warm, .cold] {
            guard case .raw(let random) = FixedNode.encoding(bytes: ids(4000, width: 16), width: 16, profile: profile),
                case .raw(let few) = FixedNode.encoding(
                    bytes: ids(4000, width: 16, distinct: 40), width: 16, profile: profile)
            else { fatalError("not raw") }
            #expect(random.codec == .none)
            #expect(few.byteCount < 4000 * 5)
        }
    }

    @Test func derivedIdsComeFromElsewhere() throws {
        let environment = DerivedEnvironment()
        let pool = ids(3, width: 8)
        environment.ids[2] = pool
        environment.sources[5] = .init(valueIndexes: [0, .max, 1], ids: Array(pool[8..<24]))
        let shared = FixedNode.sharedDictionary(resource: 2, codes: .packed(encoding: [2, 0, 1, 2]))
        #expect(
            try roundTrip(shared, count: 4, width: 8, in: environment)
                == Array(pool[16..<24] + pool[0..<8] + pool[8..<16] + pool[16..<24]))
        let rest = ids(1, width: 8, seed: 9)
        let equal = FixedNode.equal(
            source: 5,
            links: DerivedLinks(
                exceptionCount: 0, exceptionPositions: .constant(0), restCount: 1, rest: .raw(StoredBuffer(raw: rest))))
        #expect(
            try roundTrip(equal, count: 3, width: 8, in: environment) == Array(pool[8..<16] + rest + pool[16..<24]))
        let outside = FixedNode.sharedDictionary(resource: 2, codes: .constant(3))
        #expect(throws: DecodeError.self) { try roundTrip(outside, count: 4, width: 8, in: environment) }
        #expect(throws: DecodeError.self) { try roundTrip(equal, count: 3, width: 8, rows: .unknown, in: environment) }
    }

    @Test func damagedBytesNeverTrap() {
        var generator = SplitMix64(seed: 4)
        for _ in 0..<5000 {
            let count = Int.random(in: 0...20, using: &generator)
            var bytes = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                UInt8.random(in: 0...(Bool.random(using: &generator) ? 255 : 4), using: &generator)
            }
            bytes[0] = .random(in: 0x60...0x63, using: &generator)
            let result = Result { () throws(DecodeError) in
                var reader = ByteReader(bytes)
                return try FixedNode.parse(&reader, count: count, width: 8, depth: 0)
                    .decode(count: count, width: 8, rows: .identity, in: DerivedEnvironment())
            }
            if case .success(let ids) = result { #expect(ids.count == count * 8) }
        }
    }
}
