import Bytes
import Testing

@testable import Segments

struct IdFilterTests {
    /// Keys that come in order of zone, some of them again up to `spread` zones later.
    struct Sample {
        var zoneCount: Int
        var zones: [UInt64: ClosedRange<Int>] = [:]
        var added: [(hash: UInt64, zone: Int)] = []

        init(keyCount: Int, zoneCount: Int, spread: Int = 0, seed: UInt64 = 1) {
            self.zoneCount = zoneCount
            var generator = SplitMix64(seed: seed)
            for index in 0..<keyCount {
                let hash = generator.next()
                let first = index * zoneCount / keyCount
                let last = min(zoneCount - 1, first + (spread == 0 ? 0 : Int.random(in: 0...spread, using: &generator)))
                zones[hash] = first...last
                added.append((hash, first))
                if last != first { added.append((hash, last)) }
            }
        }

        func build(fingerprintBits: Int = 4, rangeLimit: Int = 4096) throws -> [UInt8] {
            var builder = IdFilterBuilder(fingerprintBits: fingerprintBits, rangeLimit: rangeLimit)
            for (hash, zone) in added { builder.add(keyHash: hash, zone: zone) }
            return try #require(builder.build())
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 7, 10, 20, 41, 42, 100, 122, 300, 1000, 1500, 3013, 9000, 30_000])
    func `every key is found in its zones, however many there are`(_ keyCount: Int) throws {
        for seed in 1...UInt64(keyCount < 500 ? 20 : 2) {
            let sample = Sample(keyCount: keyCount, zoneCount: 50, spread: 3, seed: seed)
            let reader = try IdFilterReader(sample.build()[...], zoneCount: 50)
            #expect(reader.keyCount == keyCount)
            #expect(sample.zones.allSatisfy { reader.zones(forKeyHash: $0.key) == $0.value })
        }
    }

    @Test func `an empty filter holds nothing`() throws {
        let bytes = try #require(IdFilterBuilder(.eventIds).build())
        #expect(bytes.count == 32)
        let reader = try IdFilterReader(bytes[...], zoneCount: 0)
        #expect(reader.keyCount == 0)
        #expect(reader.zones(forKey: [1, 2, 3, 4, 5, 6, 7, 8]) == nil)
    }

