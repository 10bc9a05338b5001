/// Arithmetic on eight bytes of text at once; the first byte of the text is the lowest byte of the word.
enum EightBytes {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highBits: UInt64 = 0x8080_8080_8080_8080
    static let zeroDigits: UInt64 = 0x3030_3030_3030_3030

    /// The `count` (1 ... 8) bytes at `offset`; the rest of the word is 0.
    @inline(__always)
    static func load(_ text: borrowing Span<UInt8>, at offset: Int, count: Int) -> UInt64 {
        let bytes = unsafe text.bytes
        if count == 8 { return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self) }
        if count >= 4 {
            // Two overlapping halves agree where they overlap.
            let low = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
            let high = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset &+ count &- 4, as: UInt32.self)
            return UInt64(low) | UInt64(high) &<< UInt64(truncatingIfNeeded: 8 &* (count &- 4))
        }
        var word = UInt64(text[offset])
        if count > 1 { word |= UInt64(text[offset &+ 1]) &<< 8 }
        if count > 2 { word |= UInt64(text[offset &+ 2]) &<< 16 }
        return word
    }

    /// The `count` (1 ... 8) bytes before `end` as the high bytes of a word, as if the text had the padding before it.
    @inline(__always)
    static func loadAligned(_ text: borrowing Span<UInt8>, to end: Int, count: Int, padding: UInt64) -> UInt64 {
        let missingBits = UInt64(truncatingIfNeeded: 8 &* (8 &- count))
        let kept = ~0 &<< missingBits
        // Eight bytes at once, where there are so many: lengths that vary would be branches that cannot be foretold.
        let word =
            end >= 8
            ? unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: end &- 8, as: UInt64.self)
            : load(text, at: end &- count, count: count) &<< missingBits
        return word & kept | padding & ~kept
    }

    /// Whether each byte is a decimal digit.
    @inline(__always)
    static func areDigits(_ word: UInt64) -> Bool {
        // A byte over '9' carries into its high half when 6 is added.
        ((word & 0xF0F0_F0F0_F0F0_F0F0) | ((word &+ 0x0606_0606_0606_0606) &>> 4 & 0x0F0F_0F0F_0F0F_0F0F))
            == 0x3333_3333_3333_3333
    }

    /// The number that eight digits show.
    @inline(__always)
    static func number(ofDigits word: UInt64) -> UInt64 {
        // Neighbours are joined in three steps: 8 digits, 4 pairs, 2 fours, 1 number.
        let pairs = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* (10 << 8 | 1)) &>> 8
        let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* (100 << 16 | 1)) &>> 16
        return ((fours & 0x0000_FFFF_0000_FFFF) &* (10_000 << 32 | 1)) &>> 32
    }

    /// The eight digits of a number below 10^8, as values 0 ... 9.
    @inline(__always)
    static func digits(ofNumber number: UInt64) -> UInt64 {
        // The way back: each step splits every lane into quotient (earlier in the text) and remainder.
        let high = number / 10_000
        let fours = high | (number &- high &* 10_000) &<< 32
        let hundreds = ((fours &* 10_486) &>> 20) & 0x0000_007F_0000_007F
        let pairs = hundreds | (fours &- hundreds &* 100) &<< 16
        let tens = ((pairs &* 103) &>> 10) & 0x000F_000F_000F_000F
        return tens | (pairs &- tens &* 10) &<< 8
    }

    /// Bytes (all below 0x80) that are at least `limit` (at most 0x80) have their high bit set.
    @inline(__always)
    static func atLeast(_ limit: UInt8, _ word: UInt64) -> UInt64 {
        (word &+ ones &* UInt64(0x80 &- limit)) & highBits
    }
}
