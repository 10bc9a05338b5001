/// A key of an id filter, by the checksum of its bytes, and the zones it occurs in.
struct KeyZones: Equatable {
    /// The hash that places it under the first seed, which tells its checksum too: keys are sorted by it, and placed.
    var firstHash: UInt64
    var firstZone: UInt32
    var lastZone: UInt32

    init(hash: UInt64, firstZone: UInt32, lastZone: UInt32) {
        firstHash = IdFilterLayout.firstHash(hash)
        self.firstZone = firstZone
        self.lastZone = lastZone
    }

    /// The checksum of its bytes.
    var hash: UInt64 { IdFilterLayout.keyHash(ofFirst: firstHash) }
}

extension [KeyZones] {
    /// Each key once, with the zones that cover all of its zones, ascending by the place that a filter gives it with
    /// the first seed: what is near in the array is near in the filter.
    mutating func merge() {
        sortByPlace()
        let count = unsafe withUnsafeMutableBufferPointer { keys in
            var count = 0
            for index in keys.indices {
                let next = unsafe keys[index]
                if count > 0, unsafe keys[count &- 1].firstHash == next.firstHash {
                    unsafe keys[count &- 1].firstZone = Swift.min(keys[count &- 1].firstZone, next.firstZone)
                    unsafe keys[count &- 1].lastZone = Swift.max(keys[count &- 1].lastZone, next.lastZone)
                } else {
                    unsafe keys[count] = next
                    count &+= 1
                }
            }
            return count
        }
        removeSubrange(count...)
    }

    /// Keys in a bucket of the second distribution, about.
    private static var bucketKeyCountBits: Int { 3 }
    /// Buckets of one distribution, at most: as many places as the caches hold.
    private static var bucketCountBits: Int { 11 }

    /// Distributes by the high bits, each bucket once more by the bits below, and sorts what is left by insertion.
    private mutating func sortByPlace() {
        let count = count
        let bits = Swift.max(0, Int.bitWidth - count.leadingZeroBitCount - Self.bucketKeyCountBits)
        let firstBits = Swift.min(bits, Self.bucketCountBits)
        let secondBits = Swift.min(bits - firstBits, Self.bucketCountBits)
        unsafe withUnsafeMutableBufferPointer { keys in
            unsafe withUnsafeTemporaryAllocation(of: KeyZones.self, capacity: count) { scratch in
                guard let keys = keys.baseAddress, let scratch = scratch.baseAddress else { return }
                let ends = unsafe Self.distribute(keys, count, to: scratch, shift: 64 - firstBits, bits: firstBits)
                var start = 0
                for end in ends {
                    let inner = unsafe Self.distribute(
                        scratch + start, end - start, to: keys + start, shift: 64 - firstBits - secondBits,
                        bits: secondBits)
                    unsafe Self.sortBuckets(keys + start, inner)
                    start = end
                }
            }
        }
    }

    /// Copies keys into buckets by some bits of their places and tells where each bucket ends.
    private static func distribute(
        _ keys: UnsafePointer<KeyZones>, _ count: Int, to output: UnsafeMutablePointer<KeyZones>, shift: Int, bits: Int
    ) -> [Int] {
        let mask = 1 << bits &- 1
        // A shift by all 64 bits gives 0, the only bucket.
        func bucket(_ index: Int) -> Int {
            unsafe Int(truncatingIfNeeded: keys[index].firstHash >> UInt64(shift)) & mask
        }
        var ends = [Int](repeating: 0, count: 1 << bits)
        unsafe ends.withUnsafeMutableBufferPointer { ends in
            for index in 0..<count { unsafe ends[bucket(index)] &+= 1 }
            var start = 0
            for bucket in ends.indices {
                let next = unsafe start &+ ends[bucket]
                unsafe ends[bucket] = start
                start = next
            }
            for index in 0..<count {
                let place = unsafe ends[bucket(index)]
                unsafe (output + place).initialize(to: keys[index])
                unsafe ends[bucket(index)] = place &+ 1
            }
        }
        return ends
    }

    private static func sortBuckets(_ keys: UnsafeMutablePointer<KeyZones>, _ ends: [Int]) {
        var start = 0
        for end in ends {
            if end &- start > 64 {
                // Not quadratic even when somebody has made ids that all fall into one bucket.
                var bucket = unsafe UnsafeMutableBufferPointer(start: keys + start, count: end &- start)
                unsafe bucket.sort { $0.firstHash < $1.firstHash }
            } else {
                unsafe insertionSort(keys, start..<end)
            }
            start = end
        }
    }

    private static func insertionSort(_ keys: UnsafeMutablePointer<KeyZones>, _ range: Range<Int>) {
        for index in range.dropFirst() {
            let key = unsafe keys[index]
            let hash = key.firstHash
            var place = index
            while place > range.lowerBound, unsafe keys[place &- 1].firstHash > hash {
                unsafe keys[place] = keys[place &- 1]
                place &-= 1
            }
            unsafe keys[place] = key
        }
    }
}
