/// What formats look for in bytes. Places outside are never asked for.
extension Span<UInt8> {
    /// The first place at or behind `start` that has the byte.
    @inlinable
    @inline(__always)
    public func firstIndex(of byte: UInt8, from start: Int) -> Int? { firstIndex(of: byte, in: start..<count) }

    @inlinable
    @inline(__always)
    public func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        unsafe withUnsafeBufferPointer { bytes in
            let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
            while index &+ 8 <= range.upperBound {
                let word = unsafe UnsafeRawPointer(bytes.baseAddress!).loadUnaligned(
                    fromByteOffset: index, as: UInt64.self)
                let zeros = EightBytesSearch.zeros(word ^ pattern)
                if zeros != 0 {
                    index &+= zeros.trailingZeroBitCount &>> 3
                    return
                }
                index &+= 8
            }
            while index < range.upperBound, unsafe bytes[index] != byte { index &+= 1 }
        }
        return index < range.upperBound ? index : nil
    }

    public func count(of byte: UInt8, in range: Range<Int>) -> Int {
        var index = range.lowerBound
        var total = 0
        unsafe withUnsafeBufferPointer { bytes in
            let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
            while index &+ 8 <= range.upperBound {
                let word = unsafe UnsafeRawPointer(bytes.baseAddress!).loadUnaligned(
                    fromByteOffset: index, as: UInt64.self)
                total &+= EightBytesSearch.allZeros(word ^ pattern).nonzeroBitCount
                index &+= 8
            }
            while index < range.upperBound {
                if unsafe bytes[index] == byte { total &+= 1 }
                index &+= 1
            }
        }
        return total
    }

    /// The byte at a place; 0 outside.
    @inlinable
    @inline(__always)
    public func byte(at index: Int) -> UInt8 { index >= 0 && index < count ? unsafe self[unchecked: index] : 0 }

    public func hasPrefix(_ text: StaticString, at start: Int = 0) -> Bool {
        equals(text, in: start..<Swift.min(start &+ text.utf8CodeUnitCount, Swift.max(count, start)))
    }

    /// Whether the range holds exactly this text.
    public func equals(_ text: StaticString, in range: Range<Int>) -> Bool {
        guard range.count == text.utf8CodeUnitCount, range.upperBound <= count else { return false }
        for offset in 0..<range.count where unsafe self[range.lowerBound + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

    /// The range without the blanks at both ends.
    public func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while !range.isEmpty, Byte.isBlank(self[range.lowerBound]) { range = range.lowerBound + 1..<range.upperBound }
        while let last = range.last, Byte.isWhite(self[last]) { range = range.lowerBound..<last }
        return range
    }

    public func array(_ range: Range<Int>) -> [UInt8] {
        let part = extracting(range)
        return unsafe part.withUnsafeBufferPointer { unsafe Array($0) }
    }
}

/// Looks at eight bytes at once.
public enum EightBytesSearch {
    /// A set bit in the first byte that is zero; those behind it may have one for no reason.
    @inlinable
    @inline(__always)
    public static func zeros(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    /// A set bit in each byte that is zero, and in no other.
    @inlinable
    @inline(__always)
    public static func allZeros(_ word: UInt64) -> UInt64 {
        let others = ((word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | word
        return ~others & 0x8080_8080_8080_8080
    }
}
