private import CKernels

/// Which bytes of a text are parts of words, digits or carriage returns: one bit for each byte in each set.
struct CharacterSets {
    let words: [UInt64]
    let digits: [UInt64]
    let returns: [UInt64]

    init(_ bytes: [UInt8]) {
        let wordCount = bytes.count / 64 + 1
        var digits: [UInt64] = []
        var returns: [UInt64] = []
        words = unsafe [UInt64](unsafeUninitializedCapacity: wordCount) { words, initializedCount in
            digits = unsafe [UInt64](unsafeUninitializedCapacity: wordCount) { digits, initializedCount in
                returns = unsafe [UInt64](unsafeUninitializedCapacity: wordCount) { returns, initializedCount in
                    unsafe traversion_character_sets(
                        bytes, bytes.count, words.baseAddress!, digits.baseAddress!, returns.baseAddress!)
                    initializedCount = wordCount
                }
                initializedCount = wordCount
            }
            initializedCount = wordCount
        }
        self.digits = digits
        self.returns = returns
    }
}

/// A set of places in a text. The memory is that of a ``CharacterSets`` which the user keeps alive.
@safe struct PlaceSet {
    private let bits: UnsafePointer<UInt64>

    init(_ bits: UnsafePointer<UInt64>) { unsafe self.bits = bits }

    /// The first place of the set in `start ..< end`, or `end`.
    @inline(__always)
    func first(from start: Int, to end: Int) -> Int {
        first(from: start, to: end, flip: 0)
    }

    /// The first place in `start ..< end` that is not in the set, or `end`.
    @inline(__always)
    func firstMissing(from start: Int, to end: Int) -> Int {
        first(from: start, to: end, flip: .max)
    }

    @inline(__always)
    private func first(from start: Int, to end: Int, flip: UInt64) -> Int {
        if start >= end { return end }
        var word = start &>> 6
        let lastWord = (end &- 1) &>> 6
        var rest = unsafe (bits[word] ^ flip) & (.max &<< UInt64(truncatingIfNeeded: start & 63))
        while rest == 0 {
            if word == lastWord { return end }
            word &+= 1
            rest = unsafe bits[word] ^ flip
        }
        return min(end, word &<< 6 &+ rest.trailingZeroBitCount)
    }

    /// Where the run of places begins that ends just before `place`, not before `start`.
    @inline(__always)
    func startOfRun(before place: Int, from start: Int) -> Int {
        if place <= start { return start }
        var word = (place &- 1) &>> 6
        let firstWord = start &>> 6
        var missing = unsafe ~bits[word] & (.max &>> UInt64(truncatingIfNeeded: 63 &- ((place &- 1) & 63)))
        while missing == 0 {
            if word == firstWord { return start }
            word &-= 1
            missing = unsafe ~bits[word]
        }
        return max(start, word &<< 6 &+ 64 &- missing.leadingZeroBitCount)
    }
}
