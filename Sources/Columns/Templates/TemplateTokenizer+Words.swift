/// Where exactly a variable begins and ends.
extension TemplateTokenizer {
    /// The variable for the word `start ..< end` whose first digit is at `digit`; it may become shorter, or longer
    /// within `lower ..< upper`.
    @inline(__always)
    func refine(
        _ start: Int, _ end: Int, digit: Int, from lower: Int, to upper: Int
    ) -> (start: Int, end: Int) {
        var start = start
        var end = end
        // A sentence may end with the word.
        while isPointOrHyphen(byte(end &- 1)) { end &-= 1 }
        // A sign or decimal point belongs to the digit behind it.
        while start &+ 1 < digit, isPointOrHyphen(byte(start)) { start &+= 1 }
        if end &- start >= 10, start == digit, let timeEnd = endOfDateAndTime(start, upper) { return (start, timeEnd) }
        if end &- start <= 4 {
            if (end < upper && byte(end) == UInt8(ascii: ":"))
                || (start > lower && byte(start &- 1) == UInt8(ascii: ":")),
                let groups = colonGroups(start, end, from: lower, to: upper)
            {
                return groups
            }
        }
        if byte(end &- 1) > UInt8(ascii: "9") { end = endWithoutUnit(start, end, digit: digit) }
        return (start, end)
    }

    @inline(__always)
    private func isPointOrHyphen(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") }

    @inline(__always)
    func isDigit(_ place: Int) -> Bool { byte(place) &- UInt8(ascii: "0") < 10 }

    @inline(__always)
    func isHexLetter(_ place: Int) -> Bool { (byte(place) | 0x20) &- UInt8(ascii: "a") < 6 }

    @inline(__always)
    private func isLetter(_ place: Int) -> Bool { (byte(place) | 0x20) &- UInt8(ascii: "a") < 26 }

    /// The first place from `start` on that is not a digit.
    @inline(__always)
    func endOfDigits(_ start: Int, _ end: Int) -> Int {
        var place = start
        while place < end, isDigit(place) { place &+= 1 }
        return place
    }

    /// Cuts the unit off a number: `12.3ms`, `40px`, but not off what may be hexadecimal.
    private func endWithoutUnit(_ start: Int, _ end: Int, digit: Int) -> Int {
        guard digit == start || (digit == start &+ 1 && byte(start) == UInt8(ascii: "-")) else { return end }
        var unit = endOfDigits(digit, end)
        if byte(unit) == UInt8(ascii: "."), isDigit(unit &+ 1) { unit = endOfDigits(unit &+ 1, end) }
        guard end &- unit <= 8, byte(unit) | 0x20 != UInt8(ascii: "x") else { return end }
        var isHex = true
        for place in unit..<end {
            guard isLetter(place) else { return end }
            if !isHexLetter(place) { isHex = false }
        }
        return isHex ? end : unit
    }
}
