/// Timestamps as text (Format/Segment.md, 6.1).
public enum TimestampText {
    public static let minimumByteCount = 19
    public static let maximumByteCount = 35

    static let nanosecondsPerSecond: Int64 = 1_000_000_000
    static let secondsPerDay = 86_400

    /// The instant (ns since 1970 UTC) and the form of a text, the fraction digits counted out; nil unless rendering
    /// both gives the same text back.
    public static func parse(_ text: borrowing Span<UInt8>) -> (nanoseconds: Int64, form: UInt32)? {
        let count = text.count
        guard count >= minimumByteCount, count <= maximumByteCount,
            text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[13] == UInt8(ascii: ":"),
            text[16] == UInt8(ascii: ":"), let date = date(text), let secondOfDay = secondOfDay(text)
        else { return nil }
        let hasSpace = text[10] == UInt8(ascii: " ")
        guard hasSpace || text[10] == UInt8(ascii: "T") else { return nil }

        var offset = minimumByteCount
        var fraction: Int64 = 0
        var fractionDigits = 0
        var hasComma = false
        if offset < count, text[offset] == UInt8(ascii: ".") || text[offset] == UInt8(ascii: ",") {
            hasComma = text[offset] == UInt8(ascii: ",")
            offset &+= 1
            let start = offset
            while offset < count, text[offset] &- UInt8(ascii: "0") <= 9 {
                fraction = fraction &* 10 &+ Int64(text[offset] &- UInt8(ascii: "0"))
                offset &+= 1
                if offset &- start > 9 { return nil }
            }
            fractionDigits = offset &- start
            guard fractionDigits > 0 else { return nil }
            fraction &*= Int64(truncatingIfNeeded: DecimalText.powersOfTen[9 &- fractionDigits])
        }
        guard let (zone, offsetMinutes) = zone(text, from: offset) else { return nil }
        let seconds = date.dayNumber &* secondsPerDay &+ secondOfDay &- offsetMinutes &* 60
        let form = TimestampForm(
            fractionDigits: fractionDigits, hasSpace: hasSpace, hasComma: hasComma, zone: zone,
            offsetMinutes: offsetMinutes)
        return (Int64(seconds) &* nanosecondsPerSecond &+ fraction, form.rawValue)
    }

    @inline(__always)
    private static func date(_ text: borrowing Span<UInt8>) -> CivilDate? {
        guard let century = twoDigits(text, at: 0), let yearOfCentury = twoDigits(text, at: 2),
            let month = twoDigits(text, at: 5), let day = twoDigits(text, at: 8)
        else { return nil }
        let date = CivilDate(year: century &* 100 &+ yearOfCentury, month: month, day: day)
        return date.year >= 1678 && date.year <= 2261 && date.isReal ? date : nil
    }

    @inline(__always)
    private static func secondOfDay(_ text: borrowing Span<UInt8>) -> Int? {
        guard let hour = twoDigits(text, at: 11), let minute = twoDigits(text, at: 14),
            let second = twoDigits(text, at: 17), hour < 24, minute < 60, second < 60
        else { return nil }
        return hour &* 3600 &+ minute &* 60 &+ second
    }

    /// The zone that the rest of a text shows, with its offset.
    @inline(__always)
    private static func zone(
        _ text: borrowing Span<UInt8>, from start: Int
    ) -> (zone: TimestampForm.Zone, offsetMinutes: Int)? {
        let count = text.count &- start
        if count == 0 { return (.none, 0) }
        if count == 1 { return text[start] == UInt8(ascii: "Z") ? (.utc, 0) : nil }
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
