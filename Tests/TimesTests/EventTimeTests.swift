import Bytes
import Columns
import Files
import Testing

@testable import Times

@Suite("Times in every common shape")
struct EventTimeTests {
    /// Some day in 2026.
    private static let sample = EventTime(reference: 1_780_272_000_000_000_000)

    private func read(_ text: String, _ time: EventTime = Self.sample) -> String? {
        time.read(Array(text.utf8).span).map(TimestampText.utc)
    }

    @Test(
        "texts with and without fractions, zones, years and marks",
        arguments: [
            ("2015-07-29T17:41:41Z", "2015-07-29T17:41:41Z"), ("2015-07-29t17:41:41z", "2015-07-29T17:41:41Z"),
            ("2015-07-29T17:41:41.5+02:00", "2015-07-29T15:41:41.500Z"),
            ("2015-07-29 17:41:41,536", "2015-07-29T17:41:41.536Z"),
            ("2015-07-29 17:41:41.1234567891Z", "2015-07-29T17:41:41.123456789Z"),
            ("2015-07-29 17:41:41 +0200", "2015-07-29T15:41:41Z"), ("2015-07-29 17:41:41 UTC", "2015-07-29T17:41:41Z"),
            ("2015-07-29T17:41:41-00:00", "2015-07-29T17:41:41Z"), ("2015-07-29T17:41Z", "2015-07-29T17:41:00Z"),
            ("2015-06-30T23:59:60Z", "2015-07-01T00:00:00Z"), ("2015-07-29", "2015-07-29T00:00:00Z"),
            ("2015/7/9 7:01:02", "2015-07-09T07:01:02Z"), ("20150729T174141Z", "2015-07-29T17:41:41Z"),
            ("20150729T174141.25+0200", "2015-07-29T15:41:41.250Z"), ("20150729T1741Z", "2015-07-29T17:41:00Z"),
            ("20150729174141", "2015-07-29T17:41:41Z"), ("20150729", "2015-07-29T00:00:00Z"),
            ("10/Oct/2000:13:55:36 -0700", "2000-10-10T20:55:36Z"),
            ("[10/Oct/2000:13:55:36 -0700]", "2000-10-10T20:55:36Z"),
            ("Mon, 05 Jan 2015 03:47:01 GMT", "2015-01-05T03:47:01Z"),
            ("5 Jan 2015 03:47:01 PST", "2015-01-05T11:47:01Z"),
            ("Mon Jan  5 03:47:01 2015", "2015-01-05T03:47:01Z"),
            ("Mon Jan  5 03:47:01.25 UTC 2015", "2015-01-05T03:47:01.250Z"),
            ("Jan 5, 2015 3:47:01 PM", "2015-01-05T15:47:01Z"), ("January 5 2015 12:00:00 AM", "2015-01-05T00:00:00Z"),
            ("Jan  5 03:47:01", "2026-01-05T03:47:01Z"), ("Jun  2 03:47:01", "2025-06-02T03:47:01Z"),
            ("Jun  1 23:47:01", "2026-06-01T23:47:01Z"), ("Feb 29 00:00:00", "2024-02-29T00:00:00Z"),
            ("17/06/09 20:10:40", "2017-06-09T20:10:40Z"), ("06/09/2017 20:10:40", "2017-06-09T20:10:40Z"),
            ("19/06/2017 20:10:40", "2017-06-19T20:10:40Z"), ("09.06.2017 20:10:40", "2017-06-09T20:10:40Z"),
            ("10.30 16:49:06", "2025-10-30T16:49:06Z"), ("03-17 16:13:38.811", "2026-03-17T16:13:38.811Z"),
            ("081109 203615", "2008-11-09T20:36:15Z"), ("20171223-22:15:29:606", "2017-12-23T22:15:29.606Z"),
            ("20171223-2:5:9:6", "2017-12-23T02:05:09.006Z"),
            ("20171223-2:5:9:66", "2017-12-23T02:05:09.066Z"),
            ("2005-06-03-15.42.50.675872", "2005-06-03T15:42:50.675872Z"), ("1500000000", "2017-07-14T02:40:00Z"),
            ("1500000000.25", "2017-07-14T02:40:00.250Z"), ("1500000000123", "2017-07-14T02:40:00.123Z"),
            ("1500000000123.5", "2017-07-14T02:40:00.123500Z"), ("1500000000123456", "2017-07-14T02:40:00.123456Z"),
            ("1500000000123456789", "2017-07-14T02:40:00.123456789Z"), ("-1", "1969-12-31T23:59:59Z"),
            ("0", "1970-01-01T00:00:00Z"),
            (" 2015-07-29T17:41:41Z ", "2015-07-29T17:41:41Z"),
        ])
    func shapes(text: String, expected: String) { #expect(read(text) == expected) }

    @Test(
        "what is no time is none",
        arguments: [
            "", " ", "x", "2015", "20", "2015-13-01", "2015-02-30 00:00:00", "2015-07-29 25:00:00",
            "2015-07-29 17:61:00",
            "2015-07-29T17:41:41Zx", "10.11.10.1", "192.168.10.20", "Jan", "Jan 5", "January", "Mon", "1.2.3", "12:30",
            "2015-07-29T", "9999-01-01T00:00:00Z", "99999999999999999999", "1e5", "--5", "Foo 5 03:47:01", "17/06",
            "+5", "0x10", "[]",
        ])
    func none(text: String) {
        if text == "2015" || text == "20" {
            // A small number is a number of seconds.
            #expect(read(text)?.hasPrefix("1970-01-01T00:") == true)
        } else {
            #expect(read(text) == nil)
        }
    }

    @Test("numbers by their magnitude")
    func numbers() {
        #expect(EventTime.read(Int64(1_500_000_000)) == 1_500_000_000_000_000_000)
        #expect(EventTime.read(Int64(1_500_000_000_123)) == 1_500_000_000_123_000_000)
        #expect(EventTime.read(Int64(1_500_000_000_123_456)) == 1_500_000_000_123_456_000)
        #expect(EventTime.read(Int64(1_500_000_000_123_456_789)) == 1_500_000_000_123_456_789)
        #expect(EventTime.read(Int64.min) == Int64.min)
        #expect(EventTime.read(1.5) == 1_500_000_000)
        #expect(EventTime.read(1_500_000_000_123.5) == 1_500_000_000_123_500_000)
        #expect(EventTime.read(Double.nan) == nil && EventTime.read(1e300) == nil && EventTime.read(-1e19) == nil)
    }

    @Test("random texts stop nothing, and what is TimestampText.utc is read back")
    func random() {
        var generator = SplitMix64(seed: 5)
        let alphabet = Array("0123456789-/:., TZ+JanOctMonUTCPM[]é".utf8)
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator)!
            }
            _ = Self.sample.read(text.span)
            _ = Self.sample.readLeading(text.span, in: 0..<text.count)
        }
        for _ in 0..<2000 {
            let instant = Int64.random(in: -5_000_000_000...7_000_000_000, using: &generator) * 1_000_000_000
            #expect(read(TimestampText.utc(instant)) == TimestampText.utc(instant))
        }
    }
}

