/// A key of an id filter, by the checksum of its bytes, and the zones it occurs in.
struct KeyZones: Equatable {
    var hash: UInt64
    var firstZone: UInt32
    var lastZone: UInt32
}

extension [KeyZones] {
    /// Each key once, with the zones that cover all of its zones, ascending by hash.
    func merged() -> [KeyZones] {
        var sorted = sortedByHash()
        var count = 0
        for index in sorted.indices {
            let next = sorted[index]
            if count > 0, sorted[count - 1].hash == next.hash {
                sorted[count - 1].firstZone = Swift.min(sorted[count - 1].firstZone, next.firstZone)
                sorted[count - 1].lastZone = Swift.max(sorted[count - 1].lastZone, next.lastZone)
            } else {
                sorted[count] = next
                count += 1
            }
        }
        sorted.removeSubrange(count...)
        return sorted
    }

    /// Distributes by the high bits, into buckets of about eight, and sorts each of them.
    private func sortedByHash() -> [KeyZones] {
        let bits = Swift.min(18, Swift.max(1, Int.bitWidth - count.leadingZeroBitCount - 3))
        let shift = UInt64(64 - bits)
        var ends = [Int](repeating: 0, count: (1 << bits) + 1)
        for key in self { ends[Int(key.hash >> shift) + 1] += 1 }
        for bucket in 1..<ends.count { ends[bucket] += ends[bucket - 1] }
        var sorted = [KeyZones](repeating: KeyZones(hash: 0, firstZone: 0, lastZone: 0), count: count)
        for key in self {
            let bucket = Int(key.hash >> shift)
            sorted[ends[bucket]] = key
            ends[bucket] += 1
        }
        unsafe sorted.withUnsafeMutableBufferPointer { buffer in
            var start = 0
            for end in ends.dropLast() {
                // Not quadratic even when somebody has made ids that all fall into one bucket.
                var keys = unsafe UnsafeMutableBufferPointer(rebasing: buffer[start..<end])
                unsafe keys.sort { $0.hash < $1.hash }
                start = end
            }
        }
        return sorted
    }
}
