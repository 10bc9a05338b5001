/// Times that are counted since 1970 UTC, in a unit that their size tells.
enum NumericTime {
    /// Up to these, counts are seconds, milliseconds, microseconds; the years are 1966 to 5138 in each unit.
    private static let secondLimit: Int64 = 100_000_000_000
    private static let millisecondLimit = secondLimit * 1_000
    private static let microsecondLimit = millisecondLimit * 1_000

    static func nanoseconds(_ count: Int64) -> Int64? {
        let factor = nanosecondsPerUnit(count.magnitude)
        let (product, overflow) = count.multipliedReportingOverflow(by: factor)
        return overflow ? nil : product
    }

    /// A fraction is taken as exactly as a double of that size is: to the microsecond for seconds.
    static func nanoseconds(_ count: Double) -> Int64? {
        guard count.isFinite, count.magnitude < 9.2e18 else { return nil }
        let whole = count.rounded(.towardZero)
        guard let units = nanoseconds(Int64(whole)) else { return nil }
        let factor = nanosecondsPerUnit(whole.magnitude.isZero ? 0 : UInt64(whole.magnitude))
        // Below a microsecond the digits of a double of seconds are noise.
        let step: Double = factor == 1_000_000_000 ? 1_000 : 1
        let fraction = Int64(((count - whole) * Double(factor) / step).rounded() * step)
        let (sum, overflow) = units.addingReportingOverflow(fraction)
        return overflow ? nil : sum
    }

    private static func nanosecondsPerUnit(_ magnitude: UInt64) -> Int64 {
        if magnitude < UInt64(secondLimit) { return 1_000_000_000 }
        if magnitude < UInt64(millisecondLimit) { return 1_000_000 }
        return magnitude < UInt64(microsecondLimit) ? 1_000 : 1
    }
}
