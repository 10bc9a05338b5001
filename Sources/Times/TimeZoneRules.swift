import Bytes
public import Files

/// How far local clocks are from UTC, and when.
public struct TimeZoneRules: Sendable, Equatable {
    struct Transition: Sendable, Equatable {
        /// Seconds since 1970 UTC.
        var time: Int64
        var offset: Int
    }

    /// Seconds east of Greenwich before the first transition.
    var firstOffset: Int
    var transitions: [Transition] = []
    /// What holds behind the last transition, when it is not the last offset for ever.
    var yearly: YearlyZoneRule?

    public static let utc = TimeZoneRules(offsetSeconds: 0)

    public init(offsetSeconds: Int) { firstOffset = offsetSeconds }

    /// A zone as people name it: `UTC`, an offset such as `+02:00`, or a name of the system's zone files such as
    /// `Europe/Berlin`. Nil when it is neither.
    public init?(_ name: String, files: some FileSystem, directory: String = "/usr/share/zoneinfo") {
        if let offset = Self.offset(name) {
            self.init(offsetSeconds: offset)
            return
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
            let bytes = try? files.readAll("\(directory)/\(name)"), let rules = TimeZoneRules(zoneFile: bytes)
        else { return nil }
        self = rules
    }

    /// Seconds east of Greenwich at an instant.
    public func offset(at time: Int64) -> Int {
        guard let last = transitions.last, time >= transitions[0].time else {
            return transitions.isEmpty ? yearly?.offset(at: time) ?? firstOffset : firstOffset
        }
        if time >= last.time { return yearly?.offset(at: time) ?? last.offset }
        var low = 0
        var high = transitions.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if transitions[middle].time <= time { low = middle } else { high = middle }
        }
        return transitions[low].offset
    }

    /// The instant, in nanoseconds since 1970 UTC, at which clocks show this many nanoseconds since 1970.
    public func instant(ofLocal nanoseconds: Int64) -> Int64 {
        let second = EventTime.nanosecondsPerSecond
        let seconds = nanoseconds / second - (nanoseconds % second < 0 ? 1 : 0)
        return nanoseconds - Int64(offset(atLocal: seconds)) * second
    }

    /// The offset of a local time. Of a time that clocks show twice, the first; one that they pass over counts on from
    /// before the gap.
    func offset(atLocal local: Int64) -> Int {
        if transitions.isEmpty, yearly == nil { return firstOffset }
        // No zone is further than a day from UTC, and no two transitions are so near.
        let before = offset(at: local - 86_400)
        if offset(at: local - Int64(before)) == before { return before }
        let after = offset(at: local + 86_400)
        return offset(at: local - Int64(after)) == after ? after : before
    }

    private static func offset(_ name: String) -> Int? {
        if ["UTC", "utc", "Z", "GMT"].contains(name) { return 0 }
        let text = Array("1970-01-01T00:00:00\(name)".utf8)
        var scanner = TimeScanner(text.span, 0..<text.count)
        guard name.utf8.first.map({ $0 == Byte.dash || $0 == UInt8(ascii: "+") }) == true,
            let time = scanner.readDateAndTime(text.span), scanner.isAtEnd
        else { return nil }
        return time.offsetSeconds
    }
}
