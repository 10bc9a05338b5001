import Bytes
import Columns

/// Finds ids that are written as text in columns of strings: hexadecimal digits of one case, or UUIDs.
struct TextIdentifiers {
    static let minimumDigitCount = 8

    /// How many ids were found.
    private(set) var valueCount = 0
    private(set) var hasLooked = false
    private(set) var lookRandom = false

    /// Whether a column's statistics, or its having none, leave room for ids.
    static func mayHold(_ column: SegmentColumn) throws(SegmentError) -> Bool {
        guard let zone = try column.statistics()?.zones.first, case .text(let minimum, let maximum) = zone.bounds
        else { return true }
        // Cut at 32 bytes, a UUID or a long id begins like one.
        return [minimum, maximum].contains { bound in
            id(bound[...]) != nil || (bound.count == 32 && bound.allSatisfy { digit($0) != nil || $0 == dash })
        }
    }

    /// Judges a column by some of its values: three of four must be ids, and their digits must be as often letters as
    /// random ones are (6 of 16).
    mutating func look(at values: ColumnVector) {
        var ids = 0
        var digits = 0
        var letters = 0
        Self.forEachText(in: values) { text in
            guard let id = Self.id(text) else { return }
            ids += 1
            digits += id.digitCount
            letters += text.count { Self.digit($0).map { $0 > 9 } ?? false }
        }
        hasLooked = true
        lookRandom = ids * 4 >= values.count * 3 && letters * 4 >= digits && letters * 2 <= digits
    }

    /// Calls `body` with the bytes of each id and the number of its digits.
    mutating func forEach(in values: ColumnVector, _ body: (ArraySlice<UInt8>, _ digitCount: Int) -> Void) {
        Self.forEachText(in: values) { text in
            guard let id = Self.id(text) else { return }
            valueCount += 1
            body(id.bytes[...], id.digitCount)
        }
    }

    private static func forEachText(in values: ColumnVector, _ body: (ArraySlice<UInt8>) -> Void) {
        switch values {
        case .strings(let texts): for index in 0..<texts.count { body(texts[index]) }
        case .codedStrings(let dictionary, let codes): for code in codes { body(dictionary[Int(code)]) }
        default: break
        }
    }

    private static let dash = UInt8(ascii: "-")

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The bytes that a text shows, as an id column would hold them; a last single digit fills the high half of a byte.
    static func id(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], digitCount: Int)? {
        let isUUID = text.count == 36
        guard text.count >= minimumDigitCount, text.count <= 128 else { return nil }
        var bytes: [UInt8] = []
        var digitCount = 0
        for (place, byte) in text.enumerated() {
            if isUUID, [8, 13, 18, 23].contains(place) {
                guard byte == dash else { return nil }
                continue
            }
            guard let digit = digit(byte) else { return nil }
            if digitCount % 2 == 0 { bytes.append(digit << 4) } else { bytes[digitCount / 2] |= digit }
            digitCount += 1
        }
        return (bytes, digitCount)
    }
}
