import Bytes
import Columns

/// The rule at the end of a zone file, such as `CET-1CEST,M3.5.0,M10.5.0/3`: an offset, or two that change on the same
/// days of every year.
struct YearlyZoneRule: Sendable, Equatable {
    /// A day of the year and the local second at which clocks change.
    struct Change: Sendable, Equatable {
        enum Day: Sendable, Equatable {
            /// The n-th weekday of a month, 5 the last; Sunday is 0.
            case weekday(month: Int, week: Int, weekday: Int)
            /// From 1; the 29th of February is never counted.
            case numberWithoutLeapDay(Int)
            /// From 0.
            case number(Int)
        }
        var day: Day
        var second: Int
    }

    /// Seconds east of Greenwich.
    var standardOffset: Int
    var summer: (offset: Int, start: Change, end: Change)?

    static func == (left: YearlyZoneRule, right: YearlyZoneRule) -> Bool {
        left.standardOffset == right.standardOffset && left.summer?.offset == right.summer?.offset
            && left.summer?.start == right.summer?.start && left.summer?.end == right.summer?.end
    }

    /// Nil when the text is no rule.
    init?(_ text: [UInt8]) {
        var reader = YearlyZoneRuleReader(text.filter { $0 != Byte.lineFeed })
        guard reader.passName(), let west = reader.readClock() else { return nil }
        standardOffset = -west
        if reader.isAtEnd { return }
        guard reader.passName() else { return nil }
        var offset = standardOffset + 3600
        if !reader.isAt(Byte.comma) {
            guard let west = reader.readClock() else { return nil }
            offset = -west
        }
        guard let start = reader.readChange(), let end = reader.readChange(), reader.isAtEnd else { return nil }
        summer = (offset, start, end)
    }

    func offset(at time: Int64) -> Int {
        guard let summer else { return standardOffset }
        let local = time + Int64(standardOffset)
        let day = Int(clamping: local / 86_400 - (local % 86_400 < 0 ? 1 : 0))
        // The rules of years far away would be a guess anyway.
        let year = min(max(CivilDate(dayNumber: min(max(day, -100_000), 1_000_000)).year, 1700), 4000)
        let start = summer.start.seconds(in: year) - Int64(standardOffset)
        let end = summer.end.seconds(in: year) - Int64(summer.offset)
        let isSummer = start < end ? time >= start && time < end : time >= start || time < end
        return isSummer ? summer.offset : standardOffset
    }
}

extension YearlyZoneRule.Change {
    /// Local seconds since 1970 of the change in a year.
    func seconds(in year: Int) -> Int64 {
        let newYear = CivilDate(year: year, month: 1, day: 1).dayNumber
        let number: Int
        switch day {
        case .number(let day): number = newYear + day
        case .numberWithoutLeapDay(let day):
            let isLeapYear = CivilDate(year: year, month: 2, day: 29).isReal
            number = newYear + day - 1 + (isLeapYear && day >= 60 ? 1 : 0)
        case .weekday(let month, let week, let weekday):
            let first = CivilDate(year: year, month: month, day: 1).dayNumber
            // 1970 began on a Thursday.
            let firstWeekday = ((first + 4) % 7 + 7) % 7
            var day = 1 + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            while day > 28, !CivilDate(year: year, month: month, day: day).isReal { day -= 7 }
            number = first + day - 1
        }
        return Int64(number) * 86_400 + Int64(second)
    }
}
