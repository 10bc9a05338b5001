import Bytes

/// Which templates can make a message that contains a text, whatever stands in their slots.
///
/// A text of at most 64 bytes is looked for by all of its beginnings at once, a bit for each (Baeza-Yates and Gonnet,
/// 1992). A slot is one of its texts where they are few, else any number of bytes out of those that its values consist of.
struct TemplatePattern {
    static let byteLimit = 64

    /// For each byte the places at which the text has it.
    private var places = [UInt64](repeating: 0, count: 256)
    private let lastPlace: UInt64
    private let text: SoughtText

    /// Nil for texts that are empty or too long.
    init?(_ text: SoughtText) {
        guard (1...Self.byteLimit).contains(text.bytes.count) else { return nil }
        for (place, byte) in text.bytes.enumerated() {
            places[Int(byte)] |= 1 << UInt64(place)
            if text.anyCase, Byte.isLetter(byte) { places[Int(byte ^ 0x20)] |= 1 << UInt64(place) }
        }
        lastPlace = 1 << UInt64(text.bytes.count - 1)
        self.text = text
    }

    /// The places of the text at which a byte out of some may stand.
    func places(of bytes: ByteSet) -> UInt64 {
        text.bytes.reduce(0) { $0 | (text.mayBe($1, in: bytes) ? places[Int($1)] : 0) }
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

    /// Whether a template may make a message that contains the text: its literals, and what the slots between them do to
    /// beginnings of the text.
    func mayMatch(
        _ literals: Range<Int>, of strings: StringVector, slot: (_ number: Int, _ begun: UInt64) -> Step
    ) -> Bool {
        var begun: UInt64 = 0
        for literal in literals {
            for byte in strings[literal] {
                begun = (begun &<< 1 | 1) & places[Int(byte)]
                if begun & lastPlace != 0 { return true }
            }
            guard literal < literals.upperBound - 1 else { break }
            let step = slot(literal - literals.lowerBound, begun)
            if step.canMatch { return true }
            begun = step.begun
        }
        return false
    }

    /// Whether the text may lie partly in a literal of a template, or in several slots, whatever these hold. If not, it
    /// is found in messages only within a literal or within what stands in a slot.
    func mayCross(_ literals: Range<Int>, of strings: StringVector) -> Bool {
        let bytes = strings.bytes.span
        for literal in literals {
            let range = strings.range(literal)
            let isLast = literal == literals.upperBound - 1
            if literal > literals.lowerBound {
                // Any beginning may stand in the slot before.
                var begun = lastPlace &- 1
                for place in range {
                    begun = begun &<< 1 & places[Int(bytes[place])]
                    if begun & lastPlace != 0 { return true }
                    if begun == 0 { break }
                }
                if begun != 0, !isLast { return true }
            }
            guard !isLast, !range.isEmpty, places[Int(bytes[range.upperBound - 1])] != 0 else { continue }
            var begun: UInt64 = 0
            for place in max(range.lowerBound, range.upperBound - Self.byteLimit)..<range.upperBound {
                begun = (begun &<< 1 | 1) & places[Int(bytes[place])]
            }
            if begun & ~lastPlace != 0 { return true }
        }
        return false
    }
}
