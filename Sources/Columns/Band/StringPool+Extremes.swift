import Bytes

extension StringPool {
    /// The entries that are first and last in byte order among some values, and how many distinct ones there are
    /// (0: not known).
    public func extremes(of values: Range<Int>) -> (minimum: Int, maximum: Int, distinctCount: Int) {
        var minimum = Int(codes[values.lowerBound])
        var maximum = minimum
        var distinctCount = 0
        var seen = [Bool](repeating: false, count: isDistinct ? entries.count : 0)
        for code in codes[values] {
            let entry = Int(code)
            if isDistinct {
                if seen[entry] { continue }
                seen[entry] = true
                distinctCount += 1
            }
            if precedes(entry, minimum) { minimum = entry } else if precedes(maximum, entry) { maximum = entry }
        }
        return (minimum, maximum, distinctCount)
    }

    private func precedes(_ first: Int, _ second: Int) -> Bool {
        let (left, right) = (entries.range(first), entries.range(second))
        return unsafe entries.bytes.withUnsafeBufferPointer { bytes in
            let shared = min(left.count, right.count)
            let raw = UnsafeRawBufferPointer(bytes)
            var offset = 0
            while offset &+ 8 <= shared {
                // As numbers whose highest byte comes first, words are in the order of their bytes.
                let first = unsafe raw.loadUnaligned(fromByteOffset: left.lowerBound &+ offset, as: UInt64.self)
                let second = unsafe raw.loadUnaligned(fromByteOffset: right.lowerBound &+ offset, as: UInt64.self)
                if first != second { return first.bigEndian < second.bigEndian }
                offset &+= 8
            }
            while offset < shared {
                let first = unsafe raw[left.lowerBound &+ offset]
                let second = unsafe raw[right.lowerBound &+ offset]
                if first != second { return first < second }
                offset &+= 1
            }
            return left.count < right.count
        }
    }
}
