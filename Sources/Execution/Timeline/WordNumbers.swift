/// Numbers by words, for whoever looks up many of them: a table without the cost of hashing against every attack.
///
/// Words come from what people store, so that places still depend on a secret of the process: words that fall together
/// cannot be chosen. Nothing ever depends on the order of the table.
struct WordNumbers {
    private var words: [UInt64] = []
    /// −1: the place is free.
    private var numbers: [Int32] = []
    private(set) var count = 0

    private static let secret = UInt64(bitPattern: Int64(Hasher().finalize())) | 1

    var byteCount: Int { words.count * 12 }

    subscript(word: UInt64) -> Int? {
        guard !words.isEmpty else { return nil }
        let mask = words.count &- 1
        var place = Self.hash(word) & mask
        while numbers[place] >= 0 {
            if words[place] == word { return Int(numbers[place]) }
            place = (place &+ 1) & mask
        }
        return nil
    }

    /// Gives a word that has none a number from 0.
    mutating func insert(_ number: Int, for word: UInt64) {
        if count * 2 >= words.count { grow() }
        place(Int32(number), word)
        count += 1
    }

    private mutating func place(_ number: Int32, _ word: UInt64) {
        let mask = words.count - 1
        var place = Self.hash(word) & mask
        while numbers[place] >= 0 { place = (place + 1) & mask }
        words[place] = word
        numbers[place] = number
    }

    private mutating func grow() {
        let (oldWords, oldNumbers) = (words, numbers)
        words = [UInt64](repeating: 0, count: max(16, words.count * 2))
        numbers = [Int32](repeating: -1, count: words.count)
        for (index, number) in oldNumbers.enumerated() where number >= 0 { place(number, oldWords[index]) }
    }

    @inline(__always)
    private static func hash(_ word: UInt64) -> Int {
        let product = (word ^ secret).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: product.high ^ product.low)
    }
}
