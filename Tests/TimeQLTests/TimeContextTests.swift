import Columns
import Testing
import Times

@testable import TimeQL

@Suite("Times in queries")
struct TimeContextTests {
    /// 2026-03-04 10:30:00 UTC, a Wednesday.
    private static let now: Int64 = 1_772_620_200_000_000_000

    private func shown(_ text: String, hoursEast: Int = 0) throws -> String {
        let zone = TimeZoneRules(offsetSeconds: hoursEast * 3600)
        var parser = try Parser(text)
        let context = TimeContext(now: Self.now, zone: zone, parameters: ["when": "yesterday"])
        return TimestampText.utc(try context.resolve(parser.time()))
    }

    @Test(
        "told from now, from a day, or absolute",
        arguments: [
            ("now", "2026-03-04T10:30:00Z"), ("'now'", "2026-03-04T10:30:00Z"),
            ("'10 minutes ago'", "2026-03-04T10:20:00Z"), ("10 minutes ago", "2026-03-04T10:20:00Z"),
            ("'1h 30m ago'", "2026-03-04T09:00:00Z"), ("now-5m", "2026-03-04T10:25:00Z"),
            ("'now + 1 day' - 2h + 1 minute", "2026-03-05T08:31:00Z"), ("yesterday", "2026-03-03T00:00:00Z"),
            ("'yesterday 14:00'", "2026-03-03T14:00:00Z"), ("'14:00 yesterday'", "2026-03-03T14:00:00Z"),
            ("'today at 3:46 AM'", "2026-03-04T03:46:00Z"), ("'3:46'", "2026-03-04T03:46:00Z"),
            ("'3am'", "2026-03-04T03:00:00Z"), ("'23:15:10.5'", "2026-03-03T23:15:10.500Z"),
            ("'last wednesday'", "2026-02-25T00:00:00Z"), ("'Monday 9:00'", "2026-03-02T09:00:00Z"),
            ("'thursday'", "2026-02-26T00:00:00Z"), ("tomorrow", "2026-03-05T00:00:00Z"),
            ("'2024-01-15 15:47:23'", "2024-01-15T15:47:23Z"), ("1705333643", "2024-01-15T15:47:23Z"),
            ("1705333643.5", "2024-01-15T15:47:23.500Z"), ("'2024-01-15T15:47:23+02:00'", "2024-01-15T13:47:23Z"),
            ("$when", "2026-03-03T00:00:00Z"),
        ])
    func times(text: String, meaning: String) throws { #expect(try shown(text) == meaning) }

    @Test(
        "days and times without a zone are those of the zone that is asked in",
        arguments: [
            ("today", 14, "2026-03-04T10:00:00Z"), ("today", -11, "2026-03-03T11:00:00Z"),
            ("'3:46'", 2, "2026-03-04T01:46:00Z"), ("'2024-01-15 15:47:23'", 2, "2024-01-15T13:47:23Z"),
            ("'2024-01-15T15:47:23Z'", 2, "2024-01-15T15:47:23Z"), ("monday", 14, "2026-03-01T10:00:00Z"),
        ])
    func zones(text: String, hours: Int, meaning: String) throws {
        #expect(try shown(text, hoursEast: hours) == meaning)
    }

    @Test(
        "what is no time gives an error",
        arguments: ["'soon'", "''", "'25:00'", "'yesterday 25:00'", "'5 ago'", "5 minutes", "$other", "9e18", "'now-'"])
    func noTimes(text: String) { #expect(throws: QueryError.self) { try shown(text) } }

    @Test("a period that ends before it begins gives an error")
    func backwards() throws {
        guard case .timeline(let statement) = try Query("TIMELINE FROM now TO yesterday").statement else { return }
        let context = TimeContext(now: Self.now)
        #expect(throws: QueryError.self) { try context.resolve(#require(statement.period)) }
    }
}
