/// Variables of several words: dates with a time, times of day, and what is written like them.
extension TemplateTokenizer {
    /// The end of `2015-07-29 17:41:41,536`, with `T` or a space, a fraction or none, and a zone or none; nil: it is
    /// something else.
    func endOfDateAndTime(_ start: Int, _ upper: Int) -> Int? {
        guard upper &- start >= 19, matches(start, "dddd-dd-dd dd:dd:dd") else { return nil }
        let end = endOfFraction(start &+ 19, upper)
        if end < upper, byte(end) == UInt8(ascii: "Z") { return end &+ 1 }
        if end < upper, byte(end) == UInt8(ascii: "+") || byte(end) == UInt8(ascii: "-") {
            if upper &- end >= 6, matches(end &+ 1, "dd:dd") { return end &+ 6 }
            if upper &- end >= 5, matches(end &+ 1, "dddd") { return end &+ 5 }
        }
        return end
    }

    /// `d` in the pattern is any digit, a space also stands for `T`.
    private func matches(_ start: Int, _ pattern: StaticString) -> Bool {
        for index in 0..<pattern.utf8CodeUnitCount {
            let wanted = unsafe pattern.utf8Start[index]
            switch wanted {
            case UInt8(ascii: "d"): if !isDigit(start &+ index) { return false }
            case UInt8(ascii: " "):
                if byte(start &+ index) != wanted, byte(start &+ index) != UInt8(ascii: "T") { return false }
            default: if byte(start &+ index) != wanted { return false }
            }
        }
        return true
    }

    /// Takes in a decimal mark and the digits behind it.
    private func endOfFraction(_ place: Int, _ upper: Int) -> Int {
        guard place &+ 1 < upper, byte(place) == UInt8(ascii: ".") || byte(place) == UInt8(ascii: ","),
            isDigit(place &+ 1)
        else { return place }
        return endOfDigits(place &+ 1, upper)
    }

    /// Three and more groups of up to four hexadecimal digits with colons between them, around the group
    /// `start ..< end`: times of day, IPv6 and hardware addresses.
    func colonGroups(_ start: Int, _ end: Int, from lower: Int, to upper: Int) -> (start: Int, end: Int)? {
        guard var last = endOfGroup(start, upper), last == end || byte(end) == UInt8(ascii: ".") else { return nil }
        var first = start
        var colonCount = 0
        while first > lower, byte(first &- 1) == UInt8(ascii: ":"), let before = startOfGroup(first &- 1, lower) {
            first = before
            colonCount &+= 1
        }
        while last < upper, byte(last) == UInt8(ascii: ":"), let next = endOfGroup(last &+ 1, upper) {
            last = next
            colonCount &+= 1
        }
        return colonCount >= 2 ? (first, endOfFraction(last, upper)) : nil
    }

    /// The end of the group that begins at `start`; an empty group is one between two colons.
    private func endOfGroup(_ start: Int, _ upper: Int) -> Int? {
        var place = start
        while place < upper, isDigit(place) || isHexLetter(place) { place &+= 1 }
        if place < upper, isWordPart(place), byte(place) != UInt8(ascii: ".") { return nil }
        if place == start { return place < upper && byte(place) == UInt8(ascii: ":") ? place : nil }
        return place &- start <= 4 ? place : nil
    }

    private func startOfGroup(_ end: Int, _ lower: Int) -> Int? {
        var place = end
        while place > lower, isDigit(place &- 1) || isHexLetter(place &- 1) { place &-= 1 }
        if place > lower, isWordPart(place &- 1) { return nil }
        if place == end { return place > lower && byte(place &- 1) == UInt8(ascii: ":") ? place : nil }
        return end &- place <= 4 ? place : nil
    }

    private func isWordPart(_ place: Int) -> Bool { words.firstMissing(from: place, to: place &+ 1) != place }
}
