import Bytes
import Storage

/// What texts of digits can be: cards, telephones, numbers of people, addresses of machines.
enum DigitText {
    /// What there is to look for.
    private struct Wanted {
        var ip, card, phone, nationalId: Bool

        init(_ rules: MaskPolicy.Rules) {
            ip = rules.mode(.ip) != nil
            card = rules.mode(.card) != nil
            phone = rules.mode(.phone) != nil
            nationalId = rules.mode(.nationalId) != nil
        }
    }

    /// What is found in the digits that end before `end`, among spaces, dots, dashes, plus signs and parentheses.
    static func findings(in text: Span<UInt8>, endingAt end: Int, _ rules: MaskPolicy.Rules) -> [MaskFinding] {
        var place = end
        while place > 0, belongs(text[place - 1]) { place -= 1 }
        // Numbers of people may begin with letters.
        place = max(0, place - 2)
        let wanted = Wanted(rules)
        var findings: [MaskFinding] = []
        while place < end {
            guard begins(text, place), let finding = finding(in: text, at: place, wanted) else {
                place += 1
                continue
            }
            findings.append(finding)
            place = max(place + 1, finding.range.upperBound)
        }
        return findings
    }

    /// Whether a text has a form: `d` stands for a digit, `D` for one above 1, `L` for a capital letter.
    static func has(_ form: StaticString, _ text: Span<UInt8>, at start: Int) -> Bool {
        guard start >= 0, start + form.utf8CodeUnitCount <= text.count else { return false }
        for offset in 0..<form.utf8CodeUnitCount {
            let byte = text[start + offset]
            let fits: Bool =
                switch unsafe form.utf8Start[offset] {
                case UInt8(ascii: "d"): Byte.isDigit(byte)
                case UInt8(ascii: "D"): byte >= UInt8(ascii: "2") && byte <= UInt8(ascii: "9")
                case UInt8(ascii: "L"): byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
                case let mark: byte == mark
                }
            if !fits { return false }
        }
        return true
    }

    /// Whether nothing beside a text makes it a part of something longer.
    static func isApart(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        !joins(text, range.lowerBound - 1, range.lowerBound - 2) && !joins(text, range.upperBound, range.upperBound + 1)
    }

    private static func joins(_ text: Span<UInt8>, _ beside: Int, _ beyond: Int) -> Bool {
        let byte = text.byte(at: beside)
        return Byte.isURLSafe(byte) || byte == UInt8(ascii: ".") && Byte.isDigit(text.byte(at: beyond))
    }

    private static func finding(in text: Span<UInt8>, at place: Int, _ wanted: Wanted) -> MaskFinding? {
        if Byte.isDigit(text[place]) {
            if wanted.ip, let range = NetworkAddress.ipv4(in: text, around: place) {
                return MaskFinding(range: range, kind: .ip)
            }
            if wanted.card, let range = CardNumber.range(in: text, around: place) {
                return MaskFinding(range: range, kind: .card)
            }
        }
        if wanted.phone, let range = PhoneNumber.range(in: text, at: place) {
            return MaskFinding(range: range, kind: .phone)
        }
        if wanted.nationalId, let range = NationalIdentifier.range(in: text, at: place) {
            return MaskFinding(range: range, kind: .nationalId)
        }
        return nil
    }

    /// Whether something may begin at a place: not in the middle of digits or letters.
    private static func begins(_ text: Span<UInt8>, _ place: Int) -> Bool {
        Byte.isWord(text[place])
            ? !Byte.isWord(text.byte(at: place - 1))
            : text[place] == UInt8(ascii: "+") || text[place] == UInt8(ascii: "(")
    }

    private static func belongs(_ byte: UInt8) -> Bool {
        Byte.isDigit(byte) || byte == Byte.space
            || byte >= UInt8(ascii: "(") && byte <= UInt8(ascii: ".") && byte != Byte.comma && byte != UInt8(ascii: "*")
    }
}
