/// Parses timestamps one after another; the date that neighbours share is worked out once.
public struct TimestampParser {
    /// The date before, as its two words of text, and the seconds from 1970 to its beginning.
    private var dateWord: UInt64 = 0
    private var dayWord: UInt64 = 0
    private var dateSeconds = 0

    public init() {}

    /// The instant and the form of a text, as ``TimestampText/parse(_:)`` gives them.
    @inline(__always)
    package mutating func parse(_ text: borrowing Span<UInt8>) -> (nanoseconds: Int64, form: UInt32)? {
        let count = text.count
        guard count >= TimestampText.minimumByteCount, count <= TimestampText.maximumByteCount, takeDate(text),
            let secondOfDay = Self.secondOfDay(text)
        else { return nil }
        let separator = text[10]
        let hasSpace = separator == UInt8(ascii: " ")
        guard hasSpace || separator == UInt8(ascii: "T") else { return nil }

        var offset = TimestampText.minimumByteCount
        var fraction: Int64 = 0
        var fractionDigits = 0
        var hasComma = false
        if offset < count, text[offset] == UInt8(ascii: ".") || text[offset] == UInt8(ascii: ",") {
            hasComma = text[offset] == UInt8(ascii: ",")
            offset &+= 1
            guard let (digitCount, number) = Self.fractionDigitsAndNumber(text, at: offset) else { return nil }
            fractionDigits = digitCount
            offset &+= digitCount
            fraction = number &* Int64(truncatingIfNeeded: DecimalText.powersOfTen[9 &- digitCount])
        }
        guard let (zone, offsetMinutes) = Self.zone(text, from: offset) else { return nil }
        let seconds = dateSeconds &+ secondOfDay &- offsetMinutes &* 60
        let form = TimestampForm(
            fractionDigits: fractionDigits, hasSpace: hasSpace, hasComma: hasComma, zone: zone,
            offsetMinutes: offsetMinutes)
        return (Int64(seconds) &* TimestampText.nanosecondsPerSecond &+ fraction, form.rawValue)
    }

    /// Takes `YYYY-MM-DD` at the beginning; false when that is no date.
    @inline(__always)
    private mutating func takeDate(_ text: borrowing Span<UInt8>) -> Bool {
        let dateWord = EightBytes.load(text, at: 0, count: 8)
        let dayWord = EightBytes.load(text, at: 8, count: 8) & 0xFFFF
        return dateWord == self.dateWord && dayWord == self.dayWord || takeDate(dateWord, dayWord)
    }

    private mutating func takeDate(_ dateWord: UInt64, _ dayWord: UInt64) -> Bool {
        // Digits become 0 ... 9 and dashes 0; anything else becomes something larger.
        let word = dateWord ^ 0x2D30_302D_3030_3030
        let day = dayWord ^ 0x3030
        guard Self.areValues(word, marks: 0xFF00_00FF_0000_0000), Self.areValues(day, marks: 0) else { return false }
        let date = CivilDate(
            year: Self.pair(word, 0) &* 100 &+ Self.pair(word, 2), month: Self.pair(word, 5), day: Self.pair(day, 0))
        guard date.year >= 1678, date.year <= 2261, date.isReal else { return false }
        self.dateWord = dateWord
        self.dayWord = dayWord
        dateSeconds = date.dayNumber &* TimestampText.secondsPerDay
        return true
    }

    /// `hh:mm:ss` after the date and the separator.
    @inline(__always)
    private static func secondOfDay(_ text: borrowing Span<UInt8>) -> Int? {
        let word = EightBytes.load(text, at: 11, count: 8) ^ 0x3030_3A30_303A_3030
        guard areValues(word, marks: 0x0000_FF00_00FF_0000) else { return nil }
        let (hour, minute, second) = (pair(word, 0), pair(word, 3), pair(word, 6))
        return hour < 24 && minute < 60 && second < 60 ? hour &* 3600 &+ minute &* 60 &+ second : nil
    }

