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

    /// The entries by hash.
    private var slots: [Slot] = []
    /// The lower half of each entry's hash, which says where it goes when the slots grow.
    private var lowHashes: [UInt32] = []
    /// Whether a value was taken back, which may have left an entry behind.
    private var mayHaveUnusedEntries = false

    /// The value before: its byte count and its first bytes, so that most values that differ are told from it without
    /// a look at the entries.
    private var lastByteCount = -1
    private var lastPrefix: UInt64 = 0

    private static let tagMask: UInt64 = 0xFFFF_FFFF_0000_0000
    /// Where an entry stands, so that looking it up touches nothing but its slot and its bytes.
    private struct Slot {
        static let empty = UInt64.max

        /// The upper half of the hash, and the entry's number.
        var tagAndCode = empty
        var offset: UInt32 = 0
        var byteCount: UInt32 = 0

        var code: UInt32 { UInt32(truncatingIfNeeded: tagAndCode) }
    }

    private static let trialCount = 2048

    public init() {}

    public var count: Int { codes.count }

    public subscript(index: Int) -> ArraySlice<UInt8> { entries[Int(codes[index])] }

    /// Calls `body` with the bytes of the last value.
    func withLast<Result>(_ body: (borrowing Span<UInt8>) -> Result) -> Result {
        let range = codes.last.map { entries.range(Int($0)) } ?? 0..<0
        return unsafe entries.bytes.withUnsafeBufferPointer { bytes in
            body(unsafe UnsafeBufferPointer(rebasing: bytes[range]).span)
        }
    }

    /// Whether a value is this text.
    package func holds(_ text: ArraySlice<UInt8>, at index: Int) -> Bool {
        let range = entries.range(Int(codes[index]))
        guard range.count == text.count else { return false }
        return unsafe text.withUnsafeBufferPointer { unsafe holds($0, at: range.lowerBound) }
    }

    public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isDistinct else { return unsafe appendEntry(bytes) }
        // Runs of one value are common: compare with the value before first.
        let prefix = unsafe Self.prefix(bytes)
        if bytes.count == lastByteCount, prefix == lastPrefix, let last = codes.last,
            unsafe bytes.count <= 8 || holds(bytes, at: entries.range(Int(last)).lowerBound)
        {
            codes.append(last)
            return
        }
        lastByteCount = bytes.count
        lastPrefix = prefix
        unsafe appendLookedUp(bytes)
    }

    /// The first eight bytes, or all there are.
    @inline(__always)
    private static func prefix(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let start = unsafe UnsafeRawPointer(bytes.baseAddress)
        guard let start = unsafe start else { return 0 }
        if bytes.count >= 8 { return unsafe start.loadUnaligned(as: UInt64.self) }
        if bytes.count >= 4 {
            let low = unsafe start.loadUnaligned(as: UInt32.self)
            let high = unsafe start.loadUnaligned(fromByteOffset: bytes.count &- 4, as: UInt32.self)
            return UInt64(low) | UInt64(high) &<< 32
        }
        var prefix: UInt64 = 0
        for index in 0..<bytes.count { prefix = unsafe prefix &<< 8 | UInt64(bytes[index]) }
        return prefix
    }

    public mutating func append(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
    }

    public mutating func removeLast() {
        // Its entry stays until the unused ones are dropped together.
        codes.removeLast()
        lastByteCount = -1
        mayHaveUnusedEntries = true
    }

    /// Drops the entries of values that were taken back: they belong to other rows, perhaps of other segments.
    mutating func dropUnusedEntries() {
        guard mayHaveUnusedEntries else { return }
        mayHaveUnusedEntries = false
        var isUsed = [Bool](repeating: false, count: entries.count)
        for code in codes { isUsed[Int(code)] = true }
        let kept = isUsed.indices.filter { isUsed[$0] }.map { UInt32($0) }
        guard kept.count < entries.count else { return }
        var places = [UInt32](repeating: 0, count: entries.count)
        for (place, entry) in kept.enumerated() { places[Int(entry)] = UInt32(place) }
        entries = entries.gather(kept)
        for index in codes.indices { codes[index] = places[Int(codes[index])] }
        guard isDistinct else { return }
        lowHashes = kept.map { lowHashes[Int($0)] }
        place(
            slots.filter { $0.tagAndCode != Slot.empty && isUsed[Int($0.code)] }.map { slot in
                var moved = slot
                let code = places[Int(slot.code)]
                moved.tagAndCode = slot.tagAndCode & Self.tagMask | UInt64(code)
                moved.offset = UInt32(truncatingIfNeeded: entries.range(Int(code)).lowerBound)
                return moved
            }, among: slots.count)
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
        for index in slots.indices { slots[index] = Slot() }
        lastByteCount = -1
        isDistinct = true
        mayHaveUnusedEntries = false
    }

    private mutating func appendEntry(_ bytes: UnsafeBufferPointer<UInt8>) {
        codes.append(UInt32(truncatingIfNeeded: entries.ends.count))
        unsafe entries.bytes.append(contentsOf: bytes)
        entries.ends.append(UInt32(truncatingIfNeeded: entries.bytes.count))
    }

    private mutating func appendLookedUp(_ bytes: UnsafeBufferPointer<UInt8>) {
        if entries.ends.count &* 2 >= slots.count { grow() }
        let hash = unsafe checksum(UnsafeRawBufferPointer(bytes).bytes)
        let tag = hash & Self.tagMask
        let mask = slots.count &- 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place].tagAndCode != Slot.empty {
            let slot = slots[place]
            if slot.tagAndCode & Self.tagMask == tag, Int(slot.byteCount) == bytes.count,
                unsafe holds(bytes, at: Int(slot.offset))
            {
                codes.append(slot.code)
                return
            }
            place = (place &+ 1) & mask
        }
        slots[place] = Slot(
            tagAndCode: tag | UInt64(truncatingIfNeeded: entries.ends.count),
            offset: UInt32(truncatingIfNeeded: entries.bytes.count), byteCount: UInt32(truncatingIfNeeded: bytes.count))
        lowHashes.append(UInt32(truncatingIfNeeded: hash))
        unsafe appendEntry(bytes)
        if codes.count >= Self.trialCount, entries.ends.count &* 2 > codes.count { stopLookingUp() }
    }

    private mutating func stopLookingUp() {
        isDistinct = false
        slots = []
        lowHashes = []
    }

    private mutating func grow() {
        place(slots.filter { $0.tagAndCode != Slot.empty }, among: max(64, slots.count * 2))
    }

    /// Puts slots into so many that are empty.
    private mutating func place(_ old: [Slot], among count: Int) {
        slots = [Slot](repeating: Slot(), count: count)
        let mask = count &- 1
        for slot in old {
            var place = Int(lowHashes[Int(slot.code)]) & mask
            while slots[place].tagAndCode != Slot.empty { place = (place &+ 1) & mask }
            slots[place] = slot
        }
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
