/// Single values of packed integers (Format/Segment.md, 5.1.1).
struct PackedPlaces {
    private let raw: ArraySlice<UInt8>
    private let width: Int
    private let blockValueCount: Int

    private static let blockCount = 1024
    private static let laneCount = 16

    /// The bytes must be as many as `count` values take.
    init(_ raw: ArraySlice<UInt8>, count: Int, width: Int) {
        precondition(raw.count == IntegerNode.packedByteCount(count: count, width: width), "bytes of another length")
        self.raw = raw
        self.width = width
        blockValueCount = count / Self.blockCount * Self.blockCount
    }

    func values(at places: [UInt32], base: UInt64) -> [UInt64] {
        let mask = UInt64.max >> UInt64(64 - width)
        return places.map { place in
            let index = Int(place)
            let bits = index < blockValueCount ? inBlock(index) : inTail(index - blockValueCount)
            return base &+ (bits & mask)
        }
    }

    private func inBlock(_ index: Int) -> UInt64 {
        let start = index / Self.blockCount * (128 * width)
        let lane = index % Self.laneCount
        let bit = index % Self.blockCount / Self.laneCount * width
        let (word, shift) = (bit / 64, bit % 64)
        let low = self.word(start + (word * Self.laneCount + lane) * 8) >> UInt64(shift)
        guard shift + width > 64 else { return low }
        return low | self.word(start + ((word + 1) * Self.laneCount + lane) * 8) << UInt64(64 - shift)
    }

    private func inTail(_ index: Int) -> UInt64 {
        let start = blockValueCount / Self.blockCount * (128 * width)
        let bit = index * width
        let (byte, shift) = (start + bit / 8, bit % 8)
        let low = word(byte) >> UInt64(shift)
        guard shift + width > 64 else { return low }
        return low | word(byte + 8) << UInt64(64 - shift)
    }

    /// Eight bytes; those behind the end are 0.
    private func word(_ offset: Int) -> UInt64 {
        let bytes = raw.span
        if offset + 8 <= bytes.count { return EightBytes.load(bytes, at: offset, count: 8) }
        return EightBytes.load(bytes, at: offset, count: bytes.count - offset)
    }
}
