import Columns

/// How long the windows of a store are. Fixed when the store is made.
public enum WindowLength: UInt8, Sendable, CaseIterable {
    case hour = 1
    case sixHours = 2
    case day = 3
    case week = 4

    public var nanoseconds: Int64 {
        let hour: Int64 = 3_600_000_000_000
        return switch self {
        case .hour: hour
        case .sixHours: 6 * hour
        case .day: 24 * hour
        case .week: 7 * 24 * hour
        }
    }

    /// As the config file writes it.
    public var name: String {
        switch self {
        case .hour: "1h"
        case .sixHours: "6h"
        case .day: "1d"
        case .week: "7d"
        }
    }

    public init?(name: String) {
        guard let length = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = length
    }

    /// The window in which a time lies. Weeks begin where 1970 began, on a Thursday.
    public func window(of time: Int64) -> TimeWindow {
        let length = nanoseconds
        let quotient = time / length
        return TimeWindow(index: Int32(time % length < 0 ? quotient - 1 : quotient))
    }
}

/// A stretch of time whose events share segments: the whole windows since 1970 UTC, counted.
public struct TimeWindow: Hashable, Comparable, Sendable {
    public var index: Int32

    public init(index: Int32) { self.index = index }

    public static func < (left: TimeWindow, right: TimeWindow) -> Bool { left.index < right.index }

    /// First and last nanosecond, as far as a timestamp can say.
    public func times(_ length: WindowLength) -> ClosedRange<Int64> {
        let (start, isBefore) = Int64(index).multipliedReportingOverflow(by: length.nanoseconds)
        let (end, isBeyond) = Int64(index).addingReportingOverflow(1).partialValue
            .multipliedReportingOverflow(by: length.nanoseconds)
        return (isBefore ? .min : start)...(isBeyond ? .max : end - 1)
    }

    /// The UTC time at which it begins, as the name of a folder: `2024-01-15` or `2024-01-15T06`.
    public func label(_ length: WindowLength) -> String {
        let hoursPerWindow = Int(length.nanoseconds / WindowLength.hour.nanoseconds)
        let hour = Int(index) * hoursPerWindow
        let day = hour >= 0 ? hour / 24 : (hour - 23) / 24
        let date = CivilDate(dayNumber: day)
        let name = "\(date.year)-\(Self.twoDigits(date.month))-\(Self.twoDigits(date.day))"
        return hoursPerWindow % 24 == 0 ? name : name + "T" + Self.twoDigits(hour - day * 24)
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
