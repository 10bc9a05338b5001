import Bytes

/// Which templates can make a message that contains a text, whatever stands in their slots.
///
/// A text of at most 64 bytes is looked for by all of its beginnings at once, a bit for each (Baeza-Yates and Gonnet,
/// 1992). A slot is any number of bytes out of those that its values consist of.
struct TemplatePattern {
    enum Answer {
        case always, never, perhaps
    }

    static let byteLimit = 64

    /// For each byte the places at which the text has it.
    private var places = [UInt64](repeating: 0, count: 256)
    private let lastPlace: UInt64
    private let text: [UInt8]

    /// Nil for texts that are empty or too long.
    init?(_ text: [UInt8]) {
        guard (1...Self.byteLimit).contains(text.count) else { return nil }
        for (place, byte) in text.enumerated() { places[Int(byte)] |= 1 << UInt64(place) }
        lastPlace = 1 << UInt64(text.count - 1)
        self.text = text
    }

    /// The places of the text at which a byte out of some may stand.
    func places(of bytes: ByteSet) -> UInt64 {
        text.reduce(0) { $0 | (bytes.contains($1) ? places[Int($1)] : 0) }
    }

    /// The literals of a template, and what the values of the slots between them may consist of.
    func answer(_ literals: Range<Int>, of strings: StringVector, slots: (Int) -> UInt64) -> Answer {
        var begun: UInt64 = 0
        var canMatch = false
        for literal in literals {
            var whole: UInt64 = 0
            for byte in strings[literal] {
                whole = (whole &<< 1 | 1) & places[Int(byte)]
                begun = (begun &<< 1 | 1) & places[Int(byte)]
                if whole & lastPlace != 0 { return .always }
                canMatch = canMatch || begun & lastPlace != 0
            }
            guard literal < literals.upperBound - 1 else { break }
            let values = slots(literal - literals.lowerBound)
            while true {
                let more = begun | (begun &<< 1 | 1) & values
                if more == begun { break }
                begun = more
            }
            canMatch = canMatch || begun & lastPlace != 0
        }
        return canMatch ? .perhaps : .never
    }
}