@Suite("Time zones")
struct TimeZoneTests {
    /// A zone file with one pair of transitions, an hour of summer in 2015, and a rule for later.
    private func zoneFile(_ rule: String) -> [UInt8] {
        func word(_ value: Int, _ byteCount: Int) -> [UInt8] {
            (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        func data(_ byteCount: Int) -> [UInt8] {
            var bytes = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
            for count in [0, 0, 0, 2, 2, 4] { bytes += word(count, 4) }
            // The 29th of March and the 25th of October.
            bytes += word(1_427_590_800, byteCount) + word(1_445_734_800, byteCount) + [1, 0]
            bytes += word(3600, 4) + [0, 0] + word(7200, 4) + [1, 0] + Array("XYZ\0".utf8)
            return bytes
        }
        return data(4) + data(8) + Array("\n\(rule)\n".utf8)
    }

    @Test("transitions of the file, then its rule")
    func berlin() throws {
        let rules = try #require(TimeZoneRules(zoneFile: zoneFile("CET-1CEST,M3.5.0,M10.5.0/3")))
        let time = EventTime(zone: rules, reference: 0)
        func read(_ text: String) -> Int64? { time.read(Array(text.utf8).span) }
        for (local, utc) in [
            ("2015-01-05 03:47:01", "2015-01-05 02:47:01Z"), ("2015-07-05 03:47:01", "2015-07-05 01:47:01Z"),
            ("2030-01-05 03:47:01", "2030-01-05 02:47:01Z"), ("2030-07-05 03:47:01", "2030-07-05 01:47:01Z"),
            // Shown twice: the first. Passed over: as if clocks had not changed.
            ("2015-10-25 02:30:00", "2015-10-25 00:30:00Z"), ("2015-10-25 03:00:00", "2015-10-25 02:00:00Z"),
            ("2015-03-29 02:30:00", "2015-03-29 01:30:00Z"), ("2015-03-29 03:00:00", "2015-03-29 01:00:00Z"),
            ("2030-10-27 02:30:00", "2030-10-27 00:30:00Z"), ("2030-03-31 02:30:00", "2030-03-31 01:30:00Z"),
            ("2015-07-05 03:47:01Z", "2015-07-05 03:47:01Z"),
        ] {
            #expect(read(local) != nil)
            #expect(read(local) == read(utc), "\(local)")
        }
    }

    @Test("rules of every form")
    func rules() throws {
        func offset(_ rule: String, _ text: String) throws -> Int {
            let instant = EventTime(reference: 0).read(Array(text.utf8).span) ?? 0
            return try #require(YearlyZoneRule(Array(rule.utf8))).offset(at: instant / 1_000_000_000)
        }
        #expect(try offset("UTC0", "2026-07-01") == 0)
        #expect(try offset("<+0530>-5:30", "2026-07-01") == 19_800)
        #expect(try offset("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z") == -18_000)
        #expect(try offset("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z") == -14_400)
        #expect(try offset("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T05:59:59Z") == -14_400)
        #expect(try offset("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z") == -18_000)
        #expect(try offset("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01") == 39_600)
        #expect(try offset("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-07-01") == 36_000)
        #expect(try offset("IST-2IDT,J60/0,300/-1:30", "2024-03-01T00:00:00Z") == 10_800)
        for bad in [
            "", "X", "CET", "CET-1CEST", "CET-1CEST,M13.1.0,M1.1.0", "CET-1CEST,M3.5.0", "<+05-5",
            "CET-1CEST,M3.5.0,M10.5.0/3x",
        ] {
            #expect(YearlyZoneRule(Array(bad.utf8)) == nil, "\(bad)")
        }
    }

    @Test("names: offsets, files, and nothing outside of the zone files")
    func names() throws {
        let files = MemoryFileSystem()
        let file = try files.create("/zones/Europe/Berlin")
        try file.append(zoneFile("CET-1"))
        #expect(TimeZoneRules("+02:00", files: files, directory: "/zones")?.offset(at: 0) == 7200)
        #expect(TimeZoneRules("-0330", files: files, directory: "/zones")?.offset(at: 0) == -12_600)
        #expect(TimeZoneRules("UTC", files: files, directory: "/zones") == .utc)
        #expect(TimeZoneRules("Europe/Berlin", files: files, directory: "/zones")?.offset(at: 1_436_000_000) == 7200)
        for name in ["Europe/Paris", "../zones/Europe/Berlin", "", "/", "Europe/", "+25:00", "+2"] {
            #expect(TimeZoneRules(name, files: files, directory: "/zones") == nil, "\(name)")
        }
    }

    @Test("a zone file that is damaged is none")
    func damage() {
        let file = zoneFile("CET-1CEST,M3.5.0,M10.5.0/3")
        for count in 0..<file.count - 28 { #expect(TimeZoneRules(zoneFile: Array(file[..<count])) == nil) }
        var generator = SplitMix64(seed: 3)
        for _ in 0..<2000 {
            var bytes = file
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            guard let rules = TimeZoneRules(zoneFile: bytes) else { continue }
            for time in [Int64.min / 4, -1, 1_436_000_000, 1 << 40] { #expect(abs(rules.offset(at: time)) < 700_000) }
        }
    }
}
