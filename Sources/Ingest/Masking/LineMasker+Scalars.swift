import Bytes
import Storage

/// What masking has made of a value.
enum MaskedScalar {
    case unchanged
    case dropped
    case replaced([UInt8])

    static func of(_ replacement: [UInt8]?) -> MaskedScalar { replacement.map { .replaced($0) } ?? .dropped }
}

/// Masking one text or number.
extension LineMasker {
    /// `known` are the clues within the text, nil when it was not looked over yet.
    func masked(
        _ value: Span<UInt8>, isText: Bool, _ treatment: MaskTreatment, key: Span<UInt8>,
        _ known: [(clue: MaskPattern.Clue, end: Int)]?
    ) -> MaskedScalar {
        if value.count == 0 { return .unchanged }
        if let (kind, mode) = isText ? treatment.textMask(value) : treatment.numberMask {
            return .of(text.replacement(of: value.array(0..<value.count), kind, mode))
        }
        if isId(key, value) { return .unchanged }
        let findings = MaskFinding.all(in: value, known ?? clues(in: value), rules.rules)
        // Of a number there are no parts.
        guard !findings.isEmpty, isText || findings[0].range == 0..<value.count else { return .unchanged }
        return .of(text.masked(value, findings, rules.rules))
    }

    /// Ids are digits, too, and are neither cards nor anything else that is looked for.
    private func isId(_ key: Span<UInt8>, _ text: Span<UInt8>) -> Bool {
        text.count <= 40 && text.indices.allSatisfy { Byte.isHexDigit(text[$0]) || text[$0] == Byte.dash }
            && idNames.contains(key.array(0..<key.count))
    }
}
