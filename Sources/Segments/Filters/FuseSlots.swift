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

    /// Keys by their hashes under the first seed, and for each what its slots must give above its check bits.
    struct Keys {
        var firstHashes: [UInt64]
        var values: [UInt32]
    }

    /// - Parameter keys: in the order of their places under the first seed.
    static func solve(_ keys: Keys, fingerprintBits: Int, rangeBits: Int) -> (IdFilterLayout, [UInt32])? {
        for seed in 0..<tryCount {
            let layout = layout(
                keyCount: keys.firstHashes.count, seed: seed, fingerprintBits: fingerprintBits, rangeBits: rangeBits)
            if let slots = slots(keys, layout: layout) { return (layout, slots) }
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

    private static func slots(_ keys: Keys, layout: IdFilterLayout) -> [UInt32]? {
        guard layout.slotCount <= Int(UInt32.max) else { return nil }
        let keys = grouped(keys, layout: layout)
        guard let order = peeled(keys.firstHashes, layout: layout) else { return nil }
        var slots = [UInt32](repeating: 0, count: layout.slotCount)
        unsafe slots.withUnsafeMutableBufferPointer { slots in
            unsafe keys.firstHashes.withUnsafeBufferPointer { hashes in
                for step in order.reversed() {
                    // The key's own slot is still 0, so that the four may be taken together.
                    let hash = unsafe layout.hash(fromFirst: hashes[Int(step.key)])
                    let (a, b, c, d) = layout.slots(hash)
                    let target = keys.values[Int(step.key)] | layout.fingerprint(hash)
                    unsafe slots[Int(step.slot)] = target ^ slots[a] ^ slots[b] ^ slots[c] ^ slots[d]
                }
            }
        }
        return slots
    }

    /// The keys by first block: what is near in the arrays is near in the slots, which keeps the work within the cache.
    private static func grouped(_ keys: Keys, layout: IdFilterLayout) -> Keys {
        // Under the first seed they are in order already.
        guard layout.seed != 0 else { return keys }
        let step = UInt64(layout.blockLength).trailingZeroBitCount
        var ends = [Int](repeating: 0, count: Int(layout.blockCount) + 1)
        for hash in keys.firstHashes { ends[layout.slots(layout.hash(fromFirst: hash)).0 >> step + 1] += 1 }
        for block in 1..<ends.count { ends[block] += ends[block - 1] }
        var grouped = keys
        for (hash, value) in zip(keys.firstHashes, keys.values) {
            let block = layout.slots(layout.hash(fromFirst: hash)).0 >> step
            grouped.firstHashes[ends[block]] = hash
            grouped.values[ends[block]] = value
            ends[block] += 1
        }
        return grouped
    }

    /// A key and the slot that is its own once all keys after it have theirs.
    private struct Step {
        var key: UInt32
        var slot: UInt32
    }

    /// For each slot how many keys have it, and the xor of their indexes, which is the key's when it is one.
    @safe private struct Members {
        let counts: UnsafeMutableBufferPointer<UInt8>
        let indexes: UnsafeMutableBufferPointer<UInt32>

        /// False when too many keys have the slot.
        @inline(__always)
        func add(_ index: UInt32, to slot: Int) -> Bool {
            unsafe counts[slot] &+= 1
            unsafe indexes[slot] ^= index
            return unsafe counts[slot] != 0
        }

        /// True when one is left.
        @inline(__always)
        func remove(_ index: UInt32, from slot: Int) -> Bool {
            unsafe counts[slot] &-= 1
            unsafe indexes[slot] ^= index
            return unsafe counts[slot] == 1
        }
    }

    /// The order in which the keys can be taken away; nil when some cannot.
    private static func peeled(_ hashes: [UInt64], layout: IdFilterLayout) -> [Step]? {
        var counts = [UInt8](repeating: 0, count: layout.slotCount)
        var indexes = [UInt32](repeating: 0, count: layout.slotCount)
        let order = unsafe [Step](unsafeUninitializedCapacity: hashes.count) { order, stepCount in
            unsafe counts.withUnsafeMutableBufferPointer { counts in
                unsafe indexes.withUnsafeMutableBufferPointer { indexes in
                    let members = unsafe Members(counts: counts, indexes: indexes)
                    unsafe hashes.withUnsafeBufferPointer { hashes in
                        guard unsafe fill(members, hashes, layout: layout) else { return }
                        stepCount = unsafe peel(hashes, members, layout: layout, into: order)
                    }
                }
            }
        }
        return order.count == hashes.count ? order : nil
    }

    private static func fill(
        _ members: Members, _ hashes: UnsafeBufferPointer<UInt64>, layout: IdFilterLayout
    ) -> Bool {
        var fits = true
        for index in hashes.indices {
            let (a, b, c, d) = unsafe layout.slots(layout.hash(fromFirst: hashes[index]))
            let index = UInt32(truncatingIfNeeded: index)
            fits = members.add(index, to: a) && fits
            fits = members.add(index, to: b) && fits
            fits = members.add(index, to: c) && fits
            fits = members.add(index, to: d) && fits
        }
        return fits
    }

    /// Returns how many keys could be taken away.
    private static func peel(
        _ hashes: UnsafeBufferPointer<UInt64>, _ members: Members, layout: IdFilterLayout,
        into order: UnsafeMutableBufferPointer<Step>
    ) -> Int {
        var stepCount = 0
        // A slot comes to have one key only once, and each time four may be written, of which those are kept.
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: members.counts.count + 4) { alone in
            for start in unsafe members.counts.indices where unsafe members.counts[start] == 1 {
                unsafe alone[0] = UInt32(truncatingIfNeeded: start)
                var next = 0
                var end = 1
                while next < end {
                    let slot = unsafe alone[next]
                    next &+= 1
                    guard unsafe members.counts[Int(slot)] == 1 else { continue }
                    let key = unsafe members.indexes[Int(slot)]
                    unsafe order[stepCount] = Step(key: key, slot: slot)
                    stepCount &+= 1
                    let (a, b, c, d) = unsafe layout.slots(layout.hash(fromFirst: hashes[Int(key)]))
                    unsafe alone[end] = UInt32(truncatingIfNeeded: a)
                    end &+= members.remove(key, from: a) ? 1 : 0
                    unsafe alone[end] = UInt32(truncatingIfNeeded: b)
                    end &+= members.remove(key, from: b) ? 1 : 0
                    unsafe alone[end] = UInt32(truncatingIfNeeded: c)
                    end &+= members.remove(key, from: c) ? 1 : 0
                    unsafe alone[end] = UInt32(truncatingIfNeeded: d)
                    end &+= members.remove(key, from: d) ? 1 : 0
                }
            }
        }
        return stepCount
    }
}
