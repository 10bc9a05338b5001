internal import Bytes

/// Some strings apart from the others, which are all of one kind.
extension StringNode {
    /// The others with the values put in, so that value i stands at position i of the result.
    static func merge(
        _ values: StringVector, at positions: [UInt64], into others: StringVector, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let count = values.count + others.count
        var lowest: UInt64 = 0
        for position in positions {
            guard position >= lowest, position < UInt64(count) else {
                throw .corrupt(at: 0, "positions of exceptions are not ascending")
            }
            lowest = position + 1
        }
        let byteCount = values.bytes.count + others.bytes.count
        try environment.charge(strings: count, byteCount: byteCount)
        return try unsafe StringVector.building(count: count, byteCount: byteCount) { bytes, ends in
            var output = unsafe StringOutput(bytes: bytes, ends: ends)
            var otherIndex = 0
            for (index, position) in positions.enumerated() {
                let runEnd = Int(position) - index
                output.append(others, otherIndex..<runEnd)
                output.append(values, index..<index + 1)
                otherIndex = runEnd
            }
            output.append(others, otherIndex..<others.count)
        }
    }
}

/// Where strings are laid end to end, in memory that is known to be large enough.
@safe struct StringOutput {
    private let bytes: UnsafeMutablePointer<UInt8>
    private let ends: UnsafeMutablePointer<UInt32>
    private var byteCount = 0
    private var count = 0

    init(bytes: UnsafeMutablePointer<UInt8>, ends: UnsafeMutablePointer<UInt32>) {
        unsafe self.bytes = bytes
        unsafe self.ends = ends
    }

    /// Appends a run of strings.
    mutating func append(_ strings: StringVector, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        let start = strings.range(range.lowerBound).lowerBound
        let end = strings.range(range.upperBound - 1).upperBound
        unsafe strings.bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress, end > start else { return }
            unsafe UnsafeMutableRawPointer(bytes + byteCount).copyMemory(from: base + start, byteCount: end - start)
        }
        let shift = UInt32(truncatingIfNeeded: byteCount) &- UInt32(truncatingIfNeeded: start)
        for index in range {
            unsafe ends[count] = strings.ends[index] &+ shift
            count &+= 1
        }
        byteCount += end - start
    }
}
