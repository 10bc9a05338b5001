import Bytes

/// Times of day and zones.
extension TimeScanner {
    /// 17:41:41,536  15.42.50.675872  22:15:29:606  3:47 PM, and where that can be 203615, or 2036 behind a T.
    mutating func readTimeOfDay(_ text: Span<UInt8>, _ time: inout CivilTime, canBeCompact: Bool) -> Bool {
        let count = digitCount(text)
        var hour = 0
        var minute = 0
        var second = 0
        if canBeCompact, count == 6 || count == 4 && position > 0 && text[position - 1] | 0x20 == UInt8(ascii: "t") {
            guard let hours = readExactly(text, 2), let minutes = readExactly(text, 2) else { return false }
            (hour, minute) = (hours, minutes)
            if count == 6 { second = readExactly(text, 2) ?? 0 }
        } else {
            guard count == 1 || count == 2, let (hours, _) = readDigits(text, upTo: 2) else { return false }
            let mark = byte(text)
            let minuteDigits = digitCount(after: 1, text)
            guard mark == Byte.colon || mark == UInt8(ascii: "."), minuteDigits == 1 || minuteDigits == 2 else {
                return false
            }
            position += 1
            guard let (minutes, _) = readDigits(text, upTo: 2) else { return false }
            (hour, minute) = (hours, minutes)
            if byte(text) == mark, [1, 2].contains(digitCount(after: 1, text)) {
                position += 1
                second = readDigits(text, upTo: 2)?.value ?? 0
            } else if mark != Byte.colon || minuteDigits != 2 {
                return false
            }
        }
        readFractionOfSecond(text, &time)
        takeHalfOfDay(text, &hour)
        // A leap second is the first of the next minute.
        guard hour < 24, minute < 60, second <= 60, !Byte.isDigit(byte(text)) else { return false }
        time.secondOfDay = hour * 3600 + minute * 60 + second
        return true
    }

    /// Behind a point or a comma a fraction, behind a colon milliseconds.
    private mutating func readFractionOfSecond(_ text: Span<UInt8>, _ time: inout CivilTime) {
        let mark = byte(text)
        guard mark == UInt8(ascii: ".") || mark == Byte.comma || mark == Byte.colon, Byte.isDigit(byte(text, 1)) else {
            return
        }
        position += 1
        let count = digitCount(text)
        let fraction = readFraction(text)
        // 7 stands for 007 then.
        time.nanosecond = mark != Byte.colon || count >= 3 ? fraction : fraction / (count == 1 ? 100 : 10)
    }

    private func digitCount(after distance: Int, _ text: Span<UInt8>) -> Int {
        var later = self
        later.position += distance
        return later.digitCount(text)
    }

    private mutating func takeHalfOfDay(_ text: Span<UInt8>, _ hour: inout Int) {
        let distance = byte(text) == Byte.space ? 1 : 0
        let letter = byte(text, distance) | 0x20
        guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p"),
            byte(text, distance + 1) | 0x20 == UInt8(ascii: "m"), !Byte.isLetter(byte(text, distance + 2)),
            (1...12).contains(hour)
        else { return }
        position += distance + 2
        hour = hour % 12 + (letter == UInt8(ascii: "p") ? 12 : 0)
    }

    /// Takes a zone when one follows, with or without a blank before it.
    mutating func readZone(_ text: Span<UInt8>, _ time: inout CivilTime) {
        let start = position
        _ = take(text, Byte.space)
        if let offset = readOffset(text) ?? readZoneName(text) {
            time.offsetSeconds = offset
        } else {
            position = start
        }
    }

    /// +hh:mm, +hhmm, and without a blank before it +hh.
    private mutating func readOffset(_ text: Span<UInt8>) -> Int? {
        let sign = byte(text)
        guard sign == Byte.dash || sign == UInt8(ascii: "+") else { return nil }
        let isApart = position > 0 && text[position - 1] == Byte.space
        let start = position
        position += 1
        let count = digitCount(text)
        guard count == 4 || count == 2, let hours = readExactly(text, 2) else {
            position = start
            return nil
        }
        var minutes = 0
        if count == 4 {
            minutes = readExactly(text, 2) ?? 0
        } else if byte(text) == Byte.colon, digitCount(after: 1, text) == 2 {
            position += 1
            minutes = readExactly(text, 2) ?? 0
        } else if isApart {
            position = start
            return nil
        }
        guard hours < 24, minutes < 60, !Byte.isLetter(byte(text)) else {
            position = start
            return nil
        }
        let seconds = hours * 3600 + minutes * 60
        return sign == Byte.dash ? -seconds : seconds
    }

    private static let zoneNames: [(name: StaticString, hours: Int)] = [
        ("utc", 0), ("gmt", 0), ("z", 0), ("est", -5), ("edt", -4), ("cst", -6), ("cdt", -5), ("mst", -7), ("mdt", -6),
        ("pst", -8), ("pdt", -7), ("cet", 1), ("cest", 2),
    ]

    /// The names that mail and web servers write.
    private mutating func readZoneName(_ text: Span<UInt8>) -> Int? {
        guard Byte.isLetter(byte(text)) else { return nil }
        for (name, hours) in Self.zoneNames {
            let count = name.utf8CodeUnitCount
            guard isWord(text, name, at: 0), !Byte.isLetter(byte(text, count)), !Byte.isDigit(byte(text, count)) else {
                continue
            }
            position += count
            return hours * 3600
        }
        return nil
    }
}
