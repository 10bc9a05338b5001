/// Numbers by which states know people.
enum NationalIdentifier {
    case unitedStates, unitedKingdom, spain, brazil, italy, france

    struct Shape {
        var form: NationalIdentifier
        /// Matches exactly `byteCount` bytes.
        var expression: String
        var byteCount: Int
    }

    static let shapes = [
        Shape(form: .unitedStates, expression: "[0-9]{3}-[0-9]{2}-[0-9]{4}", byteCount: 11),
        Shape(form: .unitedKingdom, expression: "[A-Z]{2}[0-9]{6}[A-D]", byteCount: 9),
        Shape(form: .unitedKingdom, expression: "[A-Z]{2} [0-9]{2} [0-9]{2} [0-9]{2} [A-D]", byteCount: 13),
        Shape(form: .spain, expression: "[0-9XYZ][0-9]{7}[A-Z]", byteCount: 9),
        Shape(form: .spain, expression: "[0-9XYZ][0-9]{7}-[A-Z]", byteCount: 10),
        Shape(form: .brazil, expression: #"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}"#, byteCount: 14),
        Shape(
            form: .italy, expression: "[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]", byteCount: 16),
        Shape(form: .france, expression: "[12][0-9]{14}", byteCount: 15),
    ]

    /// The text of this form that ends before `end`.
    func range(in text: Span<UInt8>, endingAt end: Int, byteCount: Int) -> Range<Int>? {
        let start = end - byteCount
        guard start >= 0, !Self.joins(text, start - 1, start - 2), !Self.joins(text, end, end + 1) else { return nil }
        let kept = (start..<end).map { text[$0] }.filter { Byte.isWord($0) }
        return isValid(kept) ? start..<end : nil
    }

    /// Whether the byte beside a text makes it a part of something longer.
    private static func joins(_ text: Span<UInt8>, _ beside: Int, _ beyond: Int) -> Bool {
        let byte = text.byte(at: beside)
        return Byte.isURLSafe(byte) || byte == UInt8(ascii: ".") && Byte.isDigit(text.byte(at: beyond))
    }

    private func isValid(_ characters: [UInt8]) -> Bool {
        let digits = characters.map { Byte.isDigit($0) ? Int($0 - Byte.zero) : 0 }
        switch self {
        case .unitedStates:
            let area = Self.number(digits[..<3])
            return area != 0 && area != 666 && area < 900 && Self.number(digits[3..<5]) != 0
                && Self.number(digits[5...]) != 0
        case .unitedKingdom:
            let prefix = String(decoding: characters.prefix(2), as: UTF8.self)
            return !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(prefix)
                && !"DFIQUV".utf8.contains(characters[0]) && !"DFIQUVO".utf8.contains(characters[1])
        case .spain:
            let first = Byte.isDigit(characters[0]) ? digits[0] : Int(characters[0] - UInt8(ascii: "X"))
            let rest = Self.number(digits[1..<8]) + first * 10_000_000
            return Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[rest % 23] == characters[8]
        case .brazil:
            return Set(digits).count > 1
                && (9...10).allSatisfy { count in
                    let sum = digits[..<count].enumerated().reduce(0) { $0 + $1.element * (count + 1 - $1.offset) }
                    return sum * 10 % 11 % 10 == digits[count]
                }
        case .italy: return Self.italianCheckLetter(characters.dropLast()) == characters[15]
        case .france:
            let month = Self.number(digits[3..<5])
            return (1...12).contains(month) && 97 - Self.number(digits[..<13]) % 97 == Self.number(digits[13...])
        }
    }

    private static func number(_ digits: ArraySlice<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }

    private static func italianCheckLetter(_ characters: ArraySlice<UInt8>) -> UInt8 {
        let odd = [
            1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
        ]
        var sum = 0
        for (index, character) in characters.enumerated() {
            let value = Int(Byte.isDigit(character) ? character - Byte.zero : character - UInt8(ascii: "A"))
            sum += index % 2 == 0 ? odd[value] : value
        }
        return UInt8(ascii: "A") + UInt8(sum % 26)
    }
}
