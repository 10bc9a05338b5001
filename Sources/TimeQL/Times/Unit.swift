/// What a number counts.
public struct Unit: Equatable, Sendable {
    public enum Dimension: Equatable, Sendable { case duration, bytes, percent, scale }

    public var dimension: Dimension
    /// How many nanoseconds, bytes, hundredths or ones it is.
    public var factor: Int64

    private static let second: Int64 = 1_000_000_000

    /// The names of each unit, the one that texts are written with first. The names in the second list are as they are:
    /// `m` is a minute and `M` a million. Of all others capital letters and small ones are the same.
    private static let table: [(Dimension, Int64, [String], [String])] = [
        (.duration, 1, ["nanoseconds", "nanosecond", "ns"], []),
        // The micro sign and the Greek letter.
        (.duration, 1000, ["microseconds", "microsecond", "us", "\u{B5}s", "\u{3BC}s"], []),
        (.duration, 1_000_000, ["milliseconds", "millisecond", "ms", "msec"], []),
        (.duration, second, ["seconds", "second", "s", "sec", "secs"], []),
        (.duration, 60 * second, ["minutes", "minute", "min", "mins"], ["m"]),
        (.duration, 3600 * second, ["hours", "hour", "h", "hr", "hrs"], []),
        (.duration, 86_400 * second, ["days", "day", "d"], []),
        (.duration, 7 * 86_400 * second, ["weeks", "week", "w"], []),
        (.bytes, 1, ["bytes", "byte"], ["B"]),
        (.bytes, 1000, ["kb"], []), (.bytes, 1_000_000, ["mb"], []), (.bytes, 1_000_000_000, ["gb"], []),
        (.bytes, 1_000_000_000_000, ["tb"], []), (.bytes, 1 << 10, ["kib"], []), (.bytes, 1 << 20, ["mib"], []),
        (.bytes, 1 << 30, ["gib"], []), (.bytes, 1 << 40, ["tib"], []),
        (.percent, 1, ["percent"], ["%"]),
        (.scale, 1000, ["k"], []), (.scale, 1_000_000, [], ["M"]), (.scale, 1_000_000_000, [], ["G"]),
        (.scale, 1_000_000_000_000, [], ["T"]),
    ]

    private static let exact: [String: Unit] = named { $0.3 }
    private static let anyCase: [String: Unit] = named { $0.2 }
    static let names = anyCase.keys.filter { $0.utf8.count > 1 }.sorted()

    private static func named(_ names: ((Dimension, Int64, [String], [String])) -> [String]) -> [String: Unit] {
        var units: [String: Unit] = [:]
        for row in table {
            for name in names(row) { units[name] = Unit(dimension: row.0, factor: row.1) }
        }
        return units
    }

    private init(dimension: Dimension, factor: Int64) {
        self.dimension = dimension
        self.factor = factor
    }

    /// The unit that a text names.
    init?(_ name: String) {
        guard let unit = Self.exact[name] ?? Self.anyCase[name.lowercased()] else { return nil }
        self = unit
    }

    /// A length of time in the largest unit that gives a whole number.
    static func text(ofNanoseconds nanoseconds: Int64) -> String {
        let units = table.filter { $0.0 == .duration && nanoseconds % $0.1 == 0 && abs(nanoseconds) >= $0.1 }
        guard let unit = units.last else { return "\(nanoseconds) nanoseconds" }
        let count = nanoseconds / unit.1
        return "\(count) \(unit.2[count == 1 ? 1 : 0])"
    }
}

extension Unit: CustomStringConvertible {
    public var description: String {
        let row = Self.table.first { $0.0 == dimension && $0.1 == factor }
        return row.flatMap { $0.2.first ?? $0.3.first } ?? ""
    }
}
