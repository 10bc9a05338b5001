/// Hexadecimal digits, eight at a time.
enum HexDigits {
    /// What eight bytes are when read as hexadecimal digits.
    struct Octet {
        /// The number that the digits show, the first digit highest.
        var number: UInt32
        var areDigits: Bool
        var hasLower: Bool
        var hasUpper: Bool
    }

    @inline(__always)
    static func octet(_ word: UInt64) -> Octet {
        // Bytes over 0x7F are told by their own high bit; without it the range tests cannot carry.
        let text = word & ~EightBytes.highBits
        let decimal = EightBytes.atLeast(0x30, text) & ~EightBytes.atLeast(0x3A, text)
        let upper = EightBytes.atLeast(0x41, text) & ~EightBytes.atLeast(0x47, text)
        let lower = EightBytes.atLeast(0x61, text) & ~EightBytes.atLeast(0x67, text)
        let known = (decimal | upper | lower) & ~word
        return Octet(
            number: number(ofDigits: text), areDigits: known == EightBytes.highBits, hasLower: lower != 0,
            hasUpper: upper != 0)
    }

    @inline(__always)
    private static func number(ofDigits word: UInt64) -> UInt32 {
        // Letters have bit 6 set and count from 1 in their low half.
        let nibbles = (word & 0x0F0F_0F0F_0F0F_0F0F) &+ ((word &>> 6) & EightBytes.ones) &* 9
        let bytes = (nibbles &<< 4 | nibbles &>> 8) & 0x00FF_00FF_00FF_00FF
        let halves = (bytes | bytes &>> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: halves | halves &>> 16).byteSwapped
    }

    /// The text of a number: eight digits, those over 9 as letters of the case.
    @inline(__always)
    static func word(ofNumber number: UInt32, isUpper: Bool) -> UInt64 {
        let swapped = UInt64(number.byteSwapped)
        let halves = (swapped | swapped &<< 16) & 0x0000_FFFF_0000_FFFF
        let bytes = (halves | halves &<< 8) & 0x00FF_00FF_00FF_00FF
        let nibbles = (bytes &>> 4 | bytes &<< 8) & 0x0F0F_0F0F_0F0F_0F0F
        let letters = ((nibbles &+ EightBytes.ones &* 6) &>> 4) & EightBytes.ones
        return nibbles &+ EightBytes.zeroDigits &+ letters &* (isUpper ? 7 : 39)
    }
}
