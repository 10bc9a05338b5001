internal import Bytes
private import CKernels

extension StringVector {
    /// Builds strings of `byteCount` bytes in all. `fill` writes bytes and ends; it may overwrite
    /// `renderingSlackByteCount` bytes behind the strings.
    @inline(__always)
    static func building(
        count: Int, byteCount: Int,
        _ fill: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt32>) throws(DecodeError) -> Void
    ) throws(DecodeError) -> StringVector {
        guard count > 0 else { return StringVector() }
        var ends: [UInt32] = []
        let bytes = try [UInt8](capacity: byteCount + renderingSlackByteCount) {
            (output: inout OutputSpan<UInt8>) throws(DecodeError) in
            try unsafe output.withUnsafeMutableBufferPointer { (bytes, filledByteCount) throws(DecodeError) in
                ends = try [UInt32](capacity: count) { (output: inout OutputSpan<UInt32>) throws(DecodeError) in
                    try unsafe output.withUnsafeMutableBufferPointer { (ends, filledCount) throws(DecodeError) in
                        guard let bytes = bytes.baseAddress, let ends = ends.baseAddress else { return }
                        try unsafe fill(bytes, ends)
                        filledCount = count
                    }
                }
                filledByteCount = byteCount
            }
        }
        return StringVector(bytes: bytes, ends: ends)
    }

    /// The lengths of the strings.
    var lengths: [UInt64] {
        unsafe [UInt64](unsafeUninitializedCapacity: count) { lengths, filledCount in
            unsafe traversion_lengths(ends, ends.count, lengths.baseAddress)
            filledCount = count
        }
    }

    /// The byte count of the longest string.
    var longest: Int { Int(unsafe traversion_longest(ends, ends.count)) }

    /// Ends of strings of these lengths, which must add up to `byteCount`.
    static func ends(lengths: [UInt64], byteCount: Int) throws(DecodeError) -> [UInt32] {
        var total: UInt64 = 0
        let ends = unsafe [UInt32](unsafeUninitializedCapacity: lengths.count) { ends, filledCount in
            total = unsafe traversion_ends(
                lengths, lengths.count, UInt64(Limits.valueByteCount), ends.baseAddress)
            filledCount = lengths.count
        }
        guard total == UInt64(byteCount) else {
            throw .corrupt(at: 0, "lengths of strings do not add up to \(byteCount) bytes")
        }
        return ends
    }

    /// Ends of `count` strings of one length.
    static func ends(count: Int, byteCount: Int) -> [UInt32] {
        unsafe [UInt32](unsafeUninitializedCapacity: count) { ends, filledCount in
            for index in 0..<count { unsafe ends[index] = UInt32(truncatingIfNeeded: (index &+ 1) &* byteCount) }
            filledCount = count
        }
    }

    /// Whether both hold the same strings.
    func isEqual(to other: StringVector) -> Bool {
        guard count == other.count, bytes.count == other.bytes.count else { return false }
        return unsafe traversion_are_equal(ends, other.ends, 4 * count)
            && traversion_are_equal(bytes, other.bytes, bytes.count)
    }

    /// Whether each string has this length.
    func areAll(byteCount: Int) -> Bool {
        guard bytes.count == count * byteCount else { return false }
        var isEqual = true
        var end: UInt32 = 0
        for index in ends.indices {
            end &+= UInt32(truncatingIfNeeded: byteCount)
            isEqual = isEqual && ends[index] == end
        }
        return isEqual
    }

    /// Calls `body` with each string in turn.
    @inline(__always)
    func visit(_ body: (_ index: Int, _ string: borrowing Span<UInt8>) -> Void) {
        let all = bytes.span
        var start = 0
        for index in ends.indices {
            let end = Int(ends[index])
            body(index, all.extracting(start..<end))
            start = end
        }
    }
}

extension PageEnvironment {
    /// Charges for strings that are about to be laid out.
    func charge(strings count: Int, byteCount: Int) throws(DecodeError) {
        // Ends have 32 bits, whatever the environment allows.
        guard byteCount <= Limits.decodedByteCountPerPage else {
            throw .limit(at: 0, "decodes to more than a page may hold")
        }
        try charge(byteCount + 4 * count)
    }
}
