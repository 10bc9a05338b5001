/// Finds slots whose xor at the four places of each key is the key's value: a binary fuse filter of arity four.
///
/// A key that is alone in some slot can be given its value there whatever the other slots hold. Taking such keys away
/// frees others; in the order in which they were taken away, backwards, each gets its slot.
enum FuseSlots {
    /// How many seeds are tried, each with a little more room than the one before.
    private static let tryCount = 64

    /// For block lengths 4, 8, ... the least number of keys they are for, and the slots for a thousand keys at that number.
    private static let sizes: [(keyCount: Int, slotsPerThousand: Int)] = [
        (0, 2290), (42, 1856), (122, 1615), (356, 1461), (1035, 1355), (3013, 1277), (8768, 1217), (25_514, 1170),
        (74_246, 1132), (216_056, 1101), (628_724, 1075), (1_829_587, 1075), (5_324_098, 1075), (15_493_125, 1075),
        (45_084_995, 1075),
    ]

    /// - Parameter values: for each key what stands above its check bits.
    static func solve(
        _ keys: [KeyZones], values: [UInt32], fingerprintBits: Int, rangeBits: Int
    ) -> (IdFilterLayout, [UInt32])? {
        for seed in 0..<tryCount {
            let layout = layout(
                keyCount: keys.count, seed: seed, fingerprintBits: fingerprintBits, rangeBits: rangeBits)
            if let slots = slots(keys, values: values, layout: layout) { return (layout, slots) }
        }
        return nil
    }

    private static func layout(keyCount: Int, seed: Int, fingerprintBits: Int, rangeBits: Int) -> IdFilterLayout {
        let step = sizes.lastIndex { $0.keyCount <= keyCount }!
        var slotsPerThousand = sizes[step].slotsPerThousand
        if step > 0, step + 1 < sizes.count {
            // The need falls with the number of keys, bent so that the straight line lies above it.
            let (lower, upper) = (sizes[step], sizes[step + 1])
            slotsPerThousand -=
                (lower.slotsPerThousand - upper.slotsPerThousand) * (keyCount - lower.keyCount)
                / (upper.keyCount - lower.keyCount)
        }
        let blockLength = 4 << step
        let slotCount = keyCount * (slotsPerThousand + 10 * seed) / 1000
        let blockCount = max(1, (slotCount + blockLength - 1) / blockLength - 3 + seed / 4)
        return IdFilterLayout(
            seed: UInt64(seed), blockLength: UInt32(blockLength), blockCount: UInt32(blockCount),
            fingerprintBits: fingerprintBits, rangeBits: rangeBits)
    }

    private static func slots(_ keys: [KeyZones], values: [UInt32], layout: IdFilterLayout) -> [UInt32]? {
        guard layout.slotCount <= Int(UInt32.max) else { return nil }
        let (hashes, targets) = grouped(keys, values: values, layout: layout)
        guard let order = peeled(hashes, layout: layout) else { return nil }
        var slots = [UInt32](repeating: 0, count: layout.slotCount)
        for step in order.reversed() {
            // The key's own slot is still 0, so that the four may be taken together.
            let (a, b, c, d) = layout.slots(hashes[Int(step.key)])
            slots[Int(step.slot)] = targets[Int(step.key)] ^ slots[a] ^ slots[b] ^ slots[c] ^ slots[d]
        }
        return slots
    }

    /// The hashes under this layout's seed and what each key's slots must give, by first block: what is near in these
    /// arrays is near in the slots, which keeps the work within the cache.
    private static func grouped(
        _ keys: [KeyZones], values: [UInt32], layout: IdFilterLayout
    ) -> (hashes: [UInt64], targets: [UInt32]) {
        let step = UInt64(layout.blockLength).trailingZeroBitCount
        var ends = [Int](repeating: 0, count: Int(layout.blockCount) + 1)
        for key in keys { ends[layout.slots(layout.hash(key.hash)).0 >> step + 1] += 1 }
        for block in 1..<ends.count { ends[block] += ends[block - 1] }
        var hashes = [UInt64](repeating: 0, count: keys.count)
        var targets = [UInt32](repeating: 0, count: keys.count)
        for index in keys.indices {
            let hash = layout.hash(keys[index].hash)
            let block = layout.slots(hash).0 >> step
            hashes[ends[block]] = hash
            targets[ends[block]] = values[index] | layout.fingerprint(hash)
            ends[block] += 1
        }
        return (hashes, targets)
    }

    /// A key and the slot that is its own once all keys after it have theirs.
    private struct Step {
        var key: UInt32
        var slot: UInt32
    }

    /// The order in which the keys can be taken away; nil when some cannot.
    private static func peeled(_ hashes: [UInt64], layout: IdFilterLayout) -> [Step]? {
        // For each slot how many keys have it, and the xor of their indexes, which is the key's when it is one.
        var degrees = [UInt8](repeating: 0, count: layout.slotCount)
        var members = [UInt32](repeating: 0, count: layout.slotCount)
        func add(_ index: Int, _ slot: Int) {
            degrees[slot] &+= 1
            members[slot] ^= UInt32(truncatingIfNeeded: index)
        }
        for index in hashes.indices {
            let (a, b, c, d) = layout.slots(hashes[index])
            guard max(degrees[a], degrees[b], degrees[c], degrees[d]) < UInt8.max else { return nil }
            add(index, a)
            add(index, b)
            add(index, c)
            add(index, d)
        }

        var alone: [UInt32] = []
        var order: [Step] = []
        order.reserveCapacity(hashes.count)
        func remove(_ key: UInt32, _ slot: Int) {
            degrees[slot] &-= 1
            members[slot] ^= key
            if degrees[slot] == 1 { alone.append(UInt32(truncatingIfNeeded: slot)) }
        }
        for start in degrees.indices where degrees[start] == 1 {
            alone.append(UInt32(truncatingIfNeeded: start))
            while let slot = alone.popLast() {
                guard degrees[Int(slot)] == 1 else { continue }
                let key = members[Int(slot)]
                order.append(Step(key: key, slot: slot))
                let (a, b, c, d) = layout.slots(hashes[Int(key)])
                remove(key, a)
                remove(key, b)
                remove(key, c)
                remove(key, d)
            }
        }
        return order.count == hashes.count ? order : nil
    }
}
