import Bytes

/// Dates as programs write them.
extension TimeScanner {
    mutating func readNumericDateAndTime(_ text: Span<UInt8>) -> CivilTime? {
        let start = position
        guard var time = readNumericDate(text) else { return nil }
        let dateLength = position - start
        switch byte(text) {
        case UInt8(ascii: "T"), UInt8(ascii: "t"), Byte.colon, UInt8(ascii: "_"): position += 1
        case Byte.dash where time.year != nil: position += 1
        case Byte.comma where Byte.isBlank(byte(text, 1)):
            position += 1
            takeBlanks(text)
        case _ where Byte.isDigit(byte(text)) && dateLength == 8: break
        default: guard takeBlanks(text) else { return nil }
        }
        guard readTimeOfDay(text, &time, canBeCompact: true) else { return nil }
        readZone(text, &time)
        return time
    }

    /// A date that begins with a digit.
    mutating func readNumericDate(_ text: Span<UInt8>) -> CivilTime? {
        switch digitCount(text) {
        case 4: return readYearFirst(text)
        case 8, 14:
            guard let year = readExactly(text, 4), let month = readExactly(text, 2), let day = readExactly(text, 2)
            else { return nil }
            return checked(year, month, day)
        case 6:
            guard let year = readExactly(text, 2), let month = readExactly(text, 2), let day = readExactly(text, 2)
            else { return nil }
            return checked(Self.fullYear(year), month, day)
        case 1, 2: return readShortFirst(text)
        default: return nil
        }
    }

    /// 2015-07-29, 2015/7/29, 2005.06.03
    private mutating func readYearFirst(_ text: Span<UInt8>) -> CivilTime? {
        guard let year = readExactly(text, 4) else { return nil }
        let mark = byte(text)
        guard mark == Byte.dash || mark == UInt8(ascii: "/") || mark == UInt8(ascii: ".") else { return nil }
        position += 1
        var month = readDigits(text, upTo: 2)?.value
        if month == nil { month = readMonthName(text) }
        guard let month, take(text, mark), let day = readDigits(text, upTo: 2)?.value else { return nil }
        return checked(year, month, day)
    }

    /// 17/06/09, 10/30/2015, 30.10.2015, 10.30, 03-17, 10/Oct/2000, 10-Oct-2000, 10 Oct 2000
    private mutating func readShortFirst(_ text: Span<UInt8>) -> CivilTime? {
        guard let first = readDigits(text, upTo: 2)?.value else { return nil }
        let mark = byte(text)
        guard [Byte.dash, UInt8(ascii: "/"), UInt8(ascii: "."), Byte.space].contains(mark) else { return nil }
        position += 1
        if Byte.isLetter(byte(text)) {
            guard let month = readMonthName(text) else { return nil }
            let yearMark = mark
            guard take(text, yearMark), let (year, count) = readDigits(text, upTo: 4) else { return nil }
            guard count == 4 || count == 2 else { return nil }
            return checked(count == 2 ? Self.fullYear(year) : year, month, first)
        }
        guard mark != Byte.space, let (second, secondCount) = readDigits(text, upTo: 2) else { return nil }
        guard byte(text) == mark, Byte.isDigit(byte(text, 1)) else {
            // Month and day, both with two digits.
            guard secondCount == 2, mark != UInt8(ascii: "/") else { return nil }
            return checked(nil, first, second)
        }
        position += 1
        guard let (third, thirdCount) = readDigits(text, upTo: 4) else { return nil }
        if thirdCount == 4 {
            // The day is first where people write points, or when it can be nothing else.
            let isDayFirst = mark == UInt8(ascii: ".") || mark == Byte.dash || first > 12
            return isDayFirst ? checked(third, second, first) : checked(third, first, second)
        }
        guard thirdCount == 2 else { return nil }
        return checked(Self.fullYear(first), second, third) ?? checked(Self.fullYear(third), first, second)
    }

    /// Jan  5 03:47:01, Mon Jan  5 03:47:01.5 UTC 2015, Mon, 05 Jan 2015 03:47:01 GMT, Jan 5, 2015 3:47:01 PM
    mutating func readNamedDateAndTime(_ text: Span<UInt8>) -> CivilTime? {
        let start = position
        if takeWeekday(text) {
            _ = take(text, Byte.comma)
            guard takeBlanks(text) else { return nil }
            if Byte.isDigit(byte(text)) { return readNumericDateAndTime(text) }
        } else {
            position = start
        }
        guard let month = readMonthName(text) else { return nil }
        _ = take(text, UInt8(ascii: "."))
        guard takeBlanks(text), let day = readDigits(text, upTo: 2)?.value, var time = checked(nil, month, day) else {
            return nil
        }
        _ = take(text, Byte.comma)
        guard takeBlanks(text) else { return nil }
        if digitCount(text) == 4 {
            time.year = readExactly(text, 4)
            _ = take(text, Byte.comma)
            guard takeBlanks(text) else { return nil }
        }
        guard readTimeOfDay(text, &time, canBeCompact: false) else { return nil }
        readZone(text, &time)
        if time.year == nil { readYearBehind(text, &time) }
        return time
    }

    /// A year at the end, as ctime writes it.
    private mutating func readYearBehind(_ text: Span<UInt8>, _ time: inout CivilTime) {
        let start = position
        guard takeBlanks(text), digitCount(text) == 4, let year = readExactly(text, 4), (1970...2200).contains(year),
            !Byte.isLetter(byte(text)), byte(text) != Byte.dash, byte(text) != UInt8(ascii: ".")
        else {
            position = start
            return
        }
        time.year = year
    }

    private func checked(_ year: Int?, _ month: Int, _ day: Int) -> CivilTime? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        return CivilTime(year: year, month: month, day: day)
    }

    private static func fullYear(_ year: Int) -> Int { year < 70 ? 2000 + year : 1900 + year }

    private static let months: [StaticString] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let monthEndings: [StaticString] = [
        "uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember",
    ]
    private static let weekdays: [StaticString] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let weekdayEndings: [StaticString] = ["day", "sday", "nesday", "rsday", "day", "urday", "day"]

    mutating func readMonthName(_ text: Span<UInt8>) -> Int? {
        takeName(text, Self.months, Self.monthEndings).map { $0 + 1 }
    }

    private mutating func takeWeekday(_ text: Span<UInt8>) -> Bool {
        takeName(text, Self.weekdays, Self.weekdayEndings) != nil
    }

    /// Takes one of some names, short or in full; no other letter may follow.
    private mutating func takeName(
        _ text: Span<UInt8>, _ names: [StaticString], _ endings: [StaticString]
    ) -> Int? {
        for (index, name) in names.enumerated() where isWord(text, name, at: 0) {
            if !Byte.isLetter(byte(text, 3)) {
                position += 3
                return index
            }
            let ending = endings[index]
            guard isWord(text, ending, at: 3), !Byte.isLetter(byte(text, 3 + ending.utf8CodeUnitCount)) else {
                return nil
            }
            position += 3 + ending.utf8CodeUnitCount
            return index
        }
        return nil
    }

    func isWord(_ text: Span<UInt8>, _ word: StaticString, at distance: Int) -> Bool {
        for offset in 0..<word.utf8CodeUnitCount {
            guard unsafe byte(text, distance + offset) | 0x20 == word.utf8Start[offset] else { return false }
        }
        return true
    }
}
