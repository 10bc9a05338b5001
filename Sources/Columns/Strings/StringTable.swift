internal import Bytes

/// The distinct strings of a run in order of first appearance, and for each string of the run its number among them.
struct StringTable {
    private(set) var entries = StringVector()
    private(set) var codes: [UInt64] = []

    /// Looks every string up; nil as soon as the entries are more than `entryLimit`.
    init?(_ values: StringVector, entryLimit: Int) {
        let limit = min(entryLimit, values.count)
        if values.count == 0 { return }
        guard limit > 0 else { return nil }
        var firsts: [UInt32] = []
        codes = unsafe [UInt64](unsafeUninitializedCapacity: values.count) { codes, codeCount in
            unsafe values.bytes.withUnsafeBytes { bytes in
                unsafe values.ends.withUnsafeBufferPointer { ends in
                    codeCount = unsafe Self.lookUp(ends, in: bytes, entryLimit: limit, firsts: &firsts, codes: codes)
                }
            }
        }
        guard codes.count == values.count else { return nil }
        for first in firsts { entries.append(values, Int(first)..<Int(first) + 1) }
    }

    /// Fills in the codes and, for each entry, the index of the first string that equals it; returns how many strings
    /// were looked up.
    private static func lookUp(
        _ ends: UnsafeBufferPointer<UInt32>, in bytes: UnsafeRawBufferPointer, entryLimit: Int,
        firsts: inout [UInt32], codes: UnsafeMutableBufferPointer<UInt64>
    ) -> Int {
        let slotCount = 1 << (64 - (entryLimit * 2).leadingZeroBitCount)
        let mask = slotCount &- 1
        // A slot holds the high half of the hash and the entry's number plus 1.
        return unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: slotCount) { slots in
            unsafe slots.initialize(repeating: 0)
            var start = 0
            for index in ends.indices {
                let end = unsafe Int(ends[index])
                let hash = unsafe hash(bytes, start..<end)
                var slot = Int(truncatingIfNeeded: hash) & mask
                var found: UInt64 = 0
                while true {
                    let candidate = unsafe slots[slot]
                    if candidate == 0 { break }
                    if (candidate ^ hash) &>> 32 == 0 {
                        let first = Int(firsts[Int(candidate & 0xFFFF_FFFF) &- 1])
                        let range = unsafe (first == 0 ? 0 : Int(ends[first &- 1]))..<Int(ends[first])
                        if unsafe areEqual(bytes, range, start..<end) {
                            found = candidate & 0xFFFF_FFFF
                            break
                        }
                    }
                    slot = (slot &+ 1) & mask
                }
                if found == 0 {
                    guard firsts.count < entryLimit else { return index }
                    firsts.append(UInt32(truncatingIfNeeded: index))
                    found = UInt64(firsts.count)
                    unsafe slots[slot] = hash & ~0xFFFF_FFFF | found
                }
                unsafe codes[index] = found &- 1
                start = end
            }
            return ends.count
        }
    }

    /// Mixes the bytes eight at a time; the last eight overlap those before.
    @inline(__always)
    private static func hash(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt64 {
        var hash = UInt64(range.count) &* 0x9E37_79B9_7F4A_7C15
        if range.count >= 8 {
            var offset = range.lowerBound
            while offset &+ 8 < range.upperBound {
                hash = unsafe mix(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset &+= 8
            }
            return unsafe mix(hash, bytes.loadUnaligned(fromByteOffset: range.upperBound &- 8, as: UInt64.self))
        }
        return unsafe mix(hash, short(bytes, range))
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let (high, low) = (hash ^ word ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        return high ^ low
    }

    /// Up to seven bytes as a word.
    @inline(__always)
    private static func short(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt64 {
        if range.count >= 4 {
            let low = unsafe bytes.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt32.self)
            let high = unsafe bytes.loadUnaligned(fromByteOffset: range.upperBound &- 4, as: UInt32.self)
            return UInt64(low) | UInt64(high) &<< 32
        }
        var word: UInt64 = 0
        for offset in range { word = unsafe word &<< 8 | UInt64(bytes[offset]) }
        return word
    }

    @inline(__always)
    private static func areEqual(_ bytes: UnsafeRawBufferPointer, _ first: Range<Int>, _ second: Range<Int>) -> Bool {
        guard first.count == second.count else { return false }
        guard first.count >= 8 else { return unsafe short(bytes, first) == short(bytes, second) }
        var offset = 0
        while offset &+ 8 < first.count {
            guard unsafe areWordsEqual(bytes, first.lowerBound &+ offset, second.lowerBound &+ offset) else {
                return false
            }
            offset &+= 8
        }
        return unsafe areWordsEqual(bytes, first.upperBound &- 8, second.upperBound &- 8)
    }

    @inline(__always)
    private static func areWordsEqual(_ bytes: UnsafeRawBufferPointer, _ first: Int, _ second: Int) -> Bool {
        unsafe bytes.loadUnaligned(fromByteOffset: first, as: UInt64.self)
            == bytes.loadUnaligned(fromByteOffset: second, as: UInt64.self)
    }
}
