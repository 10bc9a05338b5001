/// JSON numbers as text (Format/Segment.md, 6.2).
public enum NumberText {
    /// What a number literal is kept as; `text` when only the literal itself gives it back.
    public enum Value: Hashable, Sendable {
        case int64(Int64)
        /// 2^63 and more.
        case uint64(UInt64)
        case double(Double)
        case text
    }

    /// A double shows at most this many digits.
    static let maximumDigitCount = 17
    /// Decimals of up to this many digits come back from a normal double as they were.
    static let safeDigitCount = 15

    /// Canonical text has the point among or next to the digits when the first digit stands for 10^-4 … 10^15.
    static let fixedExponents = -4...15

    /// The canonical text of a double; `null` for NaN and infinities, which JSON cannot show.
    public static func append(double value: Double, to bytes: inout [UInt8]) {
        guard value.isFinite else {
            bytes.append(contentsOf: "null".utf8)
            return
        }
        unsafe appendRendering(to: &bytes) { unsafe render(value, at: $0) }
    }

    /// Writes the canonical text of a finite double and returns its byte count. Up to 8 bytes after it are overwritten.
    package static func render(_ value: Double, at output: UnsafeMutablePointer<UInt8>) -> Int {
        var byteCount = 0
        func put(_ byte: UInt8) {
            unsafe output[byteCount] = byte
            byteCount &+= 1
        }
        func put(_ digits: UInt64, count: Int) {
            unsafe DecimalText.renderDigits(digits, count: count, at: output + byteCount)
            byteCount &+= count
        }
        if value.sign == .minus { put(UInt8(ascii: "-")) }
        let number = value == 0 ? DecimalNumber(digits: 0, exponent: 0) : DecimalNumber(shortestFor: abs(value)).trimmed
        let digitCount = DecimalText.digitCount(number.digits)
        let firstExponent = number.exponent + digitCount - 1
        guard fixedExponents.contains(firstExponent) else {
            let power = DecimalText.powersOfTen[digitCount - 1]
            put(number.digits / power, count: 1)
            if digitCount > 1 {
                put(UInt8(ascii: "."))
                put(number.digits % power, count: digitCount - 1)
            }
            put(UInt8(ascii: "e"))
            put(UInt8(ascii: firstExponent < 0 ? "-" : "+"))
            put(UInt64(firstExponent.magnitude), count: firstExponent.magnitude < 100 ? 2 : 3)
            return byteCount
        }
        if number.exponent >= 0 {
            put(number.digits * DecimalText.powersOfTen[number.exponent], count: firstExponent + 1)
            put(UInt8(ascii: "."))
            put(UInt8(ascii: "0"))
        } else if firstExponent >= 0 {
            let power = DecimalText.powersOfTen[-number.exponent]
            put(number.digits / power, count: firstExponent + 1)
            put(UInt8(ascii: "."))
            put(number.digits % power, count: -number.exponent)
        } else {
            put(UInt8(ascii: "0"))
            put(UInt8(ascii: "."))
            for _ in 0..<(-1 - firstExponent) { put(UInt8(ascii: "0")) }
            put(number.digits, count: digitCount)
        }
        return byteCount
    }
}
