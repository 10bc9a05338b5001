public import Bytes

/// Answers from the bytes of an id filter (Format/Segment.md, 9) whether a segment may hold an id, and where.
public struct IdFilterReader: Sendable {
    private let layout: IdFilterLayout
    private let ranges: [ClosedRange<Int>]
    private let slots: ArraySlice<UInt8>
    /// How many distinct ids the filter holds.
    public let keyCount: Int

    /// - Parameter zoneCount: the zones of the segment; a filter that names others is damaged.
    public init(_ bytes: ArraySlice<UInt8>, zoneCount: Int) throws(DecodeError) {
        var reader = ByteReader(bytes)
        let seed = try reader.read(littleEndian: UInt64.self)
        let blockLength = try reader.read(littleEndian: UInt32.self)
        let blockCount = try reader.read(littleEndian: UInt32.self)
        let fingerprintBits = Int(try reader.readByte())
        let rangeBits = Int(try reader.readByte())
        let padding = try reader.read(littleEndian: UInt16.self)
        let rangeCount = Int(try reader.read(littleEndian: UInt32.self))
        let keyCount = try reader.read(littleEndian: UInt64.self)
        guard (1...16).contains(fingerprintBits), rangeBits <= 16, padding == 0 else {
            throw .corrupt(at: 16, "id filter with slots of \(fingerprintBits) + \(rangeBits) bits")
        }
        layout = IdFilterLayout(
            seed: seed, blockLength: blockLength, blockCount: blockCount, fingerprintBits: fingerprintBits,
            rangeBits: rangeBits)
        if keyCount == 0 {
            guard blockLength == 0, blockCount == 0, rangeBits == 0, rangeCount == 0 else {
                throw .corrupt(at: 8, "empty id filter with slots or ranges")
            }
        } else {
            guard blockLength.nonzeroBitCount == 1, blockLength <= IdFilterLayout.largestBlockLength, blockCount > 0
            else { throw .corrupt(at: 8, "id filter of \(blockCount) blocks of \(blockLength) slots") }
            guard keyCount <= UInt64(layout.slotCount) else {
                throw .corrupt(at: 24, "id filter of \(keyCount) keys in \(layout.slotCount) slots")
            }
            guard rangeCount > 0, rangeCount <= 1 << rangeBits else {
                throw .corrupt(at: 20, "id filter of \(rangeCount) ranges, told apart by \(rangeBits) bits")
            }
        }
        self.keyCount = Int(keyCount)
        ranges = try Self.ranges(&reader, count: rangeCount, zoneCount: zoneCount)
        // At most 2^32 blocks of 2^16 slots of 32 bits: no overflow.
        let slotBitCount = keyCount == 0 ? 0 : layout.slotCount * layout.slotBits
        guard reader.remainingByteCount == (slotBitCount + 7) / 8 else {
            throw reader.corrupt("id filter has \(reader.remainingByteCount) bytes of slots for \(slotBitCount) bits")
        }
        slots = try reader.readSlice(byteCount: reader.remainingByteCount)
        if slotBitCount % 8 != 0, let last = slots.last, last >> UInt8(slotBitCount % 8) != 0 {
            throw reader.corrupt("id filter has bits after its slots")
        }
    }

    private static func ranges(
        _ reader: inout ByteReader, count: Int, zoneCount: Int
    ) throws(DecodeError) -> [ClosedRange<Int>] {
        guard count * 8 <= reader.remainingByteCount else { throw reader.corrupt("id filter ends within its ranges") }
        var ranges: [ClosedRange<Int>] = []
        ranges.reserveCapacity(count)
        for _ in 0..<count {
            let start = reader.byteOffset
            let first = Int(try reader.read(littleEndian: UInt32.self))
            let last = Int(try reader.read(littleEndian: UInt32.self))
            guard first <= last, last < zoneCount else {
                throw .corrupt(at: start, "id filter names zones \(first) to \(last) of \(zoneCount)")
            }
            ranges.append(first...last)
        }
        return ranges
    }

    /// The zones in which the id of 8 or 16 bytes may be; nil: it is in none.
    public func zones(forKey key: [UInt8]) -> ClosedRange<Int>? { zones(forKeyHash: checksum(key)) }

    /// The same for the id whose bytes have this checksum.
    public func zones(forKeyHash keyHash: UInt64) -> ClosedRange<Int>? {
        guard keyCount > 0 else { return nil }
        let hash = layout.hash(keyHash)
        let (a, b, c, d) = layout.slots(hash)
        let value = slot(a) ^ slot(b) ^ slot(c) ^ slot(d)
        let check = UInt32(1) << UInt32(layout.fingerprintBits) &- 1
        guard value & check == layout.fingerprint(hash) else { return nil }
        let index = Int(value >> UInt32(layout.fingerprintBits))
        return index < ranges.count ? ranges[index] : nil
    }

    private func slot(_ index: Int) -> UInt32 {
        let firstBit = index * layout.slotBits
        var byteIndex = slots.startIndex + firstBit / 8
        let endIndex = slots.startIndex + (firstBit + layout.slotBits + 7) / 8
        var bits: UInt64 = 0
        var shift = UInt64(0)
        while byteIndex < endIndex {
            bits |= UInt64(slots[byteIndex]) << shift
            byteIndex += 1
            shift += 8
        }
        return UInt32(truncatingIfNeeded: (bits >> UInt64(firstBit % 8)) & ((1 << UInt64(layout.slotBits)) - 1))
    }
}
