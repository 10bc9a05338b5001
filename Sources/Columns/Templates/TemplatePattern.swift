import Bytes

/// Which templates can make a message that contains a text, whatever stands in their slots.
///
/// A text of at most 64 bytes is looked for by all of its beginnings at once, a bit for each (Baeza-Yates and Gonnet,
/// 1992). A slot is one of its texts where they are few, else any number of bytes out of those that its values consist of.
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

    /// Which beginnings of the text may stand at the end of a slot, and whether the whole text may end in it.
    struct Step {
        var begun: UInt64
        var canMatch: Bool
    }

    /// A slot that holds any number of bytes out of those that may stand at some places.
    func step(_ begun: UInt64, overBytesAt values: UInt64) -> Step {
        var begun = begun
        while true {
            let more = begun | (begun &<< 1 | 1) & values
            if more == begun { return Step(begun: begun, canMatch: begun & lastPlace != 0) }
            begun = more
        }
    }

    /// A slot that holds one of some texts.
    func step(_ begun: UInt64, over texts: StringVector) -> Step {
        var step = Step(begun: 0, canMatch: false)
        for text in 0..<texts.count {
            var begun = begun
            for byte in texts[text] {
                begun = (begun &<< 1 | 1) & places[Int(byte)]
                step.canMatch = step.canMatch || begun & lastPlace != 0
            }
            step.begun |= begun
        }
        return step
    }

    /// The literals of a template, and what the slots between them do to beginnings of the text.
    func answer(
        _ literals: Range<Int>, of strings: StringVector, slot: (_ number: Int, _ begun: UInt64) -> Step
    ) -> Answer {
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
            let step = slot(literal - literals.lowerBound, begun)
            begun = step.begun
            canMatch = canMatch || step.canMatch
        }
        return canMatch ? .perhaps : .never
    }
}
