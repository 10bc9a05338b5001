private import CKernels

/// Ids: 16 or 32 hexadecimal digits or a UUID, with all letters of one case (Format/Segment.md, 2.7).
public enum IdentifierText {
    /// An id as its column holds it: the bytes as words, the byte at the lowest address in the low byte.
    public struct Value: Equatable, Sendable {
        public var type: ColumnType
        public var first: UInt64
        /// 0 for ids of 8 bytes.
        public var second: UInt64

        public init(type: ColumnType, first: UInt64, second: UInt64) {
            self.type = type
            self.first = first
            self.second = second
        }

        /// The bytes as an id column holds them.
        package var bytes: [UInt8] {
            let words = type.layout == .fixed16 ? [first, second] : [first]
            return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }
        }
    }

    public static let maximumByteCount = 36

    /// The id column to which a text belongs.
    public static func recognise(_ text: borrowing Span<UInt8>) -> ColumnType? { parse(text)?.type }

    /// The id that a text shows, or nil when it is no id.
    public static func parse(_ text: borrowing Span<UInt8>) -> Value? {
        switch text.count {
        case 16:
            var digits = Digits()
            let first = digits.word(EightBytes.load(text, at: 0, count: 8), EightBytes.load(text, at: 8, count: 8))
            return digits.areOfOneCase
                ? Value(type: digits.hasUpper ? .id8Upper : .id8Lower, first: first, second: 0) : nil
        case 32:
            var digits = Digits()
            let first = digits.word(EightBytes.load(text, at: 0, count: 8), EightBytes.load(text, at: 8, count: 8))
            guard digits.areOfOneCase else { return nil }
            let second = digits.word(EightBytes.load(text, at: 16, count: 8), EightBytes.load(text, at: 24, count: 8))
            return digits.areOfOneCase
                ? Value(type: digits.hasUpper ? .id16Upper : .id16Lower, first: first, second: second) : nil
        case 36:
            return parseUUID(text)
        default:
            return nil
        }
    }

    /// Whether the text has 36 bytes with dashes where a UUID has them.
    @inline(__always)
    static func looksLikeUUID(_ text: borrowing Span<UInt8>) -> Bool {
        let dash = UInt8(ascii: "-")
        return text.count == 36 && text[8] == dash && text[13] == dash && text[18] == dash && text[23] == dash
    }

    /// The bytes of a UUID without letters of the other case.
    @inline(__always)
    static func parseUUID(_ text: borrowing Span<UInt8>, isUpper: Bool) -> (first: UInt64, second: UInt64)? {
        guard looksLikeUUID(text) else { return nil }
        let (first, second, digits) = uuidWords(text)
        return digits.areDigits && !(isUpper ? digits.hasLower : digits.hasUpper) ? (first, second) : nil
    }

    static func parseUUID(_ text: borrowing Span<UInt8>) -> Value? {
        guard looksLikeUUID(text) else { return nil }
        let (first, second, digits) = uuidWords(text)
        return digits.areOfOneCase
            ? Value(type: digits.hasUpper ? .uuidUpper : .uuidLower, first: first, second: second) : nil
    }

    @inline(__always)
    private static func uuidWords(_ text: borrowing Span<UInt8>) -> (first: UInt64, second: UInt64, digits: Digits) {
        var digits = Digits()
        let first = digits.word(
            EightBytes.load(text, at: 0, count: 8),
            EightBytes.load(text, at: 9, count: 4) | EightBytes.load(text, at: 14, count: 4) &<< 32)
        let second = digits.word(
            EightBytes.load(text, at: 19, count: 4) | EightBytes.load(text, at: 24, count: 4) &<< 32,
            EightBytes.load(text, at: 28, count: 8))
        return (first, second, digits)
    }

    /// Collects digits and what is known of them.
    struct Digits {
        private var flags: UInt32 = 0

        var areDigits: Bool { flags & UInt32(TRAVERSION_HEX_WRONG) == 0 }
        var hasLower: Bool { flags & UInt32(TRAVERSION_HEX_LOWER) != 0 }
        var hasUpper: Bool { flags & UInt32(TRAVERSION_HEX_UPPER) != 0 }
        var areOfOneCase: Bool { areDigits && !(hasLower && hasUpper) }

        /// Sixteen digits as eight bytes.
        @inline(__always)
        mutating func word(_ first: UInt64, _ second: UInt64) -> UInt64 {
            var word: UInt64 = 0
            flags |= unsafe traversion_hex_word(first, second, &word)
            return word
        }
    }
}
