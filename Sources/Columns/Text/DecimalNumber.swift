/// digits · 10^exponent, and the doubles next to it. Up to 19 digits.
struct DecimalNumber: Equatable {
    var digits: UInt64
    var exponent: Int

    /// Without zeros at the end.
    var trimmed: DecimalNumber {
        guard digits != 0 else { return DecimalNumber(digits: 0, exponent: 0) }
        guard digits % 10 == 0 else { return self }
        var trimmed = self
        // Up to 19 zeros, in halves.
        for halving in 0..<5 {
            let zeroCount = 16 >> halving
            let (quotient, remainder) = trimmed.digits.quotientAndRemainder(
                dividingBy: DecimalText.powersOfTen[zeroCount])
            guard remainder == 0 else { continue }
            trimmed.digits = quotient
            trimmed.exponent += zeroCount
        }
        return trimmed
    }

    /// The double nearest to the number, ties to even; infinity beyond the largest.
    ///
    /// One multiplication or division of exact doubles when that is enough, else the method of Eisel and Lemire: the
    /// digits times 128 bits of the power are always enough to tell on which side of a tie the number is.
    var nearestDouble: Double {
        if digits <= 1 << 53 {
            if digits == 0 { return 0 }
            if exponent <= 0, exponent >= -22 { return Double(digits) / Self.exactPowers[0 &- exponent] }
            if exponent > 0, exponent <= 22 { return Double(digits) * Self.exactPowers[exponent] }
        }
        if exponent < DecimalPower.exponents.lowerBound { return 0 }
        if exponent > 308 { return .infinity }
        return Double(bitPattern: nearestBits)
    }

    private static let exactPowers: InlineArray<23, Double> = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    private var nearestBits: UInt64 {
        let fractionBits = 52
        let infinityBits: UInt64 = 0x7FF << 52
        let leadingZeros = digits.leadingZeroBitCount
        let normal = digits &<< UInt64(truncatingIfNeeded: leadingZeros)
        // Cut-off powers, but where a quotient can be exact (5^27 < 2^64) rounded up, so that it shows as exact.
        let power = (-27..<0).contains(exponent) ? DecimalPower.ceiling(exponent) : DecimalPower.floor(exponent)
        var (high, low) = normal.multipliedFullWidth(by: power.high)
        if high & 0x1FF == 0x1FF {
            let more = normal.multipliedFullWidth(by: power.low).high
            low = low &+ more
            if low < more { high = high &+ 1 }
        }
        let topBit = Int(truncatingIfNeeded: high &>> 63)
        // 54 bits: the fraction, its hidden bit and one for rounding.
        let shift = UInt64(truncatingIfNeeded: topBit &+ 64 &- fractionBits &- 3)
        var fraction = high &>> shift
        var biased = DecimalPower.binaryExponent(exponent) &+ 63 &+ topBit &- leadingZeros &+ 1023
        if biased <= 0 {
            let missing = 1 &- biased
            if missing >= 64 { return 0 }
            fraction = fraction &>> UInt64(truncatingIfNeeded: missing)
            fraction = (fraction &+ (fraction & 1)) &>> 1
            // Rounded up to 2^52 it is the smallest normal number, whose bits are the same.
            return fraction
        }
        // Exactly between two doubles: only small powers can be. Then the lower one if it is even.
        if low <= 1, (-4...23).contains(exponent), fraction & 3 == 1, fraction &<< shift == high { fraction &= ~1 }
        fraction = (fraction &+ (fraction & 1)) &>> 1
        if fraction >= 2 &<< 52 {
            fraction = 1 &<< 52
            biased &+= 1
        }
        if biased >= 0x7FF { return infinityBits }
        return fraction & ~(1 &<< 52) | UInt64(truncatingIfNeeded: biased) &<< 52
    }
}
