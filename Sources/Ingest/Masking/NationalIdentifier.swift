import Bytes

/// Numbers by which states know people.
enum NationalIdentifier {
    case unitedStates, unitedKingdom, spain, brazil, france

    private static let forms: [(NationalIdentifier, StaticString)] = [
        (.unitedStates, "ddd-dd-dddd"), (.unitedKingdom, "LLddddddL"), (.unitedKingdom, "LL dd dd dd L"),
        (.spain, "ddddddddL"), (.spain, "dddddddd-L"), (.spain, "LdddddddL"), (.spain, "Lddddddd-L"),
        (.brazil, "ddd.ddd.ddd-dd"), (.france, "ddddddddddddddd"),
    ]

    /// The number that begins at a place.
    static func range(in text: Span<UInt8>, at start: Int) -> Range<Int>? {
        for (state, form) in forms where DigitText.has(form, text, at: start) {
            let range = start..<start + form.utf8CodeUnitCount
            let kept = text.array(range).filter { Byte.isWord($0) }
            if DigitText.isApart(text, range), state.isValid(kept) { return range }
        }
        return nil
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
            return (UInt8(ascii: "A")...UInt8(ascii: "D")).contains(characters[8])
                && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(prefix)
                && !"DFIQUV".utf8.contains(characters[0]) && !"DFIQUVO".utf8.contains(characters[1])
        case .spain:
            guard Byte.isDigit(characters[0]) || characters[0] >= UInt8(ascii: "X") else { return false }
            let first = Byte.isDigit(characters[0]) ? digits[0] : Int(characters[0] - UInt8(ascii: "X"))
            let rest = Self.number(digits[1..<8]) + first * 10_000_000
            return Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[rest % 23] == characters[8]
        case .brazil:
            return Set(digits).count > 1
                && (9...10).allSatisfy { count in
                    let sum = digits[..<count].enumerated().reduce(0) { $0 + $1.element * (count + 1 - $1.offset) }
                    return sum * 10 % 11 % 10 == digits[count]
                }
        case .france:
            let month = Self.number(digits[3..<5])
            return (1...2).contains(digits[0]) && (1...12).contains(month)
                && 97 - Self.number(digits[..<13]) % 97 == Self.number(digits[13...])
        }
    }

    private static func number(_ digits: ArraySlice<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }
}
