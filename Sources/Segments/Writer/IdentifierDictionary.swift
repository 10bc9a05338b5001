/// The distinct ids of one or more columns, in order of first appearance.
struct IdentifierDictionary {
    let wordsPerEntry: Int
    private(set) var words: [UInt64] = []
    private var slots: [UInt32]
    private static let emptySlot = UInt32.max

    init(wordsPerEntry: Int, expectedCount: Int) {
        self.wordsPerEntry = wordsPerEntry
        var slotCount = 64
        while slotCount < expectedCount * 2 { slotCount *= 2 }
        slots = [UInt32](repeating: Self.emptySlot, count: slotCount)
        words.reserveCapacity(expectedCount * wordsPerEntry)
    }

    var count: Int { words.count / wordsPerEntry }

    @inline(__always)
    private static func mixed(_ first: UInt64, _ second: UInt64) -> Int {
        let product = (first ^ (second &* 0xC2B2_AE3D_27D4_EB4F)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: product >> 20)
    }

    /// The code of an id of 8 bytes, given to it now if it is new.
    mutating func code(of word: UInt64) -> UInt32 {
        if words.count &* 2 >= slots.count { grow() }
        let mask = slots.count &- 1
        var slot = Self.mixed(word, 0) & mask
        while slots[slot] != Self.emptySlot {
            if words[Int(slots[slot])] == word { return slots[slot] }
            slot = (slot &+ 1) & mask
        }
        let code = UInt32(truncatingIfNeeded: words.count)
        slots[slot] = code
        words.append(word)
        return code
    }

    /// The code of an id of 16 bytes, given to it now if it is new.
    mutating func code(of first: UInt64, _ second: UInt64) -> UInt32 {
        if words.count >= slots.count { grow() }
        let mask = slots.count &- 1
        var slot = Self.mixed(first, second) & mask
        while slots[slot] != Self.emptySlot {
            let entry = Int(slots[slot]) &* 2
            if words[entry] == first, words[entry &+ 1] == second { return slots[slot] }
            slot = (slot &+ 1) & mask
        }
        let code = UInt32(truncatingIfNeeded: words.count / 2)
        slots[slot] = code
        words.append(first)
        words.append(second)
        return code
    }

    private mutating func grow() {
        slots = [UInt32](repeating: Self.emptySlot, count: slots.count * 2)
        let mask = slots.count &- 1
        for code in 0..<count {
            let second = wordsPerEntry == 2 ? words[code * 2 + 1] : 0
            var slot = Self.mixed(words[code * wordsPerEntry], second) & mask
            while slots[slot] != Self.emptySlot { slot = (slot &+ 1) & mask }
            slots[slot] = UInt32(truncatingIfNeeded: code)
        }
    }
}
