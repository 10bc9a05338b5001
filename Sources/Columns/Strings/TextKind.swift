internal import Bytes

/// A kind of text that is kept as numbers or bytes.
enum TextKind: Equatable {
    /// Digits 0: canonical signed; else padded with zeros to at least so many digits.
    case integer(digits: Int)
    case fixedPoint(decimals: Int)
    case hex(isUpper: Bool, byteCount: Int)
    case hexNumber(isUpper: Bool, digits: Int)
    case uuid(isUpper: Bool)
    case ipv4
    case timestamp

    /// Whether a text is of this kind.
    func fits(_ text: borrowing Span<UInt8>) -> Bool {
        switch self {
        case .integer(let digits):
            digits == 0 ? DecimalText.parseSigned(text) != nil : DecimalText.parsePadded(text, digits: digits) != nil
        case .fixedPoint(let decimals): FixedPointText.parse(text, decimals: decimals) != nil
        case .hex(let isUpper, let byteCount): text.count == 2 * byteCount && HexText.letters(text, fit: isUpper)
        case .hexNumber(let isUpper, let digits):
            HexNumberText.parse(text, isUpper: isUpper, digits: digits) != nil
        case .uuid(let isUpper): IdentifierText.parseUUID(text, isUpper: isUpper) != nil
        case .ipv4: IPv4Text.parse(text) != nil
        case .timestamp: TimestampText.parse(text) != nil
        }
    }
}

/// Texts of one kind between the same bytes.
struct TextPattern: Equatable {
    var prefix: [UInt8]
    var suffix: [UInt8]
    var kind: TextKind

    /// Where the text of the kind stands in a string, or nil when the string does not begin and end as it should.
    @inline(__always)
    func core(of string: borrowing Span<UInt8>) -> Range<Int>? {
        let end = string.count &- suffix.count
        guard end > prefix.count else { return nil }
        for index in prefix.indices where string[index] != prefix[index] { return nil }
        for index in suffix.indices where string[end &+ index] != suffix[index] { return nil }
        return prefix.count..<end
    }

    func fits(_ string: borrowing Span<UInt8>) -> Bool {
        guard let core = core(of: string) else { return false }
        return kind.fits(string.extracting(core))
    }
}
