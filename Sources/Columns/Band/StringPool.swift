import Bytes
internal import CKernels

/// The strings of one column: each distinct string once, and a code for each value, for as long as strings repeat.
///
/// Looking every value up makes the dictionary that most columns get and keeps memory small. When half of the values
/// are new, looking up no longer pays: from then on each value is an entry of its own.
public struct StringPool: Sendable {
    public internal(set) var entries = StringVector()
    /// The entry of each value.
    public internal(set) var codes: [UInt32] = []
    /// False once values stopped being looked up: entries may then hold the same string twice.
    public internal(set) var isDistinct = true

    /// The entries by hash; a power of two of them, of which at most half are taken.
    var slots: [traversion_text_slot] = []
    /// The lower half of each entry's hash, which says where it goes when the slots grow.
    var lowHashes: [UInt32] = []

    public init() {}

    public var count: Int { codes.count }

    public subscript(index: Int) -> ArraySlice<UInt8> { entries[Int(codes[index])] }

    /// Whether a value is this text.
    package func holds(_ text: ArraySlice<UInt8>, at index: Int) -> Bool {
        let range = entries.range(Int(codes[index]))
        guard range.count == text.count else { return false }
        return unsafe text.withUnsafeBufferPointer { unsafe holds($0, at: range.lowerBound) }
    }

    /// Some of the values, one after another.
    public func vector(_ values: Range<Int>) -> StringVector {
        if let whole = entriesInARow(values) { return entries.slice(whole) }
        return entries.gather(Array(codes[values]))
    }

    /// The entries of some values where they stand end to end: values that were never looked up are their own entries.
    private func entriesInARow(_ values: Range<Int>) -> Range<Int>? {
        guard !isDistinct, let first = codes[values].first, let last = codes[values].last,
            Int(last) - Int(first) == values.count - 1, codes[values].isAscendingByOne
        else { return nil }
        return Int(first)..<Int(last) + 1
    }

    /// The bytes of some values.
    public func byteCount(of values: Range<Int>) -> Int {
        if let whole = entriesInARow(values) {
            return whole.isEmpty
                ? 0 : entries.range(whole.upperBound - 1).upperBound - entries.range(whole.lowerBound).lowerBound
        }
        var byteCount = 0
        for code in codes[values] { byteCount &+= entries.range(Int(code)).count }
        return byteCount
    }

    /// Forgets all values and keeps the memory.
    public mutating func removeAll() {
        entries.bytes.removeAll(keepingCapacity: true)
        entries.ends.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        lowHashes.removeAll(keepingCapacity: true)
        for index in slots.indices { slots[index] = Self.freeSlot }
        isDistinct = true
    }

    /// Whether the entries have these bytes at an offset, where at least as many stand.
    @inline(__always)
    private func holds(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        return unsafe entries.bytes.withUnsafeBufferPointer { all in
            guard let entries = all.baseAddress else { return true }
            return unsafe areBytesEqual(entries + offset, start, count: bytes.count)
        }
    }
}

extension ArraySlice<UInt32> {
    fileprivate var isAscendingByOne: Bool {
        guard let first else { return true }
        for (distance, value) in enumerated() where value != first &+ UInt32(truncatingIfNeeded: distance) {
            return false
        }
        return true
    }
}
