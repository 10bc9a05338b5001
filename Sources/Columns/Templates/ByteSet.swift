/// Some of the 256 bytes.
public struct ByteSet: Equatable, Sendable {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    public init() {}

    public init(_ bytes: some Sequence<UInt8>) {
        // A table takes a store for each byte, and waits for none of them.
        var isThere = [Bool](repeating: false, count: 256)
        for byte in bytes { isThere[Int(byte)] = true }
        for byte in isThere.indices where isThere[byte] { insert(UInt8(byte)) }
    }

    public mutating func insert(_ byte: UInt8) {
        let bit: UInt64 = 1 << UInt64(byte & 63)
        switch byte >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        default: words.3 |= bit
        }
    }

    public func contains(_ byte: UInt8) -> Bool {
        let word =
            switch byte >> 6 {
            case 0: words.0
            case 1: words.1
            case 2: words.2
            default: words.3
            }
        return word >> UInt64(byte & 63) & 1 == 1
    }

    public func union(_ other: ByteSet) -> ByteSet {
        var union = self
        union.words.0 |= other.words.0
        union.words.1 |= other.words.1
        union.words.2 |= other.words.2
        union.words.3 |= other.words.3
        return union
    }

    public static func == (left: ByteSet, right: ByteSet) -> Bool { left.words == right.words }

    public static let integers = ByteSet("0123456789-".utf8)
    public static let decimals = ByteSet("0123456789-.".utf8)
    /// Of ids, and of numbers in hexadecimal digits.
    public static let hexadecimal = ByteSet("0123456789abcdefABCDEF-".utf8)
    static let lowerHexadecimal = ByteSet("0123456789abcdef-".utf8)
    static let upperHexadecimal = ByteSet("0123456789ABCDEF-".utf8)
    public static let truthValues = ByteSet("truefals".utf8)
    public static let timestamps = ByteSet("0123456789-+:.,TZ ".utf8)
}
