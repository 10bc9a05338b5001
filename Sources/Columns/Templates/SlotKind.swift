/// What the values of a slot look like: slots of one kind share a stream, which gets an encoding made for the kind.
package enum SlotKind: Hashable {
    /// Canonical integers of up to so many digits; slots whose magnitudes are far apart are of different kinds.
    case integer(digits: Int)
    /// Digits only, with zeros before the number.
    case paddedInteger(digits: Int)
    /// Numbers with a point; `decimals` is 0 when it varies.
    case fixedPoint(decimals: Int, isLong: Bool)
    case hex(digits: Int, isUpper: Bool)
    case hexNumber(prefix: [UInt8])
    case uuid(isInBraces: Bool)
    case ipv4
    case timestamp(byteCount: Int)
    /// Digits in the same places of one text.
    case pattern([UInt8])
    case numbered(prefix: [UInt8], digits: Int)
    case path
    case words
    case other

    /// Of numbers with up to so many digits: the widest that would share a stream with them.
    static func widthClass(digits: Int) -> Int {
        switch digits {
        case ...2: digits
        case ...4: 4
        case ...6: 6
        case ...8: digits
        case ...10: 10
        default: 19
        }
    }

    /// About how many bits a value of the kind takes when it is stored, for `averageByteCount` bytes of text.
    func estimatedBits(averageByteCount: Double) -> Double {
        switch self {
        case .integer(let digits), .paddedInteger(let digits), .numbered(_, let digits): Double(digits) * 3.33
        case .fixedPoint: (averageByteCount - 1) * 3.33
        case .hex(let digits, _): Double(digits) * 4
        case .hexNumber(let prefix): (averageByteCount - Double(prefix.count)) * 4
        case .uuid: 128
        case .ipv4: 32
        case .timestamp: 24
        case .pattern(let text): Double(text.count { $0 == UInt8(ascii: "0") }) * 2.5
        case .path, .words, .other: averageByteCount * 3
        }
    }
}
