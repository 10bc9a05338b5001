import Bytes

/// Addresses of people and machines in a network.
enum NetworkAddress {
    private static let dot = UInt8(ascii: ".")

    /// The e-mail address around the at sign at a place.
    static func email(in text: Span<UInt8>, at sign: Int) -> Range<Int>? {
        func isLocal(_ byte: UInt8) -> Bool {
            isDomain(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+")
        }
        func isDomain(_ byte: UInt8) -> Bool {
            Byte.isLetter(byte) || Byte.isDigit(byte) || byte == dot || byte == Byte.dash || byte >= 0x80
        }
        var lower = sign
        while lower > 0, isLocal(text[lower - 1]) { lower -= 1 }
        while lower < sign, text[lower] == dot { lower += 1 }
        // A name and a password in a URL are found as those.
        guard lower < sign, !(text.byte(at: lower - 1) == Byte.colon && credentials(in: text, at: sign) != nil) else {
            return nil
        }
        var upper = sign + 1
        while isDomain(text.byte(at: upper)) { upper += 1 }
        while upper > sign, text[upper - 1] == dot || text[upper - 1] == Byte.dash { upper -= 1 }
        guard upper > sign + 1 else { return nil }
        var labelStart = sign + 1
        var labelCount = 1
        for index in sign + 1..<upper where text[index] == dot {
            guard index > labelStart else { return nil }
            labelStart = index + 1
            labelCount += 1
        }
        // The last is a name, not a number such as the last part of a version.
        guard labelCount > 1, upper - labelStart > 1, !Byte.isDigit(text[labelStart]) else { return nil }
        return lower..<upper
    }

    /// The password of a URL in front of the at sign at a place.
    static func credentials(in text: Span<UInt8>, at sign: Int) -> Range<Int>? {
        func isPart(_ byte: UInt8) -> Bool {
            byte > Byte.space && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
                && byte != Byte.quote && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "<")
                && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "@")
        }
        var start = sign
        var colon: Int?
        while start > 0, isPart(text[start - 1]) {
            start -= 1
            if text[start] == Byte.colon { colon = start }
        }
        // `start` stands behind "://", of which the slashes are no part.
        guard let colon, start >= 3, text.hasPrefix("://", at: start - 3), colon + 1 < sign else { return nil }
        return colon + 1..<sign
    }

    /// The IPv4 address around a place.
    static func ipv4(in text: Span<UInt8>, around place: Int) -> Range<Int>? {
        func belongs(_ byte: UInt8) -> Bool { Byte.isDigit(byte) || byte == dot }
        guard var range = run(in: text, around: place, reach: 16, belongs) else { return nil }
        while let last = range.last, text[last] == dot { range = range.lowerBound..<last }
        guard !Byte.isWord(text.byte(at: range.lowerBound - 1)), !Byte.isWord(text.byte(at: range.upperBound)),
            isIPv4(text, range)
        else { return nil }
        return range
    }

    /// The IPv6 address around a place.
    static func ipv6(in text: Span<UInt8>, around place: Int) -> Range<Int>? {
        func belongs(_ byte: UInt8) -> Bool { Byte.isHexDigit(byte) || byte == Byte.colon || byte == dot }
        guard var range = run(in: text, around: place, reach: 46, belongs) else { return nil }
        while let last = range.last,
            text[last] == dot || text[last] == Byte.colon && text.byte(at: last - 1) != Byte.colon
        {
            range = range.lowerBound..<last
        }
        guard !Byte.isWord(text.byte(at: range.lowerBound - 1)), !Byte.isWord(text.byte(at: range.upperBound)),
            // Names of programs have two colons, too.
            range.contains(where: { Byte.isDigit(text[$0]) }), isIPv6(text, range)
        else { return nil }
        return range
    }

    /// The longest piece around a place; nil when it is longer than an address can be.
    private static func run(
        in text: Span<UInt8>, around place: Int, reach: Int, _ belongs: (UInt8) -> Bool
    ) -> Range<Int>? {
        var lower = place
        while lower > 0, belongs(text[lower - 1]) {
            lower -= 1
            if place - lower > reach { return nil }
        }
        var upper = place
        while upper < text.count, belongs(text[upper]) {
            upper += 1
            if upper - place > reach { return nil }
        }
        return lower..<upper
    }

    private static func isIPv4(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var parts = 0
        var value = 0
        var digitCount = 0
        for index in range {
            if text[index] == dot {
                guard digitCount > 0 else { return false }
                parts += 1
                value = 0
                digitCount = 0
            } else {
                guard Byte.isDigit(text[index]), digitCount < 3 else { return false }
                value = value * 10 + Int(text[index] - Byte.zero)
                digitCount += 1
                guard value < 256 else { return false }
            }
        }
        return parts == 3 && digitCount > 0
    }

    private static func isIPv6(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var groupCount = 0
        var hasGap = false
        var index = range.lowerBound
        while index < range.upperBound {
            if text[index] == Byte.colon {
                // Two colons stand for groups of zeros, once.
                guard index + 1 < range.upperBound, text[index + 1] == Byte.colon, !hasGap else { return false }
                hasGap = true
                index += 2
                continue
            }
            let start = index
            while index < range.upperBound, Byte.isHexDigit(text[index]) { index += 1 }
            if index < range.upperBound, text[index] == dot {
                guard isIPv4(text, start..<range.upperBound) else { return false }
                groupCount += 2
                break
            }
            guard index > start, index - start <= 4 else { return false }
            groupCount += 1
            if index + 1 < range.upperBound, text[index] == Byte.colon, text[index + 1] != Byte.colon { index += 1 }
        }
        return hasGap ? groupCount > 0 && groupCount < 8 : groupCount == 8
    }
}
