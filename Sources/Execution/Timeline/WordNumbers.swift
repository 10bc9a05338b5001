/// Numbers by words, for whoever looks up many of them: a table without the cost of hashing against every attack.
///
/// Words come from what people store, so that places still depend on a secret of the process: words that fall together
/// cannot be chosen. Nothing ever depends on the order of the table.
struct WordNumbers {
    /// A word and its number side by side, so that a look at a place is one look at memory.
    private struct Entry {
        var word: UInt64 = 0
        /// −1: the place is free.
        var number: Int32 = -1
    }

    private var entries: [Entry] = []
    private(set) var count = 0

    private static let secret = UInt64(bitPattern: Int64(Hasher().finalize())) | 1

    var byteCount: Int { entries.count * MemoryLayout<Entry>.stride }

    subscript(word: UInt64) -> Int? {
        guard !entries.isEmpty else { return nil }
        let mask = entries.count &- 1
        var place = Self.hash(word) & mask
        while true {
            let entry = entries[place]
            if entry.number < 0 { return nil }
            if entry.word == word { return Int(entry.number) }
            place = (place &+ 1) & mask
        }
    }

    /// Gives a word that has none a number from 0.
    mutating func insert(_ number: Int, for word: UInt64) {
        if count * 2 >= entries.count { grow() }
        place(Int32(number), word)
        count += 1
    }

    private mutating func place(_ number: Int32, _ word: UInt64) {
        let mask = entries.count - 1
        var place = Self.hash(word) & mask
        while entries[place].number >= 0 { place = (place + 1) & mask }
        entries[place] = Entry(word: word, number: number)
    }

    private mutating func grow() {
        let old = entries
        entries = [Entry](repeating: Entry(), count: max(16, old.count * 2))
        for entry in old where entry.number >= 0 { place(entry.number, entry.word) }
    }

    @inline(__always)
    private static func hash(_ word: UInt64) -> Int {
        let product = (word ^ secret).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: product.high ^ product.low)
    }
}
