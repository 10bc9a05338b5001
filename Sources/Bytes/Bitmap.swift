private import CKernels

/// A bit for each of `count` values: bit i % 64 of word i / 64. Bits behind the last value are always 0.
public struct Bitmap: Equatable, Sendable {
    public let count: Int
    public private(set) var words: [UInt64]

    public init(count: Int, repeating bit: Bool = false) {
        self.count = count
        words = [UInt64](repeating: bit ? .max : 0, count: (count + 63) / 64)
        clearBehindEnd()
    }

    /// Takes words as a kernel has filled them.
    public init(count: Int, words: [UInt64]) {
        precondition(words.count == (count + 63) / 64, "a bitmap of another length")
        self.count = count
        self.words = words
        clearBehindEnd()
    }

    private mutating func clearBehindEnd() {
        if count % 64 != 0 { words[words.count - 1] &= (1 << UInt64(count % 64)) - 1 }
    }

    @inlinable
    public subscript(index: Int) -> Bool {
        get {
            precondition(index >= 0 && index < count)
            return words[index >> 6] >> UInt64(index & 63) & 1 == 1
        }
        set { set(index, to: newValue) }
    }

    @usableFromInline
    mutating func set(_ index: Int, to bit: Bool) {
        precondition(index >= 0 && index < count)
        let mask: UInt64 = 1 << UInt64(index & 63)
        if bit { words[index >> 6] |= mask } else { words[index >> 6] &= ~mask }
    }

    /// Sets the bits of a range to 1.
    public mutating func insert(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        guard !range.isEmpty else { return }
        let first = range.lowerBound >> 6
        let last = (range.upperBound - 1) >> 6
        let head = UInt64.max << UInt64(range.lowerBound & 63)
        let tail = UInt64.max >> UInt64(63 - (range.upperBound - 1) & 63)
        if first == last {
            words[first] |= head & tail
            return
        }
        words[first] |= head
        for index in first + 1..<last { words[index] = .max }
        words[last] |= tail
    }

    /// How many bits are 1.
    public var setCount: Int { unsafe traversion_count_bits(words, words.count) }
    public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
    public var isFull: Bool { setCount == count }

    public mutating func formUnion(_ other: Bitmap) { combine(other) { $0 | $1 } }
    public mutating func formIntersection(_ other: Bitmap) { combine(other) { $0 & $1 } }
    public mutating func subtract(_ other: Bitmap) { combine(other) { $0 & ~$1 } }

    /// Turns every bit around.
    public mutating func invert() {
        for index in words.indices { words[index] = ~words[index] }
        clearBehindEnd()
    }

    @inline(__always)
    private mutating func combine(_ other: Bitmap, _ operation: (UInt64, UInt64) -> UInt64) {
        precondition(count == other.count, "bitmaps of different lengths")
        for index in words.indices { words[index] = operation(words[index], other.words[index]) }
    }

    /// Calls `body` with the index of every bit that is 1, ascending.
    @inlinable
    public func forEachSet<Failure: Error>(_ body: (Int) throws(Failure) -> Void) throws(Failure) {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                try body(index << 6 + rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
        }
    }
}
