import Bytes

/// Walks over a text that begins with a time. Its parts may stand apart by the marks that programs use.
struct TimeScanner {
    var position: Int
    let end: Int

    init(_ text: Span<UInt8>, _ range: Range<Int>) {
        position = range.lowerBound
        end = min(range.upperBound, text.count)
    }

    var isAtEnd: Bool { position == end }

    /// A date with a time of day and perhaps a zone; nil when there is none, and then `position` means nothing.
    mutating func readDateAndTime(_ text: Span<UInt8>) -> CivilTime? {
        guard position < end else { return nil }
        return Byte.isDigit(text[position]) ? readNumericDateAndTime(text) : readNamedDateAndTime(text)
    }

    /// A date alone.
    mutating func readDate(_ text: Span<UInt8>, _ range: Range<Int>) -> CivilTime? {
        position = range.lowerBound
        return readNumericDate(text)
    }

    /// A decimal number since 1970, as nanoseconds, and the digits before its point.
    mutating func readNumber(_ text: Span<UInt8>) -> (nanoseconds: Int64, digitCount: Int)? {
        let isNegative = byte(text) == Byte.dash
        if isNegative { position += 1 }
        guard let (whole, digitCount) = readDigits(text, upTo: 19), !Byte.isDigit(byte(text)) else { return nil }
        let unit = EventTime.unit(UInt64(whole))
        let (product, overflows) = Int64(whole).multipliedReportingOverflow(by: unit)
        guard !overflows else { return nil }
        var fraction: Int64 = 0
        if byte(text) == UInt8(ascii: "."), Byte.isDigit(byte(text, 1)) {
            position += 1
            fraction = Int64(readFraction(text)) / (EventTime.nanosecondsPerSecond / unit)
        }
        let (sum, carries) = product.addingReportingOverflow(fraction)
        return carries ? nil : (isNegative ? -sum : sum, digitCount)
    }

    // Parts.

    @inline(__always)
    func byte(_ text: Span<UInt8>, _ distance: Int = 0) -> UInt8 {
        position &+ distance < end ? unsafe text[unchecked: position &+ distance] : 0
    }

    mutating func take(_ text: Span<UInt8>, _ mark: UInt8) -> Bool {
        guard byte(text) == mark, position < end else { return false }
        position += 1
        return true
    }

    /// Takes all blanks; false when there are none.
    @discardableResult
    mutating func takeBlanks(_ text: Span<UInt8>) -> Bool {
        let start = position
        while Byte.isBlank(byte(text)) { position += 1 }
        return position > start
    }

    /// How many digits stand here, at most 20.
    @inline(__always)
    func digitCount(_ text: Span<UInt8>) -> Int {
        var count = 0
        while count < 20, Byte.isDigit(byte(text, count)) { count &+= 1 }
        return count
    }

    mutating func readDigits(_ text: Span<UInt8>, upTo limit: Int) -> (value: Int, count: Int)? {
        var value = 0
        var count = 0
        while count < limit, Byte.isDigit(byte(text)) {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, carries) = product.addingReportingOverflow(Int(byte(text) &- Byte.zero))
            if overflows || carries { return nil }
            value = sum
            position += 1
            count += 1
        }
        return count > 0 ? (value, count) : nil
    }

    mutating func readExactly(_ text: Span<UInt8>, _ count: Int) -> Int? {
        guard let (value, found) = readDigits(text, upTo: count), found == count else { return nil }
        return value
    }

    /// Digits behind a point as nanoseconds; those behind the ninth are dropped.
    mutating func readFraction(_ text: Span<UInt8>) -> Int {
        var value = 0
        var count = 0
        while Byte.isDigit(byte(text)) {
            if count < 9 {
                value = value * 10 + Int(byte(text) &- Byte.zero)
                count += 1
            }
            position += 1
        }
        while count < 9 {
            value *= 10
            count += 1
        }
        return value
    }
}
