import Bytes
import Columns

/// Reads the times of events in every common shape, as nanoseconds since 1970 UTC.
public struct EventTime: Sendable {
    /// What times without a zone are in.
    public var zone: TimeZoneRules
    /// The latest that a time without a year may be, but for a day: nanoseconds since 1970.
    public var reference: Int64

    static let nanosecondsPerSecond: Int64 = 1_000_000_000

    public init(zone: TimeZoneRules = .utc, reference: Int64) {
        self.zone = zone
        self.reference = reference
    }

    /// The instant that a whole text shows: a date with or without a time of day, or a number of seconds,
    /// milliseconds, microseconds or nanoseconds.
    public func read(_ text: Span<UInt8>) -> Int64? {
        if let (nanoseconds, form) = TimestampText.parse(text) {
            return TimestampForm(rawValue: form).zone == .none ? zone.instant(ofLocal: nanoseconds) : nanoseconds
        }
        return readOther(text)
    }

    /// The instant that a number since 1970 shows: seconds below 10^11, then milliseconds, microseconds, nanoseconds.
    public static func read(_ number: Int64) -> Int64? {
        let (product, overflows) = number.multipliedReportingOverflow(by: unit(number.magnitude))
        return overflows ? nil : product
    }

    /// The decimal that the number is written as counts, not its binary fraction.
    public static func read(_ number: Double) -> Int64? {
        guard number.isFinite, abs(number) < 9e18 else { return nil }
        // Shorter texts have no exponent; longer ones no fraction.
        if abs(number) >= 1e15 { return read(Int64(number)) }
        var text: [UInt8] = []
        NumberText.append(double: number, to: &text)
        var scanner = TimeScanner(text.span, 0..<text.count)
        guard let (nanoseconds, _) = scanner.readNumber(text.span) else { return nil }
        // What has an exponent is less than a tenth of a millisecond.
        return scanner.isAtEnd ? nanoseconds : 0
    }

    /// Nanoseconds in what a number of this magnitude counts.
    static func unit(_ magnitude: UInt64) -> Int64 {
        magnitude < 100_000_000_000
            ? nanosecondsPerSecond
            : magnitude < 100_000_000_000_000 ? 1_000_000 : magnitude < 100_000_000_000_000_000 ? 1000 : 1
    }

    /// The time at `start` with which other text may go on, and where it ends. Times without a time of day and small
    /// numbers are none here.
    public func readLeading(_ text: Span<UInt8>, in range: Range<Int>) -> (nanoseconds: Int64, end: Int)? {
        var scanner = TimeScanner(text, range)
        if let time = scanner.readDateAndTime(text), let nanoseconds = instant(of: time) {
            return (nanoseconds, scanner.position)
        }
        scanner = TimeScanner(text, range)
        guard let (nanoseconds, digitCount) = scanner.readNumber(text), [10, 13, 16, 19].contains(digitCount),
            !Byte.isLetter(text.byte(at: scanner.position)),
            (Self.earliestNumber...Self.latestNumber).contains(nanoseconds)
        else { return nil }
        return (nanoseconds, scanner.position)
    }

    /// 1990 and 2100: numbers outside are ids.
    private static let earliestNumber: Int64 = 631_152_000 * nanosecondsPerSecond
    private static let latestNumber: Int64 = 4_102_444_800 * nanosecondsPerSecond

    private func readOther(_ text: Span<UInt8>) -> Int64? {
        var range = text.trimmed(0..<text.count)
        if range.count > 2, text[range.lowerBound] == Byte.openBracket, text[range.upperBound - 1] == Byte.closeBracket
        {
            range = text.trimmed(range.lowerBound + 1..<range.upperBound - 1)
        }
        guard !range.isEmpty, range.count <= 64 else { return nil }
        var scanner = TimeScanner(text, range)
        if let time = scanner.readDateAndTime(text) ?? scanner.readDate(text, range), scanner.isAtEnd {
            return instant(of: time)
        }
        scanner = TimeScanner(text, range)
        if let (nanoseconds, _) = scanner.readNumber(text), scanner.isAtEnd { return nanoseconds }
        return nil
    }

    func instant(of time: CivilTime) -> Int64? {
        guard let year = time.year else { return instantInLatestYear(time) }
        return instant(of: time, in: year)
    }

    private func instant(of time: CivilTime, in year: Int) -> Int64? {
        let date = CivilDate(year: year, month: time.month, day: time.day)
        // Years that 64 bits of nanoseconds can show.
        guard year >= 1678, year <= 2261, date.isReal else { return nil }
        let seconds = Int64(date.dayNumber) * 86_400 + Int64(time.secondOfDay)
        let nanoseconds = seconds * Self.nanosecondsPerSecond + Int64(time.nanosecond)
        guard let offset = time.offsetSeconds else { return zone.instant(ofLocal: nanoseconds) }
        return nanoseconds - Int64(offset) * Self.nanosecondsPerSecond
    }

    /// A time without a year is never in the future, but for a day that clocks and zones may differ by.
    private func instantInLatestYear(_ time: CivilTime) -> Int64? {
        let (limit, overflows) = reference.addingReportingOverflow(86_400 * Self.nanosecondsPerSecond)
        guard !overflows else { return nil }
        let day = Int(limit / Self.nanosecondsPerSecond / 86_400)
        var year = min(max(CivilDate(dayNumber: day).year + 1, 1700), 2261)
        // The 29th of February may be eight years back.
        let earliest = year - 9
        while year > earliest {
            if let nanoseconds = instant(of: time, in: year), nanoseconds <= limit { return nanoseconds }
            year -= 1
        }
        return nil
    }
}
