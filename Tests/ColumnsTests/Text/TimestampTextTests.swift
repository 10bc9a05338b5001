import Bytes
import Testing

@testable import Columns

struct TimestampTextTests {
    static func parse(_ text: String) -> (nanoseconds: Int64, form: UInt32)? {
        withText(text) { TimestampText.parse($0) }
    }

    static func render(_ nanoseconds: Int64, _ form: UInt32) -> String? {
        var isShown = false
        let text = rendered { isShown = TimestampText.append(nanoseconds, form: form, to: &$0) }
        return isShown ? text : nil
    }

    @Test(
        "texts of every form come back",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000000001Z", 1), ("1969-12-31T23:59:59.999999999Z", -1),
            ("2026-03-02T00:00:00.012Z", 1_772_409_600_012_000_000),
            ("2026-03-02 00:00:00,012", 1_772_409_600_012_000_000),
            ("2026-03-02T01:00:00+01:00", 1_772_409_600_000_000_000),
            ("2026-03-01T18:30:00.50-0530", 1_772_409_600_500_000_000), ("2026-03-02 14+14", nil),
            ("2026-03-02T14:00:00+14", 1_772_409_600_000_000_000),
            ("2026-03-02 00:00:00+00:00", 1_772_409_600_000_000_000),
            ("2024-02-29T12:00:00Z", 1_709_208_000_000_000_000), ("2000-02-29T00:00:00Z", 951_782_400_000_000_000),
            ("1678-01-01T00:00:00Z", -9_214_560_000_000_000_000),
            ("2261-12-31T23:59:59.999999999Z", 9_214_646_399_999_999_999),
            ("1678-01-01T00:00:00+23:59", -9_214_646_340_000_000_000),
            ("2261-12-31T23:59:59.999999999-23:59", 9_214_732_739_999_999_999),
        ] as [(String, Int64?)])
    func roundTrip(_ text: String, _ nanoseconds: Int64?) {
        let parsed = Self.parse(text)
        #expect(parsed?.nanoseconds == nanoseconds)
        if let parsed { #expect(Self.render(parsed.nanoseconds, parsed.form) == text) }
    }

    @Test(
        "texts that rendering would not give back are refused",
        arguments: [
            "", "2024-01-01", "2024-01-01T00:00Z", "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2024-04-31T00:00:00Z", "2024-00-01T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-00T00:00:00Z",
            "2024-01-32T00:00:00Z", "1677-12-31T23:59:59Z", "2262-01-01T00:00:00Z", "2024-01-01T24:00:00Z",
            "2024-01-01T23:60:00Z", "2016-12-31T23:59:60Z", "2024-01-01t00:00:00Z", "2024-01-01T00:00:00z",
            "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00.0000000000Z", "2024-01-01T00:00:00 Z",
            "2024-01-01T00:00:00-00:00", "2024-01-01T00:00:00-0000", "2024-01-01T00:00:00-00",
            "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00+01:60", "2024-01-01T00:00:00+1",
            "2024-01-01T00:00:00+1:00",
            "2024-01-01T00:00:00+01:0", "2024-01-01T00:00:00+01:000", "2024-01-01T00:00:00Z ", "2024/01/01T00:00:00Z",
            "2024-01-01T00.00.00Z", "2024-1-01T00:00:00.0Z", "2024-01-01T00:00:00.000000000+01:000",
            "+024-01-01T00:00:00Z",
            "2024-01-01  00:00:00Z", "2024-01-01T00:00:00.12 +0100",
        ])
    func refused(_ text: String) { #expect(Self.parse(text) == nil) }

    @Test("the day number of every day from 1678 to 2261 is one more than that of the day before")
    func calendar() {
        var expected = CivilDate(year: 1678, month: 1, day: 1).dayNumber
        #expect(expected == -106_650)
        #expect(CivilDate(year: 1970, month: 1, day: 1).dayNumber == 0)
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for year in 1678...2261 {
            let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
            for month in 1...12 {
                let length = lengths[month - 1] + (month == 2 && isLeap ? 1 : 0)
                for day in 0...32 {
                    let date = CivilDate(year: year, month: month, day: day)
                    let isReal = day >= 1 && day <= length
                    if date.isReal != isReal { Issue.record("\(date) is\(isReal ? "" : " not") real") }
                    guard isReal else { continue }
                    if date.dayNumber != expected || CivilDate(dayNumber: expected) != date {
                        Issue.record("\(date) is not day \(expected)")
                    }
                    expected += 1
                }
            }
        }
    }

    /// Every form that a text can have, with a few offsets.
    static var forms: [TimestampForm] {
        var forms: [TimestampForm] = []
        for digits in 0...10 {
            for zone in [TimestampForm.Zone.none, .utc, .hours, .hoursMinutes, .hoursColonMinutes] {
                let offsets =
                    zone == .none || zone == .utc ? [0] : zone == .hours ? [0, 60, -1380] : [0, 90, -1, 1439, -1439]
                for offset in offsets {
                    for flags in 0..<4 {
                        forms.append(
                            TimestampForm(
                                fractionDigits: digits, hasSpace: flags & 1 != 0, hasComma: flags & 2 != 0, zone: zone,
                                offsetMinutes: offset))
                    }
                }
            }
        }
        return forms
    }

    @Test("random instants come back in every form")
    func everyForm() {
        var random = SplitMix64(seed: 6)
        for form in Self.forms {
            #expect(TimestampForm(checking: UInt64(form.rawValue)) == form)
            for _ in 0..<10 {
                let unit = Int64(
                    DecimalText.powersOfTen[
                        form.fractionDigits > 9 ? 3 * Int.random(in: 0...3, using: &random) : 9 - form.fractionDigits])
                let nanoseconds =
                    Int64.random(
                        in: -9_214_473_600_000_000_000 / unit...9_214_473_600_000_000_000 / unit, using: &random) * unit
                guard let text = Self.render(nanoseconds, form.rawValue), let parsed = Self.parse(text) else {
                    Issue.record("\(nanoseconds) has no text in form \(form)")
                    continue
                }
                #expect(parsed.nanoseconds == nanoseconds)
                #expect(Self.render(nanoseconds, parsed.form) == text)
                #expect(TimestampForm(rawValue: parsed.form).zone == form.zone)
                #expect(TimestampForm(rawValue: parsed.form).offsetMinutes == form.offsetMinutes)
                if form.fractionDigits <= 9 {
                    #expect(TimestampForm(rawValue: parsed.form).fractionDigits == form.fractionDigits)
                }
                let other = random.nearMiss(of: text)
                if let found = Self.parse(other) { #expect(Self.render(found.nanoseconds, found.form) == other) }
            }
        }
    }

    @Test("a form that cannot show the value, or is none, gives no text")
    func impossibleForms() {
        let utc = TimestampForm.utc(fractionDigits: 3)
            .rawValue
        #expect(Self.render(1_000_000, utc) == "1970-01-01T00:00:00.001Z")
        #expect(Self.render(1_000_001, utc) == nil)
        #expect(Self.render(1_000_000, utc - 3) == nil)
        #expect(Self.render(.max, utc - 3 + 10) == nil)
        #expect(Self.render(.min, utc - 3 + 10) == nil)
        #expect(Self.render(0, utc + 8) == nil, "11 fraction digits")
        #expect(Self.render(0, 5 << 6) == nil, "zone 5")
        #expect(Self.render(0, 1 << 6 | 2 << 9) == nil, "UTC with an offset")
        #expect(Self.render(0, 4 << 6 | 2 << 9) == nil, "a minute in a zone of hours")
        #expect(Self.render(0, 2 << 6 | 2880 << 9) == nil, "an offset of a day")
        #expect(Self.render(0, .max) == nil)
        #expect(TimestampForm(checking: 1 << 21) == nil)
        #expect(TimestampForm(checking: .max) == nil)
        #expect(Self.render(9_214_646_399_999_999_999, 2 << 6 | 10 | 2 << 9) == nil, "local year 2262")
    }

    @Test("no byte anywhere is taken for another")
    func everyByte() {
        for text in [
            "2026-03-02T00:00:00.012345678Z", "2026-03-02 23:59:59,01", "2026-03-02T00:00:00.12345678+01:30",
            "1999-12-31T00:00:00.000-0100",
        ] {
            withEveryByteChanged(text) { bytes in
                guard let found = TimestampText.parse(bytes.span) else { return }
                var again: [UInt8] = []
                #expect(TimestampText.append(found.nanoseconds, form: found.form, to: &again))
                #expect(again == bytes)
            }
        }
    }

    @Test("random forms never trap")
    func randomForms() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<5000 {
            let form = UInt32(truncatingIfNeeded: random.anyNumber())
            let nanoseconds = Int64(bitPattern: random.next())
            guard let text = Self.render(nanoseconds, form) else { continue }
            #expect(Self.parse(text)?.nanoseconds == nanoseconds)
        }
    }

    @Test("only zones 1, 2 and 3 make a timestamp column")
    func columnTypes() throws {
        for (text, isColumn) in [
            ("2024-01-01T00:00:00Z", true), ("2024-01-01T00:00:00+01:00", true), ("2024-01-01T00:00:00+0100", true),
            ("2024-01-01T00:00:00", false), ("2024-01-01T00:00:00+01", false),
        ] {
            let form = try #require(Self.parse(text)).form
            #expect(TimestampForm(rawValue: form).isColumnType == isColumn)
        }
    }

    @Test("forms that differ in digits only become one automatic form where it shows the same text")
    func settling() throws {
        let texts = [
            "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.120Z", "1960-01-01T00:00:00.000001Z",
            "2024-01-01T00:00:00.10Z",
        ]
        let parsed = try texts.map { try #require(Self.parse($0)) }
        var forms = parsed.map(\.form)
        let nanoseconds = parsed.map { UInt64(bitPattern: $0.nanoseconds) }
        TimestampText.settle(forms: &forms, nanoseconds: nanoseconds)
        #expect(forms.map { $0 & 15 } == [10, 10, 10, 2])
        for (index, text) in texts.enumerated() {
            #expect(Self.render(parsed[index].nanoseconds, forms[index]) == text)
        }

        var equal = [parsed[1].form, parsed[1].form]
        TimestampText.settle(forms: &equal, nanoseconds: [nanoseconds[1], nanoseconds[1]])
        #expect(equal == [parsed[1].form, parsed[1].form], "digits do not differ")
    }
}