    /// Whether all bytes are 0 ... 9, those of the marks 0.
    @inline(__always)
    private static func areValues(_ word: UInt64, marks: UInt64) -> Bool {
        (word | (word &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0 && word & marks == 0
    }

    /// The number that two values in a word make.
    @inline(__always)
    private static func pair(_ word: UInt64, _ index: UInt64) -> Int {
        let values = Int(truncatingIfNeeded: word &>> (8 &* index))
        return (values & 15) &* 10 &+ (values &>> 8 & 15)
    }

    /// How many digits follow, 1 ... 9, and the number they show.
    @inline(__always)
    private static func fractionDigitsAndNumber(
        _ text: borrowing Span<UInt8>, at offset: Int
    ) -> (digitCount: Int, number: Int64)? {
        let available = min(8, text.count &- offset)
        guard available > 0 else { return nil }
        let word = EightBytes.load(text, at: offset, count: available)
        // The first byte that is no digit; bytes behind the text are 0 and no digits either.
        let values = word ^ EightBytes.zeroDigits
        let carried = (values & 0x0F0F_0F0F_0F0F_0F0F) &+ 0x0606_0606_0606_0606
        let others = (values | carried) & 0xF0F0_F0F0_F0F0_F0F0
        let digitCount = others.trailingZeroBitCount &>> 3
        guard digitCount > 0 else { return nil }
        let missingBits = UInt64(truncatingIfNeeded: 8 &* (8 &- digitCount))
        let number = EightBytes.number(ofDigits: (values & 0x0F0F_0F0F_0F0F_0F0F) &<< missingBits)
        guard digitCount == 8, offset &+ 8 < text.count, text[offset &+ 8] &- 0x30 <= 9 else {
            return (digitCount, Int64(number))
        }
        if offset &+ 9 < text.count, text[offset &+ 9] &- 0x30 <= 9 { return nil }
        return (9, Int64(number &* 10 &+ UInt64(text[offset &+ 8] &- 0x30)))
    }

    /// The zone that the rest of a text shows, with its offset.
    @inline(__always)
    private static func zone(
        _ text: borrowing Span<UInt8>, from start: Int
    ) -> (zone: TimestampForm.Zone, offsetMinutes: Int)? {
        let count = text.count &- start
        if count == 1 { return text[start] == UInt8(ascii: "Z") ? (.utc, 0) : nil }
        return count == 0 ? (.none, 0) : offset(text, from: start)
    }

    private static func offset(
        _ text: borrowing Span<UInt8>, from start: Int
    ) -> (zone: TimestampForm.Zone, offsetMinutes: Int)? {
        let count = text.count &- start
        let isNegative = text[start] == UInt8(ascii: "-")
        guard isNegative || text[start] == UInt8(ascii: "+"), count >= 3, let hours = twoDigits(text, at: start &+ 1)
        else { return nil }
        var zone = TimestampForm.Zone.hours
        var minutes: Int? = 0
        switch count {
        case 3: break
        case 5:
            zone = .hoursMinutes
            minutes = twoDigits(text, at: start &+ 3)
        case 6:
            zone = .hoursColonMinutes
            minutes = text[start &+ 3] == UInt8(ascii: ":") ? twoDigits(text, at: start &+ 4) : nil
        default: return nil
        }
        guard let minutes, hours < 24, minutes < 60 else { return nil }
        let offset = hours &* 60 &+ minutes
        if isNegative, offset == 0 { return nil }
        return (zone, isNegative ? 0 &- offset : offset)
    }

    @inline(__always)
    private static func twoDigits(_ text: borrowing Span<UInt8>, at offset: Int) -> Int? {
        let tens = text[offset] &- UInt8(ascii: "0")
        let ones = text[offset &+ 1] &- UInt8(ascii: "0")
        return tens <= 9 && ones <= 9 ? Int(tens) &* 10 &+ Int(ones) : nil
    }
}
