import Bytes
import Columns

/// A time told from now: `now`, `10 minutes ago`, `yesterday 14:00`, `last monday`, `3:46 AM`.
struct RelativeTime {
    private let context: TimeContext
    private var words: [String]

    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let daySeconds: Int64 = 86_400
    private static let second: Int64 = 1_000_000_000

    init(_ text: String, context: TimeContext) {
        self.context = context
        words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// Nil when it is no such time.
    var nanoseconds: Int64? {
        guard let first = words.first, words.count <= 16 else { return nil }
        if first.hasPrefix("now") { return movedNow(words.joined(separator: " ").dropFirst(3)) }
        if words.count > 1, words.last == "ago" { return moved(by: words.dropLast().joined(separator: " "), -1) }
        if let day = Day(words) { return time(on: date(of: day), clock: day.clock) }
        guard let clock = Self.clock(words) else { return nil }
        let today = localDay
        guard let time = time(on: today, clock: clock) else { return nil }
        // A time of day alone is the last that was.
        return time <= context.now ? time : self.time(on: today - 1, clock: clock)
    }

    private func movedNow(_ rest: Substring) -> Int64? {
        let rest = rest.drop(while: \.isWhitespace)
        guard let sign = rest.first else { return context.now }
        guard sign == "+" || sign == "-" else { return nil }
        return moved(by: String(rest.dropFirst()), sign == "+" ? 1 : -1)
    }

    private func moved(by duration: String, _ sign: Int64) -> Int64? {
        guard var parser = try? Parser(duration), let length = try? parser.duration(), (try? parser.peek().kind) == .end
        else { return nil }
        let (time, overflows) = context.now.addingReportingOverflow(sign * length.nanoseconds)
        return overflows ? nil : time
    }

    // Days.

    private struct Day {
        enum Name {
            case today, yesterday, tomorrow
            case weekday(Int)
        }

        let name: Name
        /// The time of day; midnight when there is none.
        let clock: String

        init?(_ words: [String]) {
            var rest = words
            if rest.first == "last", rest.count > 1, weekdays.contains(rest[1]) { rest.removeFirst() }
            guard let index = rest.firstIndex(where: { Self.name($0) != nil }), index == 0 || index == rest.count - 1,
                let name = Self.name(rest.remove(at: index))
            else { return nil }
            self.name = name
            if rest.first == "at" { rest.removeFirst() }
            guard let clock = rest.isEmpty ? "00:00" : RelativeTime.clock(rest) else { return nil }
            self.clock = clock
        }

        private static func name(_ word: String) -> Name? {
            switch word {
            case "today": .today
            case "yesterday": .yesterday
            case "tomorrow": .tomorrow
            default: weekdays.firstIndex(of: word).map { .weekday($0) }
            }
        }
    }

    /// Days since 1970 where the query is asked.
    private var localDay: Int64 {
        let seconds = Self.floor(context.now, Self.second)
        return Self.floor(seconds + Int64(context.zone.offset(at: seconds)), Self.daySeconds)
    }

    private func date(of day: Day) -> Int64 {
        let today = localDay
        switch day.name {
        case .today: return today
        case .yesterday: return today - 1
        case .tomorrow: return today + 1
        case .weekday(let weekday):
            // 1970 began on a Thursday. The same day a week ago when it is that day today.
            let daysBack = (today + 3 - Int64(weekday)) - Self.floor(today + 3 - Int64(weekday), 7) * 7
            return today - (daysBack == 0 ? 7 : daysBack)
        }
    }

    private func time(on day: Int64, clock: String) -> Int64? {
        let date = CivilDate(dayNumber: Int(day))
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return context.absolute("\(date.year)-\(two(date.month))-\(two(date.day)) \(clock)")
    }

    private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
        value / divisor - (value % divisor < 0 ? 1 : 0)
    }

    /// `3:46`, `15:47:23.5`, `3:46 am` or `3am` as the reader of times takes it.
    private static func clock(_ words: [String]) -> String? {
        var text = words.joined()
        var half = ""
        for suffix in ["am", "pm"] where text.hasSuffix(suffix) {
            half = " " + suffix.uppercased()
            text.removeLast(2)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.count > 1 || !half.isEmpty, (1...2).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy(Byte.isDigit)
        else { return nil }
        let hour = parts[0].utf8.count == 1 ? "0" + parts[0] : String(parts[0])
        let rest = parts.count == 1 ? ":00" : text.dropFirst(parts[0].count)
        return hour + rest + half
    }
}
