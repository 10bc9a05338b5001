extension DecimalText {
    /// How many digits a number has; 0 has one.
    @inline(__always)
    public static func digitCount(_ number: UInt64) -> Int {
        // 1233 / 4096 is a little over the logarithm of 2 to the base 10.
        let odd = number | 1
        let estimate = ((64 &- odd.leadingZeroBitCount) &* 1233) &>> 12
        return estimate &+ (odd >= powersOfTen[estimate] ? 1 : 0)
    }

    /// Appends the canonical text.
    public static func append(signed number: Int64, to bytes: inout [UInt8]) {
        unsafe appendRendering(to: &bytes) { unsafe render(signed: number, at: $0) }
    }

    /// Appends the canonical text of an unsigned number.
    public static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        unsafe appendRendering(to: &bytes) { unsafe render(padded: number, digits: 1, at: $0) }
    }

    /// Writes the canonical text and returns its byte count. Up to 8 bytes after the text are overwritten.
    @inline(__always)
    package static func render(signed number: Int64, at output: UnsafeMutablePointer<UInt8>) -> Int {
        let sign = number < 0 ? 1 : 0
        if sign == 1 { unsafe output.pointee = UInt8(ascii: "-") }
        let magnitude = number.magnitude
        let digitCount = digitCount(magnitude)
        unsafe renderDigits(magnitude, count: digitCount, at: output + sign)
        return digitCount &+ sign
    }

    /// Writes at least `digits` digits and returns their number. Up to 8 bytes after the text are overwritten.
    @inline(__always)
    package static func render(padded number: UInt64, digits: Int, at output: UnsafeMutablePointer<UInt8>) -> Int {
        let count = max(digitCount(number), digits)
        unsafe renderDigits(number, count: count, at: output)
        return count
    }

    /// Writes exactly `count` (1 ... 20) digits, which are enough for the number.
    @inline(__always)
    static func renderDigits(_ number: UInt64, count: Int, at output: UnsafeMutablePointer<UInt8>) {
        var rest = number
        var remaining = count
        while remaining > 8 {
            let quotient = rest / 100_000_000
            remaining &-= 8
            unsafe store(rest &- quotient &* 100_000_000, count: 8, at: output + remaining)
            rest = quotient
        }
        if count <= 8 {
            unsafe store(rest, count: remaining, at: output)
        } else {
            // The digits behind are written already.
            let word = digitWord(rest, count: remaining)
            for index in 0..<remaining {
                unsafe output[index] = UInt8(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: 8 &* index))
            }
        }
    }

    /// Stores eight bytes that begin with the last `count` digits of a number below 10^8.
    @inline(__always)
    static func store(_ number: UInt64, count: Int, at output: UnsafeMutablePointer<UInt8>) {
        unsafe UnsafeMutableRawPointer(output).storeBytes(of: digitWord(number, count: count), as: UInt64.self)
    }

    @inline(__always)
    private static func digitWord(_ number: UInt64, count: Int) -> UInt64 {
        (EightBytes.digits(ofNumber: number) | EightBytes.zeroDigits) &>> UInt64(truncatingIfNeeded: 8 &* (8 &- count))
    }

    /// 10 to the power of 0 ... 19.
    static let powersOfTen: InlineArray<20, UInt64> = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000,
        100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]
}
