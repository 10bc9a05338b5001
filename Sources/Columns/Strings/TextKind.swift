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

    /// Whether a part of a text is of this kind.
    func fits(_ text: borrowing Span<UInt8>, in range: Range<Int>) -> Bool {
        switch self {
        case .integer(digits: 0): DecimalText.parseSigned(text, in: range) != nil
        case .integer(let digits): DecimalText.parsePadded(text, in: range, digits: digits) != nil
        case .fixedPoint(let decimals): FixedPointText.parse(text, in: range, decimals: decimals) != nil
        case .hex(let isUpper, let byteCount):
            range.count == 2 * byteCount && HexText.letters(text.extracting(range), fit: isUpper)
        case .hexNumber(let isUpper, let digits):
            HexNumberText.parse(text, in: range, isUpper: isUpper, digits: digits) != nil
        case .uuid(let isUpper): IdentifierText.parseUUID(text.extracting(range), isUpper: isUpper) != nil
        case .ipv4: IPv4Text.parse(text, in: range) != nil
        case .timestamp: TimestampText.parse(text.extracting(range)) != nil
        }
    }
}
