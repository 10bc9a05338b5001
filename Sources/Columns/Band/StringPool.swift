import Bytes

/// The strings of one column: each distinct string once, and a code for each value, for as long as strings repeat.
///
/// Looking every value up makes the dictionary that most columns get and keeps memory small. When half of the values
/// are new, looking up no longer pays: from then on each value is an entry of its own.
public struct StringPool: Sendable {
    public private(set) var entries = StringVector()
    /// The entry of each value.
    public private(set) var codes: [UInt32] = []
    /// False once values stopped being looked up: entries may then hold the same string twice.
    public private(set) var isDistinct = true

    private var slots: [UInt32] = []
    private var hashes: [UInt32] = []

    private static let emptySlot = UInt32.max
    private static let trialCount = 2048

    public init() {}

    public var count: Int { codes.count }

    public subscript(index: Int) -> ArraySlice<UInt8> { entries[Int(codes[index])] }

    public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isDistinct else { return unsafe appendEntry(bytes) }
        // Runs of one value are common: compare with the value before first.
        if let last = codes.last, unsafe equals(Int(last), bytes) {
            codes.append(last)
            return
        }
        unsafe appendLookedUp(bytes)
    }

    public mutating func append(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
    }

    public mutating func removeLast() {
        // Only a row that turns out to repeat a key takes a value back. Its entry stays: unused entries are dropped
        // when the column is encoded.
        codes.removeLast()
    }

    /// Some of the values, one after another.
    public func vector(_ values: Range<Int>) -> StringVector {
        // Values that were never looked up are their own entries, end to end.
        if !isDistinct, let first = codes[values].first, let last = codes[values].last,
            Int(last) - Int(first) == values.count - 1, codes[values].isAscendingByOne
        {
            return entries.slice(Int(first)..<Int(last) + 1)
        }
        return entries.gather(Array(codes[values]))
    }

    /// The bytes of some values.
    public func byteCount(of values: Range<Int>) -> Int {
        var byteCount = 0
        for code in codes[values] { byteCount += entries.range(Int(code)).count }
        return byteCount
    }

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
            for index in 0..<shared {
                let difference = unsafe Int(bytes[left.lowerBound &+ index]) - Int(bytes[right.lowerBound &+ index])
                if difference != 0 { return difference < 0 }
            }
            return left.count < right.count
        }
    }

    /// Forgets all values and keeps the memory.
    public mutating func removeAll() {
        entries.bytes.removeAll(keepingCapacity: true)
        entries.ends.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        hashes.removeAll(keepingCapacity: true)
        for index in slots.indices { slots[index] = Self.emptySlot }
        isDistinct = true
    }

    private mutating func appendEntry(_ bytes: UnsafeBufferPointer<UInt8>) {
        codes.append(UInt32(truncatingIfNeeded: entries.ends.count))
        unsafe entries.bytes.append(contentsOf: bytes)
        entries.ends.append(UInt32(truncatingIfNeeded: entries.bytes.count))
    }

    private mutating func appendLookedUp(_ bytes: UnsafeBufferPointer<UInt8>) {
        if entries.ends.count * 2 >= slots.count { grow() }
        let hash = unsafe UInt32(truncatingIfNeeded: checksum(UnsafeRawBufferPointer(bytes).bytes))
        let mask = slots.count &- 1
        var slot = Int(hash) & mask
        while slots[slot] != Self.emptySlot {
            let code = slots[slot]
            if hashes[Int(code)] == hash, unsafe equals(Int(code), bytes) {
                codes.append(code)
                return
            }
            slot = (slot &+ 1) & mask
        }
        slots[slot] = UInt32(truncatingIfNeeded: entries.ends.count)
        hashes.append(hash)
        unsafe appendEntry(bytes)
        if codes.count >= Self.trialCount, entries.ends.count &* 2 > codes.count { stopLookingUp() }
    }

    private mutating func stopLookingUp() {
        isDistinct = false
        slots = []
        hashes = []
    }

    private mutating func grow() {
        slots = [UInt32](repeating: Self.emptySlot, count: max(64, slots.count * 2))
        let mask = slots.count &- 1
        for (code, hash) in hashes.enumerated() {
            var slot = Int(hash) & mask
            while slots[slot] != Self.emptySlot { slot = (slot &+ 1) & mask }
            slots[slot] = UInt32(truncatingIfNeeded: code)
        }
    }

    private func equals(_ code: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = entries.range(code)
        guard range.count == bytes.count else { return false }
        return unsafe entries.bytes.withUnsafeBufferPointer { all in
            for index in 0..<bytes.count where unsafe all[range.lowerBound &+ index] != bytes[index] {
                return false
            }
            return true
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
