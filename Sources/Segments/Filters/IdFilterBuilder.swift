import Bytes

/// Which ids a filter holds.
public enum IdFilterKind: UInt32, Sendable, CaseIterable {
    case eventIds = 1
    case traceIds = 2
    case spanIds = 3

    /// Check bits that pay: a trace is looked for in many segments and has few keys in each.
    public var fingerprintBits: Int { self == .traceIds ? 8 : 4 }
}

/// Collects the ids of a segment and the zones they occur in, and makes of them an id filter (Format/Segment.md, 9).
///
/// The filter depends on what was added, not on the order.
public struct IdFilterBuilder {
    /// Zone ranges are widened until there are at most so many.
    package static let largestRangeCount = 1 << 12

    private let fingerprintBits: Int
    private let rangeLimit: Int
    private var keys: [KeyZones] = []
    /// When so many keys are collected they are merged, so that memory follows the distinct ones.
    private var mergeCount = 1 << 20

    public init(_ kind: IdFilterKind) { self.init(fingerprintBits: kind.fingerprintBits) }

    package init(fingerprintBits: Int, rangeLimit: Int = largestRangeCount) {
        precondition((1...16).contains(fingerprintBits) && (1...Self.largestRangeCount).contains(rangeLimit))
        self.fingerprintBits = fingerprintBits
        self.rangeLimit = rangeLimit
    }

    /// Adds ids of `width` bytes that lie one after another and all occur in `zone`.
    public mutating func add(ids: [UInt8], width: Int, zone: Int) {
        precondition(width > 0 && ids.count.isMultiple(of: width))
        let bytes = unsafe ids.span.bytes
        var start = 0
        while start < ids.count {
            add(keyHash: checksum(bytes.extracting(start..<start + width)), zone: zone)
            start += width
        }
    }

    /// Adds the id whose bytes have this checksum.
    public mutating func add(keyHash: UInt64, zone: Int) {
        add(KeyZones(hash: keyHash, firstZone: UInt32(zone), lastZone: UInt32(zone)))
    }

    /// The same for an id that occurs in several zones, the first and the last of which are given.
    package mutating func add(keyHash: UInt64, zones: ClosedRange<Int>) {
        add(KeyZones(hash: keyHash, firstZone: UInt32(zones.lowerBound), lastZone: UInt32(zones.upperBound)))
    }

    mutating func add(_ key: KeyZones) {
        if keys.count == mergeCount {
            keys.merge()
            mergeCount = max(mergeCount, 2 * keys.count)
        }
        keys.append(key)
    }

    /// The filter's bytes; nil in the case, not to be met by chance, that the keys resist every seed.
    public consuming func build() -> [UInt8]? {
        keys.merge()
        guard !keys.isEmpty else {
            let layout = IdFilterLayout(
                seed: 0, blockLength: 0, blockCount: 0, fingerprintBits: fingerprintBits, rangeBits: 0)
            return Self.serialized(layout, ranges: [], keyCount: 0, slots: [])
        }
        let ranges = ZoneRanges(of: keys, limit: rangeLimit)
        let keyCount = keys.count
        let placed = FuseSlots.Keys(
            firstHashes: keys.map { $0.firstHash }, values: keys.map { ranges.index(of: $0) << UInt32(fingerprintBits) }
        )
        keys = []
        guard
            let (layout, slots) = FuseSlots.solve(
                placed, fingerprintBits: fingerprintBits, rangeBits: ranges.indexBits)
        else { return nil }
        return Self.serialized(layout, ranges: ranges.ranges, keyCount: keyCount, slots: slots)
    }

    private static func serialized(
        _ layout: IdFilterLayout, ranges: [ZoneRanges.ZoneRange], keyCount: Int, slots: [UInt32]
    ) -> [UInt8] {
        let slotByteCount = (slots.count * layout.slotBits + 7) / 8
        var writer = ByteWriter(
            reservedByteCount: IdFilterLayout.headerByteCount + 8 * ranges.count + slotByteCount)
        writer.append(littleEndian: layout.seed)
        writer.append(littleEndian: layout.blockLength)
        writer.append(littleEndian: layout.blockCount)
        writer.append(UInt8(layout.fingerprintBits))
        writer.append(UInt8(layout.rangeBits))
        writer.append(littleEndian: UInt16(0))
        writer.append(littleEndian: UInt32(ranges.count))
        writer.append(littleEndian: UInt64(keyCount))
        for range in ranges {
            writer.append(littleEndian: range.first)
            writer.append(littleEndian: range.last)
        }
        writer.append(contentsOf: packed(slots, bits: layout.slotBits))
        return writer.bytes
    }

    /// One bit stream, lowest bit first.
    private static func packed(_ slots: [UInt32], bits: Int) -> [UInt8] {
        let byteCount = (slots.count * bits + 7) / 8
        // Written a word at a time.
        var bytes = [UInt8](repeating: 0, count: byteCount + 8)
        unsafe bytes.withUnsafeMutableBytes { output in
            var offset = 0
            var pending: UInt64 = 0
            var pendingBits = 0
            for slot in slots {
                pending |= UInt64(slot) &<< UInt64(pendingBits)
                pendingBits &+= bits
                if pendingBits >= 32 {
                    unsafe output.storeBytes(
                        of: UInt32(truncatingIfNeeded: pending).littleEndian, toByteOffset: offset, as: UInt32.self)
                    offset &+= 4
                    pending &>>= 32
                    pendingBits &-= 32
                }
            }
            unsafe output.storeBytes(
                of: UInt32(truncatingIfNeeded: pending).littleEndian, toByteOffset: offset, as: UInt32.self)
        }
        bytes.removeLast(8)
        return bytes
    }
}
