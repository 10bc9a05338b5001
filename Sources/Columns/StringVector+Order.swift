extension StringVector {
    /// Whether one of the strings comes before another (below 0), is the same (0) or comes behind it, by their bytes.
    package func order(_ first: Int, _ second: Int) -> Int {
        let (left, right) = (range(first), range(second))
        let common = min(left.count, right.count)
        // Ranges of a vector lie within its bytes.
        return unsafe bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset &+ 8 <= common {
                let one = unsafe bytes.loadUnaligned(fromByteOffset: left.lowerBound &+ offset, as: UInt64.self)
                let other = unsafe bytes.loadUnaligned(fromByteOffset: right.lowerBound &+ offset, as: UInt64.self)
                if one != other { return one.byteSwapped < other.byteSwapped ? -1 : 1 }
                offset &+= 8
            }
            while offset < common {
                let one = unsafe bytes[left.lowerBound &+ offset]
                let other = unsafe bytes[right.lowerBound &+ offset]
                if one != other { return one < other ? -1 : 1 }
                offset &+= 1
            }
            return left.count &- right.count
        }
    }

    /// The first eight bytes of a string, such that words that differ are ordered as the strings are.
    package func prefix(_ index: Int) -> UInt64 {
        let range = range(index)
        if range.count >= 8 {
            return unsafe bytes.withUnsafeBytes {
                unsafe $0.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self).byteSwapped
            }
        }
        var word: UInt64 = 0
        for byte in range { word = word &<< 8 | UInt64(bytes[byte]) }
        return word &<< UInt64(8 &* (8 &- range.count))
    }
}
