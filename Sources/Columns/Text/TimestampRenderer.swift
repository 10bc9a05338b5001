/// Renders timestamps one after another; what neighbours share (form and day) is worked out once.
package struct TimestampRenderer {
    package init() {}

    /// The form whose layout follows; at first one that is none.
    private var form = UInt64.max
    private var isForm = false
    private var offset: Int64 = 0
    private var fractionDigits = 0
    private var separator: UInt64 = 0
    private var mark: UInt8 = 0
    private var zoneText: UInt64 = 0
    private var zoneByteCount = 0
    private var day: UInt64 = .max
    /// `YYYY-MM-` and `DD` of the day.
    private var yearAndMonthText: UInt64 = 0
    private var dayText: UInt64 = 0

    private static let nanosecondsPerSecond: UInt64 = 1_000_000_000
    private static let nanosecondsPerDay: UInt64 = 86_400 * nanosecondsPerSecond
    private static let firstDay = CivilDate(year: 1678, month: 1, day: 1).dayNumber
    private static let dayCount = UInt64(CivilDate(year: 2262, month: 1, day: 1).dayNumber - firstDay)
    private static let firstNanosecond = Int64(firstDay) * Int64(nanosecondsPerDay)

    /// The byte count of a text, or nil when the form is none or the year cannot be shown.
    @inline(__always)
    mutating func byteCount(_ nanoseconds: UInt64, form: UInt64) -> Int? {
        guard take(form), let elapsed = elapsed(nanoseconds) else { return nil }
        var digits = fractionDigits
        if digits == TimestampForm.automaticFraction {
            digits = Self.automaticDigits(elapsed % Self.nanosecondsPerSecond)
        }
        return TimestampText.minimumByteCount &+ (digits == 0 ? 0 : digits &+ 1) &+ zoneByteCount
    }

    /// The byte count of every text when the forms alone tell it: they are one, with its number of digits.
    mutating func byteCount(ofAll forms: [UInt64]) -> Int? {
        guard let first = forms.first, take(first), fractionDigits != TimestampForm.automaticFraction,
            forms.allSatisfy({ $0 == first })
        else { return nil }
        return TimestampText.minimumByteCount + (fractionDigits == 0 ? 0 : fractionDigits + 1) + zoneByteCount
    }

    /// Writes a text and returns its byte count; nil when the form cannot show the value. Up to 8 bytes after the
    /// text are overwritten.
    @inline(__always)
    package mutating func render(_ nanoseconds: UInt64, form: UInt64, at output: UnsafeMutablePointer<UInt8>) -> Int? {
        guard take(form), let elapsed = elapsed(nanoseconds) else { return nil }
        let day = elapsed / Self.nanosecondsPerDay
        if day != self.day { setDay(day) }
        let nanosecondOfDay = elapsed &- day &* Self.nanosecondsPerDay
        let second = nanosecondOfDay / Self.nanosecondsPerSecond
        let fraction = nanosecondOfDay &- second &* Self.nanosecondsPerSecond
        let minute = second / 60
        let hour = minute / 60

        // The digits of hh0mm0ss, with colons for the two zeros.
        let clock = hour &* 1_000_000 &+ (minute &- hour &* 60) &* 1000 &+ (second &- minute &* 60)
        let clockText = (EightBytes.digits(ofNumber: clock) | EightBytes.zeroDigits) &+ 0x0000_0A00_000A_0000
        let raw = UnsafeMutableRawPointer(output)
        unsafe raw.storeBytes(of: yearAndMonthText, as: UInt64.self)
        unsafe raw.storeBytes(of: dayText | separator, toByteOffset: 8, as: UInt64.self)
        unsafe raw.storeBytes(of: clockText, toByteOffset: 11, as: UInt64.self)

        var digits = fractionDigits
        if digits == TimestampForm.automaticFraction { digits = Self.automaticDigits(fraction) }
        var byteCount = TimestampText.minimumByteCount
        if digits == 0 {
            guard fraction == 0 else { return nil }
        } else {
            if !Self.shows(fraction, digits: digits) { return nil }
            let upperDigits = fraction / 10
            unsafe output[byteCount] = mark
            unsafe DecimalText.store(upperDigits, count: 8, at: output + byteCount + 1)
            unsafe output[byteCount &+ 9] = UInt8(truncatingIfNeeded: 0x30 &+ fraction &- upperDigits &* 10)
            byteCount &+= digits &+ 1
        }
        unsafe raw.storeBytes(of: zoneText, toByteOffset: byteCount, as: UInt64.self)
        return byteCount &+ zoneByteCount
    }

    /// Nanoseconds of local time since the first day that can be shown, nil when outside.
    @inline(__always)
    private func elapsed(_ nanoseconds: UInt64) -> UInt64? {
        let (local, overflows) = Int64(bitPattern: nanoseconds).addingReportingOverflow(offset)
        let elapsed = UInt64(bitPattern: local &- Self.firstNanosecond)
        return !overflows && local >= Self.firstNanosecond && elapsed < Self.dayCount &* Self.nanosecondsPerDay
            ? elapsed : nil
    }

    @inline(__always)
    static func automaticDigits(_ fraction: UInt64) -> Int {
        if fraction == 0 { return 0 }
        if fraction % 1_000_000 == 0 { return 3 }
        return fraction % 1000 == 0 ? 6 : 9
    }

    /// Whether so many digits are enough for the nanoseconds. Divisors that are known are no divisions.
    @inline(__always)
    private static func shows(_ fraction: UInt64, digits: Int) -> Bool {
        switch digits {
        case 9: true
        case 6: fraction % 1000 == 0
        case 3: fraction % 1_000_000 == 0
        default: fraction % DecimalText.powersOfTen[9 &- digits] == 0
        }
    }

    private mutating func setDay(_ day: UInt64) {
        self.day = day
        let date = CivilDate(dayNumber: Self.firstDay &+ Int(day))
        // The digits of YYYY0MM0, with dashes for the two zeros.
        let yearAndMonth = EightBytes.digits(ofNumber: UInt64(date.year &* 10_000 &+ date.month &* 10))
        yearAndMonthText = (yearAndMonth | EightBytes.zeroDigits) &- 0x0300_0003_0000_0000
        dayText = UInt64(0x30 &+ date.day / 10) | UInt64(0x30 &+ date.day % 10) &<< 8
    }

    /// Makes the layout that of the form; false when it is none.
    @inline(__always)
    private mutating func take(_ form: UInt64) -> Bool {
        if form != self.form { setForm(form) }
        return isForm
    }

    private mutating func setForm(_ code: UInt64) {
        form = code
        guard let form = TimestampForm(checking: code) else {
            isForm = false
            return
        }
        isForm = true
        offset = Int64(form.offsetMinutes * 60) * Int64(Self.nanosecondsPerSecond)
        fractionDigits = form.fractionDigits
        separator = UInt64(UInt8(ascii: form.hasSpace ? " " : "T")) << 16
        mark = UInt8(ascii: form.hasComma ? "," : ".")
        zoneByteCount = form.zoneByteCount

        let minutes = form.offsetMinutes.magnitude
        let digits = EightBytes.digits(ofNumber: UInt64(minutes / 60 * 100 + minutes % 60)) | EightBytes.zeroDigits
        let hourText = digits >> 32 & 0xFFFF
        let minuteText = digits >> 48
        let sign = UInt64(UInt8(ascii: form.offsetMinutes < 0 ? "-" : "+"))
        switch form.zone {
        case .none: zoneText = 0
        case .utc: zoneText = UInt64(UInt8(ascii: "Z"))
        case .hoursColonMinutes:
            zoneText = sign | hourText << 8 | UInt64(UInt8(ascii: ":")) << 24 | minuteText << 32
        case .hoursMinutes: zoneText = sign | hourText << 8 | minuteText << 24
        case .hours: zoneText = sign | hourText << 8
        }
    }
}
