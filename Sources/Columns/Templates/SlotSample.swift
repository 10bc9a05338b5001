/// Gathers what a few values of a slot have in common.
struct SlotSample {
    private static let patternByteLimit = 40

    private var count = 0
    private var byteCount = 0
    private var byteCountRange = (least: Int.max, most: 0)
    private var areIntegers = true
    private var areDigits = true
    private var haveLeadingZeros = false
    private var areAscending = true
    private var lastInteger = Int64.min
    private var arePoints = true
    private var decimalsRange = (least: Int.max, most: 0)
    private var areLowerHex = true
    private var areUpperHex = true
    private var areUUIDs = true
    private var areInBraces = true
    private var areAddresses = true
    private var areTimestamps = true
    private var haveDigits = false
    private var haveSlashes = false
    /// The text that all values have, with 0 for every digit; nil: they are not alike.
    private var pattern: [UInt8]?
    /// What all values have before a number at their end; nil: they are not alike.
    private var prefix: [UInt8]?
    private var numberDigits = 0
    private var distinctHashes: [UInt64] = []

    var averageByteCount: Double { count == 0 ? 0 : Double(byteCount) / Double(count) }

    /// Whether a stream without other slots may be smaller: values repeat themselves, or counters grow.
    var mayGainAlone: Bool {
        if distinctHashes.count * 2 < count { return true }
        return switch kind {
        case .path, .words, .other, .pattern: true
        case .integer: areAscending && count >= 8
        default: false
        }
    }

    mutating func add(_ value: borrowing Span<UInt8>) {
        count += 1
        byteCount += value.count
        byteCountRange = (min(byteCountRange.least, value.count), max(byteCountRange.most, value.count))
        addNumber(value)
        addLetters(value)
        addPattern(value)
        addPrefix(value)
        let hash = Self.hash(value)
        if !distinctHashes.contains(hash) { distinctHashes.append(hash) }
        addUUID(value)
        if areAddresses, IPv4Text.parse(value) == nil { areAddresses = false }
        if areTimestamps, TimestampText.parse(value) == nil { areTimestamps = false }
    }

    private static func hash(_ value: borrowing Span<UInt8>) -> UInt64 {
        unsafe value.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return LiteralBytes.seed }
            return unsafe LiteralBytes.hash(LiteralBytes.seed, start, bytes.count)
        }
    }

    private mutating func addUUID(_ value: borrowing Span<UInt8>) {
        guard areUUIDs else { return }
        if value.count == 38, value[0] == UInt8(ascii: "{"), value[37] == UInt8(ascii: "}") {
            areUUIDs = areInBraces && IdentifierText.parseUUID(value.extracting(1..<37)) != nil
        } else {
            areUUIDs = (count == 1 || !areInBraces) && IdentifierText.parseUUID(value) != nil
            areInBraces = false
        }
    }

    private mutating func addNumber(_ value: borrowing Span<UInt8>) {
        if areIntegers {
            let integer = DecimalText.parseSigned(value)
            areIntegers = integer != nil
            areAscending = areAscending && integer ?? lastInteger >= lastInteger
            lastInteger = integer ?? lastInteger
        }
        if arePoints {
            let decimals = FixedPointText.decimals(value) ?? 0
            arePoints = decimals > 0 && FixedPointText.parse(value, decimals: decimals) != nil
            decimalsRange = (min(decimalsRange.least, decimals), max(decimalsRange.most, decimals))
        }
        if value.count > 1, value[0] == UInt8(ascii: "0") { haveLeadingZeros = true }
    }

    private mutating func addLetters(_ value: borrowing Span<UInt8>) {
        for index in value.indices {
            switch value[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): haveDigits = true
            case UInt8(ascii: "a")...UInt8(ascii: "f"): (areDigits, areUpperHex) = (false, false)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): (areDigits, areLowerHex) = (false, false)
            case let byte:
                (areDigits, areUpperHex, areLowerHex) = (false, false, false)
                if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") { haveSlashes = true }
            }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private mutating func addPattern(_ value: borrowing Span<UInt8>) {
        guard count == 1 || pattern != nil else { return }
        guard value.count <= Self.patternByteLimit, count == 1 || pattern?.count == value.count else {
            pattern = nil
            return
        }
        var own: [UInt8] = []
        for index in value.indices { own.append(Self.isDigit(value[index]) ? UInt8(ascii: "0") : value[index]) }
        pattern = count == 1 || pattern == own ? own : nil
    }

    private mutating func addPrefix(_ value: borrowing Span<UInt8>) {
        guard count == 1 || prefix != nil else { return }
        var length = 0
        while length < value.count, length < Self.patternByteLimit, !Self.isDigit(value[length]) { length += 1 }
        // `blk_-12` has the sign of the number.
        if length > 1, value[length - 1] == UInt8(ascii: "-"), value[length - 2] == UInt8(ascii: "_") { length -= 1 }
        var digit = length
        if digit < value.count, value[digit] == UInt8(ascii: "-") { digit += 1 }
        let isHexNumber = length == 0 && value.count > 2 && value[1] | 0x20 == UInt8(ascii: "x")
        if isHexNumber { length = 2 }
        numberDigits = max(numberDigits, value.count - length)
        var isNumber = digit < value.count
        while digit < value.count, isNumber, !isHexNumber {
            isNumber = Self.isDigit(value[digit])
            digit += 1
        }
        var own: [UInt8] = []
        for index in 0..<length { own.append(value[index]) }
        prefix = isNumber && (count == 1 || prefix == own) ? own : nil
    }

    var kind: SlotKind {
        if count == 0 { return .other }
        if areDigits, haveLeadingZeros, byteCountRange.least == byteCountRange.most, byteCountRange.most <= 19 {
            return .paddedInteger(digits: byteCountRange.most)
        }
        if areIntegers { return .integer(digits: SlotKind.widthClass(digits: byteCountRange.most)) }
        if arePoints {
            return .fixedPoint(
                decimals: decimalsRange.least == decimalsRange.most ? decimalsRange.most : 0,
                isLong: byteCountRange.most > decimalsRange.most + 5)
        }
        if areLowerHex || areUpperHex, byteCountRange.least == byteCountRange.most, byteCountRange.most % 2 == 0 {
            return .hex(digits: byteCountRange.most, isUpper: !areLowerHex)
        }
        if areUUIDs { return .uuid(isInBraces: areInBraces) }
        if areAddresses { return .ipv4 }
        if areTimestamps { return .timestamp(byteCount: byteCountRange.most) }
        if let prefix, !prefix.isEmpty {
            let isHexNumber = Self.isDigit(prefix[0])
            return isHexNumber
                ? .hexNumber(prefix: prefix)
                : .numbered(prefix: prefix, digits: SlotKind.widthClass(digits: numberDigits))
        }
        if let pattern, haveDigits { return .pattern(pattern) }
        if haveSlashes { return .path }
        return haveDigits ? .other : .words
    }
}
