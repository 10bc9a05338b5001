/// Powers of ten to 128 bits: 10^e is about (high · 2^64 + low) · 2^x with the highest bit of `high` set.
struct DecimalPower {
    var high: UInt64
    var low: UInt64

    static let exponents = -342...324

    /// The bits of 10^exponent, cut off.
    static func floor(_ exponent: Int) -> DecimalPower { table[exponent - exponents.lowerBound] }

    /// The bits of 10^exponent, rounded up. Never all ones, so that adding 1 does not carry out.
    static func ceiling(_ exponent: Int) -> DecimalPower {
        let power = floor(exponent)
        if exactExponents.contains(exponent) { return power }
        let low = power.low &+ 1
        return DecimalPower(high: power.high &+ (low == 0 ? 1 : 0), low: low)
    }

    /// The powers that 128 bits hold exactly: 5^55 < 2^128 < 5^56.
    static let exactExponents = 0...55

    /// ⌊log2(10^exponent)⌋.
    @inline(__always)
    static func binaryExponent(_ exponent: Int) -> Int { (exponent &* 1_741_647) &>> 19 }

    /// Only the bits of powers of five matter: the twos are in the exponent. Going up, the number is multiplied by 5;
    /// going down, ⌊2^1024 / 5^n⌋ is divided by 5, which is exact because a floor of a floor is the floor.
    private static let table: [DecimalPower] = {
        var table = [DecimalPower](repeating: DecimalPower(high: 0, low: 0), count: exponents.count)
        let wordCount = 17
        var up = [UInt64](repeating: 0, count: wordCount)
        up[0] = 1
        for exponent in 0...exponents.upperBound {
            table[exponent - exponents.lowerBound] = highestBits(of: up)
            var carry: UInt64 = 0
            for index in up.indices {
                let (high, low) = up[index].multipliedFullWidth(by: 5)
                let (sum, overflows) = low.addingReportingOverflow(carry)
                up[index] = sum
                carry = high + (overflows ? 1 : 0)
            }
        }
        var down = [UInt64](repeating: 0, count: wordCount)
        down[wordCount - 1] = 1
        for exponent in exponents.filter({ $0 < 0 }).reversed() {
            var remainder: UInt64 = 0
            for index in down.indices.reversed() {
                (down[index], remainder) = UInt64(5).dividingFullWidth((remainder, down[index]))
            }
            table[exponent - exponents.lowerBound] = highestBits(of: down)
        }
        return table
    }()

    /// The highest 128 bits of a number whose words come lowest first.
    private static func highestBits(of words: [UInt64]) -> DecimalPower {
        let top = words.lastIndex { $0 != 0 } ?? 0
        func word(_ index: Int) -> UInt64 { index >= 0 ? words[index] : 0 }
        let shift = UInt64(word(top).leadingZeroBitCount)
        func shifted(_ index: Int) -> UInt64 {
            shift == 0 ? word(index) : word(index) << shift | word(index - 1) >> (64 - shift)
        }
        return DecimalPower(high: shifted(top), low: shifted(top - 1))
    }
}
