extension DecimalNumber {
    /// The fewest digits that read back to a finite double above 0, and of equally few those nearest to it.
    ///
    /// The method of Giulietti (Schubfach): the double and the ends of the interval that rounds to it are scaled so that
    /// the interval holds one or two integers but at most one multiple of ten; the last bit of a product is a sticky
    /// bit, so that comparisons are exact.
    init(shortestFor value: Double) {
        let bits = value.bitPattern
        let biased = Int(truncatingIfNeeded: bits &>> 52 & 0x7FF)
        let fraction = bits & (1 &<< 52 &- 1)
        let significand = biased == 0 ? fraction : fraction | 1 &<< 52
        let binary = max(biased, 1) &- 1075
        // Below a power of two the neighbour is only half as far away.
        let isLopsided = fraction == 0 && biased > 1
        // Ends are inside when a tie would round to this double.
        let outside: UInt64 = significand & 1

        // ⌊log10(2^binary)⌋, or of 3/4 of that.
        let exponent = (binary &* 1_262_611 &- (isLopsided ? 524_031 : 0)) &>> 22
        let shift = UInt64(truncatingIfNeeded: binary &+ DecimalPower.binaryExponent(0 &- exponent) &+ 1)
        let power = DecimalPower.ceiling(0 &- exponent)
        let middle = Self.scaled((4 &* significand) &<< shift, power)
        let low = Self.scaled((4 &* significand &- (isLopsided ? 1 : 2)) &<< shift, power) &+ outside
        let high = Self.scaled((4 &* significand &+ 2) &<< shift, power) &- outside

        let digits = middle &>> 2
        if digits >= 10 {
            let tenth = digits / 10
            let isLowerInside = low <= 40 &* tenth
            let isUpperInside = 40 &* tenth &+ 40 <= high
            if isLowerInside != isUpperInside {
                self.init(digits: tenth &+ (isUpperInside ? 1 : 0), exponent: exponent &+ 1)
                return
            }
        }
        let isLowerInside = low <= 4 &* digits
        let isUpperInside = 4 &* digits &+ 4 <= high
        let half = 4 &* digits &+ 2
        let isUp =
            isLowerInside != isUpperInside
            ? isUpperInside : middle > half || (middle == half && digits & 1 == 1)
        self.init(digits: digits &+ (isUp ? 1 : 0), exponent: exponent)
    }

    /// The whole part of number · power / 2^128, its lowest bit set when there is anything behind the point.
    @inline(__always)
    private static func scaled(_ number: UInt64, _ power: DecimalPower) -> UInt64 {
        let carried = number.multipliedFullWidth(by: power.low).high
        let (high, low) = number.multipliedFullWidth(by: power.high)
        let (middle, carries) = low.addingReportingOverflow(carried)
        // The power was rounded up, which a 1 in the middle may come from.
        return high &+ (carries ? 1 : 0) | (middle > 1 ? 1 : 0)
    }
}
