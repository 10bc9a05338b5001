extension IPv4Text {
    /// The address, first number highest; nil for anything but four numbers up to 255 without leading zeros.
    public static func parse(_ text: borrowing Span<UInt8>) -> UInt32? { parse(text, in: 0..<text.count) }

    /// The same for a part of a longer text.
    @inline(__always)
    static func parse(_ text: borrowing Span<UInt8>, in range: Range<Int>) -> UInt32? {
        let count = range.count
        guard count >= 7, count <= maximumByteCount else { return nil }
        // The whole text in one number, the first byte lowest, a dot behind the last.
        let low = EightBytes.load(text, at: range.lowerBound, count: min(count, 8))
        // Of the last eight bytes those that follow the first eight: none to seven.
        let last = EightBytes.loadAligned(text, to: range.upperBound, count: min(count, 8), padding: 0)
        let high = last >> UInt64(truncatingIfNeeded: 8 &* (16 &- count))
        let dot = UInt128(0x2E) &<< UInt128(truncatingIfNeeded: 8 &* count)
        var rest = UInt128(low) | UInt128(high) &<< 64 | dot
        var address: UInt32 = 0
        var byteCount = 0
        for _ in 0..<4 {
            // Up to three digits, then the dot: it has bit 4 clear, digits have it set.
            let part = UInt32(truncatingIfNeeded: rest)
            let digitCount = (~part & 0x1010_1010).trailingZeroBitCount &>> 3
            guard digitCount > 0, digitCount < 4, let number = number(part, digitCount: digitCount) else { return nil }
            address = address &<< 8 | number
            byteCount &+= digitCount &+ 1
            rest = rest &>> UInt128(truncatingIfNeeded: 8 &* (digitCount &+ 1))
        }
        return byteCount == count &+ 1 ? address : nil
    }

    /// The number that digits followed by a dot show.
    @inline(__always)
    private static func number(_ part: UInt32, digitCount: Int) -> UInt32? {
        let digits = part &<< UInt32(truncatingIfNeeded: 8 &* (3 &- digitCount))
        let hundreds = (digits & 0xFF) ^ (digitCount == 3 ? 0x30 : 0)
        let tens = (digits &>> 8 & 0xFF) ^ (digitCount >= 2 ? 0x30 : 0)
        let ones = (digits &>> 16 & 0xFF) ^ 0x30
        guard digits &>> 24 == 0x2E, hundreds <= 9, tens <= 9, ones <= 9 else { return nil }
        let number = hundreds &* 100 &+ tens &* 10 &+ ones
        // More digits than needed are leading zeros: 1, 2, 3 digits show at least 0, 10, 100. No branch could foretell.
        let least = (0x64_0A_00 as UInt32) &>> UInt32(truncatingIfNeeded: 8 &* (digitCount &- 1)) & 0xFF
        return number >= least && number <= 255 ? number : nil
    }
}
