/// A day of the Gregorian calendar, for years after 1600.
package struct CivilDate: Equatable {
    package var year: Int
    package var month: Int
    package var day: Int

    /// Years begin in March here: a leap day is then the last of its year, and the months before it have a pattern
    /// of 153 days in five.
    private static let daysBeforeMarch1600 = 135_080
    private static let daysPer400Years = 146_097
    private static let daysPerCentury = 36_524
    private static let daysPerFourYears = 1461

    @inline(__always)
    package init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The date of a day, counted from 1970-01-01.
    @inline(__always)
    package init(dayNumber: Int) {
        var rest = UInt32(truncatingIfNeeded: dayNumber &+ Self.daysBeforeMarch1600)
        let eras = rest / UInt32(Self.daysPer400Years)
        rest &-= eras &* UInt32(Self.daysPer400Years)
        // The last day of an era and of four years is a leap day, which must not begin a fifth part.
        let centuries = min(rest / UInt32(Self.daysPerCentury), 3)
        rest &-= centuries &* UInt32(Self.daysPerCentury)
        let fours = rest / UInt32(Self.daysPerFourYears)
        rest &-= fours &* UInt32(Self.daysPerFourYears)
        let years = min(rest / 365, 3)
        rest &-= years &* 365
        let monthFromMarch = (rest &* 5 &+ 2) / 153
        let day = rest &- (monthFromMarch &* 153 &+ 2) / 5 &+ 1
        let isAfterNewYear = monthFromMarch >= 10
        self.init(
            year: 1600 &+ Int(eras &* 400 &+ centuries &* 100 &+ fours &* 4 &+ years) &+ (isAfterNewYear ? 1 : 0),
            month: Int(monthFromMarch) &+ (isAfterNewYear ? -9 : 3), day: Int(day))
    }

    /// Days since 1970-01-01.
    @inline(__always)
    package var dayNumber: Int {
        let isBeforeMarch = month < 3
        let years = UInt32(truncatingIfNeeded: year &- 1600 &- (isBeforeMarch ? 1 : 0))
        let monthFromMarch = UInt32(truncatingIfNeeded: isBeforeMarch ? month &+ 9 : month &- 3)
        let days = years &* 365 &+ years / 4 &- years / 100 &+ years / 400
        return Int(days &+ (monthFromMarch &* 153 &+ 2) / 5) &+ day &- 1 &- Self.daysBeforeMarch1600
    }

    /// Whether the month has such a day.
    @inline(__always)
    package var isReal: Bool {
        guard month >= 1, month <= 12, day >= 1 else { return false }
        if day <= 28 { return true }
        if month == 2 { return day == 29 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
        // The long months are odd up to July and even from August.
        return day <= 30 || day == 31 && (month ^ month >> 3) & 1 == 1
    }
}
