import Bytes

/// Reads the parts of a zone's yearly rule.
struct YearlyZoneRuleReader {
    private let text: [UInt8]
    private var position = 0

    init(_ text: [UInt8]) { self.text = text }

    var isAtEnd: Bool { position == text.count }

    func isAt(_ byte: UInt8) -> Bool { position < text.count && text[position] == byte }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard isAt(byte) else { return false }
        position += 1
        return true
    }

    /// `CET`, or anything between `<` and `>`.
    mutating func passName() -> Bool {
        let start = position
        if take(UInt8(ascii: "<")) {
            while position < text.count, text[position] != UInt8(ascii: ">") { position += 1 }
            return take(UInt8(ascii: ">"))
        }
        while position < text.count, Byte.isLetter(text[position]) { position += 1 }
        return position >= start + 3
    }

    private mutating func readNumber(upTo limit: Int) -> Int? {
        let start = position
        var value = 0
        while position < text.count, Byte.isDigit(text[position]), position - start < 4 {
            value = value * 10 + Int(text[position] - Byte.zero)
            position += 1
        }
        return position > start && value <= limit ? value : nil
    }

    /// `[-]h[h[h]][:mm[:ss]]` as seconds.
    mutating func readClock() -> Int? {
        let isNegative = take(Byte.dash)
        if !isNegative { _ = take(UInt8(ascii: "+")) }
        guard var seconds = readNumber(upTo: 167).map({ $0 * 3600 }) else { return nil }
        for unit in [60, 1] where take(Byte.colon) {
            guard let part = readNumber(upTo: 59) else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// A comma, a day, and perhaps a slash and a time.
    mutating func readChange() -> YearlyZoneRule.Change? {
        guard take(Byte.comma), let day = readDay() else { return nil }
        var second = 7200
        if take(UInt8(ascii: "/")) {
            guard let time = readClock() else { return nil }
            second = time
        }
        return YearlyZoneRule.Change(day: day, second: second)
    }

    private mutating func readDay() -> YearlyZoneRule.Change.Day? {
        if take(UInt8(ascii: "M")) {
            guard let month = readNumber(upTo: 12), month >= 1, take(UInt8(ascii: ".")),
                let week = readNumber(upTo: 5), week >= 1, take(UInt8(ascii: ".")), let weekday = readNumber(upTo: 6)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        if take(UInt8(ascii: "J")) {
            guard let number = readNumber(upTo: 365), number >= 1 else { return nil }
            return .numberWithoutLeapDay(number)
        }
        return readNumber(upTo: 365).map { .number($0) }
    }
}