    @Test func `ids are keys by their bytes`() throws {
        var builder = IdFilterBuilder(.traceIds)
        let ids = [UInt8](0..<64)
        builder.add(ids: ids, width: 16, zone: 3)
        builder.add(ids: Array(ids[16..<32]), width: 16, zone: 5)
        builder.add(ids: Array(ids[0..<8]), width: 8, zone: 0)
        let reader = try IdFilterReader(try #require(builder.build())[...], zoneCount: 6)
        #expect(reader.keyCount == 5)
        #expect(reader.zones(forKey: Array(ids[0..<16])) == 3...3)
        #expect(reader.zones(forKey: Array(ids[16..<32])) == 3...5)
        #expect(reader.zones(forKey: Array(ids[48..<64])) == 3...3)
        #expect(reader.zones(forKey: Array(ids[0..<8])) == 0...0)
    }

    @Test(arguments: [1, 4, 8, 12])
    func `other keys are found about once in 2 to the power of f`(_ fingerprintBits: Int) throws {
        let sample = Sample(keyCount: 10_000, zoneCount: 128)
        let reader = try IdFilterReader(sample.build(fingerprintBits: fingerprintBits)[...], zoneCount: 128)
        var generator = SplitMix64(seed: 99)
        let queryCount = 100_000
        let found = (0..<queryCount).count { _ in reader.zones(forKeyHash: generator.next()) != nil }
        let expected = Double(queryCount) / Double(1 << fingerprintBits)
        // Six standard deviations on both sides.
        #expect(abs(Double(found) - expected) < 6 * expected.squareRoot())
    }

    @Test func `the order of adding does not change the bytes`() throws {
        var sample = Sample(keyCount: 5000, zoneCount: 40, spread: 5)
        let bytes = try sample.build()
        var generator = SplitMix64(seed: 5)
        sample.added.shuffle(using: &generator)
        sample.added += sample.added[..<2000]
        #expect(try sample.build() == bytes)
        // The bytes of this version of the format for these keys.
        #expect(checksum(bytes) == 18_414_445_269_368_029_139)
    }

    @Test(arguments: [1, 2, 16, 100, 1000])
    func `too many ranges are widened, never narrowed`(_ limit: Int) throws {
        let sample = Sample(keyCount: 4000, zoneCount: 300, spread: 40)
        let bytes = try sample.build(fingerprintBits: 8, rangeLimit: limit)
        let rangeCount = bytes[20..<24].reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(rangeCount <= limit)
        let reader = try IdFilterReader(bytes[...], zoneCount: 300)
        for (hash, zones) in sample.zones {
            let found = try #require(reader.zones(forKeyHash: hash))
            #expect(found.lowerBound <= zones.lowerBound && zones.upperBound <= found.upperBound)
            // Single zones stay what they are as long as they alone do not fill the limit.
            if limit == 1000, zones.count == 1 { #expect(found == zones) }
        }
    }

    @Test func `a few keys of several zones do not cost every key a bit`() throws {
        var builder = IdFilterBuilder(.spanIds)
        var generator = SplitMix64(seed: 8)
        var zones: [UInt64: ClosedRange<Int>] = [:]
        for index in 0..<20_000 {
            let hash = generator.next()
            let first = index % 120
            let last = index < 119 ? first + 1 : first
            zones[hash] = first...last
            for zone in first...last { builder.add(keyHash: hash, zone: zone) }
        }
        let bytes = try #require(builder.build())
        #expect(bytes[17] == 7)
        let reader = try IdFilterReader(bytes[...], zoneCount: 120)
        for (hash, exact) in zones {
            let found = try #require(reader.zones(forKeyHash: hash))
            #expect(exact.count == 1 ? found == exact : found.clamped(to: exact) == exact)
        }
    }

    @Test func `collecting many ids over and over keeps each once`() throws {
        var keys: [KeyZones] = []
        for zone in UInt32(0)..<30 {
            for hash in UInt64(0)..<20 { keys.append(KeyZones(hash: hash << 60, firstZone: zone, lastZone: zone)) }
        }
        keys.merge()
        #expect(keys.map(\.hash).sorted() == (0..<16).map { $0 << 60 })
        let places = keys.map { IdFilterLayout.firstHash($0.hash) }
        #expect(places == places.sorted())
        #expect(keys.allSatisfy { $0.firstZone == 0 && $0.lastZone == 29 })
        keys = []
        keys.merge()
        #expect(keys == [])
    }

    @Test func `cut and lengthened filters are damage`() throws {
        let bytes = try Sample(keyCount: 60, zoneCount: 9, spread: 2).build()
        for count in 0..<bytes.count {
            #expect(throws: DecodeError.self) { try IdFilterReader(bytes[..<count], zoneCount: 9) }
        }
        #expect(throws: DecodeError.self) { try IdFilterReader((bytes + [0])[...], zoneCount: 9) }
        #expect(throws: DecodeError.self) { try IdFilterReader(bytes[...], zoneCount: 8) }
    }

    @Test func `damaged bytes give an error or zones of the segment, never a trap`() throws {
        let sample = Sample(keyCount: 60, zoneCount: 9, spread: 2)
        let bytes = try sample.build()
        var generator = SplitMix64(seed: 3)
        for _ in 0..<5000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<(Bool.random(using: &generator) ? 40 : damaged.count), using: &generator)
                damaged[index] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let reader = try? IdFilterReader(damaged[...], zoneCount: 9) else { continue }
            for hash in sample.zones.keys {
                if let zones = reader.zones(forKeyHash: hash) { #expect(zones.lowerBound >= 0 && zones.upperBound < 9) }
            }
        }
    }

    @Test func `the filters of a segment of a million events take at most 2.15 bytes an event`() throws {
        let eventCount = 1_000_000
        let zoneCount = (eventCount + 8191) / 8192
        // Counted in generated traces: nearly every id stays in its zone, some come again in the next one.
        let kinds: [(kind: IdFilterKind, keyCount: Int, keysInTwoZones: Int)] = [
            (.eventIds, eventCount, 0), (.spanIds, 370_000, 1500), (.traceIds, 33_000, 700),
        ]
        var byteCount = 0
        for (kind, keyCount, keysInTwoZones) in kinds {
            var builder = IdFilterBuilder(kind)
            var generator = SplitMix64(seed: UInt64(kind.rawValue))
            for index in 0..<keyCount {
                let hash = generator.next()
                let zone = index * zoneCount / keyCount
                builder.add(keyHash: hash, zone: zone)
                if index % (keyCount / max(1, keysInTwoZones)) == 1, zone + 1 < zoneCount {
                    builder.add(keyHash: hash, zone: zone + 1)
                }
            }
            let bytes = try #require(builder.build())
            print("id filter of \(keyCount) \(kind): \(bytes.count) bytes")
            byteCount += bytes.count
        }
        #expect(Double(byteCount) / Double(eventCount) <= 2.15)
    }
}
