import Bytes

/// Numbers by texts, of which short ones stand in the table themselves: whether a text is there is one look at memory.
///
/// Texts come from what people store, so that places depend on a secret of the process, as with ``WordNumbers``. Nothing
/// ever depends on the order of the table.
@safe
struct TextTable {
    /// A text of up to 15 bytes, or the checksum and the length of a longer one.
    struct Key {
        private(set) var low: UInt64
        private(set) var high: UInt64

        static let longest = 15
        private static let isLong: UInt64 = 0xFF << 56

        var isWhole: Bool { high < Self.isLong }

        @inline(__always)
        init(_ text: UnsafeRawBufferPointer) {
            let count = text.count
            guard count <= Self.longest else {
                low = checksum(unsafe text.bytes)
                high = Self.isLong | UInt64(count)
                return
            }
            (low, high) = (0, 0)
            if count >= 8 {
                low = unsafe text.loadUnaligned(as: UInt64.self)
                high =
                    unsafe text.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self) >> UInt64(8 &* (16 &- count))
            } else if count >= 4 {
                let last = unsafe text.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
                low = unsafe UInt64(text.loadUnaligned(as: UInt32.self)) | UInt64(last) << UInt64(8 &* (count &- 4))
            } else {
                for place in 0..<count { low |= unsafe UInt64(text[place]) << UInt64(8 &* place) }
            }
            high |= UInt64(count) << 56
        }
    }

    private struct Entry {
        var low: UInt64 = 0
        var high: UInt64 = 0
        /// −1: the place is free.
        var number: Int32 = -1
    }

    private var entries: [Entry] = []
    private var count = 0

    private static let secret = UInt64(bitPattern: Int64(Hasher().finalize())) | 1

    var byteCount: Int { entries.count * MemoryLayout<Entry>.stride }

    /// The number of a text by its key, among those of texts that have the same; `isIt` is asked when the key is not whole.
    @inline(__always)
    func number(of key: Key, where isIt: (Int) -> Bool) -> Int? {
        guard !entries.isEmpty else { return nil }
        let mask = entries.count &- 1
        var place = Self.hash(key.low, key.high) & mask
        while true {
            let entry = entries[place]
            if entry.number < 0 { return nil }
            if entry.low == key.low, entry.high == key.high, key.isWhole || isIt(Int(entry.number)) {
                return Int(entry.number)
            }
            place = (place &+ 1) & mask
        }
    }

    /// Gives a text that has none a number from 0.
    mutating func insert(_ number: Int, for key: Key) {
        if count * 2 >= entries.count { grow() }
        place(Entry(low: key.low, high: key.high, number: Int32(number)))
        count += 1
    }

    private mutating func place(_ entry: Entry) {
        let mask = entries.count - 1
        var place = Self.hash(entry.low, entry.high) & mask
        while entries[place].number >= 0 { place = (place + 1) & mask }
        entries[place] = entry
    }

    private mutating func grow() {
        let old = entries
        entries = [Entry](repeating: Entry(), count: max(16, old.count * 2))
        for entry in old where entry.number >= 0 { place(entry) }
    }

    @inline(__always)
    private static func hash(_ low: UInt64, _ high: UInt64) -> Int {
        let first = (low ^ secret).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        let second = (first.low ^ first.high ^ high).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return Int(truncatingIfNeeded: second.high ^ second.low)
    }
}
