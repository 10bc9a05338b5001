import Storage

/// A place in a text that is to be masked.
struct MaskFinding {
    var range: Range<Int>
    var kind: MaskKind

    /// What stands in a text at the places where clues were found, in order and without overlap.
    static func all(
        in text: Span<UInt8>, _ clues: some Sequence<(clue: MaskPattern.Clue, end: Int)>, _ rules: MaskPolicy.Rules
    ) -> [MaskFinding] {
        var findings: [MaskFinding] = []
        for (clue, end) in clues {
            // Of the clues within what was just found, none can tell more.
            if let last = findings.last, end <= last.range.upperBound, clue != .pair, end > last.range.lowerBound {
                continue
            }
            if clue == .digits {
                findings += DigitText.findings(in: text, endingAt: end, rules)
                continue
            }
            guard let finding = finding(clue, endingAt: end, in: text), !finding.range.isEmpty,
                rules.mode(finding.kind) != nil
            else { continue }
            findings.append(finding)
        }
        return findings.count > 1 ? merged(findings) : findings
    }

    private static func finding(_ clue: MaskPattern.Clue, endingAt end: Int, in text: Span<UInt8>) -> MaskFinding? {
        func found(_ kind: MaskKind, _ range: Range<Int>?) -> MaskFinding? {
            range.map { MaskFinding(range: $0, kind: kind) }
        }
        switch clue {
        case .escape, .field, .digits: return nil
        case .pair: return SecretText.pair(in: text, endingAt: end)
        case .bearer: return found(.token, SecretText.bearer(in: text, endingAt: end))
        case .webToken: return found(.jwt, SecretText.webToken(in: text, endingAt: end))
        case .privateKey: return found(.privateKey, SecretText.privateKey(in: text, endingAt: end))
        case .credentials: return found(.password, NetworkAddress.credentials(in: text, at: end - 1))
        case .apiKey(let byteCount):
            return found(.apiKey, APIKey.range(in: text, endingAt: end, byteCount: byteCount))
        case .email: return found(.email, NetworkAddress.email(in: text, at: end - 1))
        case .ipv6: return found(.ip, NetworkAddress.ipv6(in: text, around: end))
        }
    }

    /// Those that overlap become one, of the kind of the first and longest.
    static func merged(_ findings: [MaskFinding]) -> [MaskFinding] {
        let sorted = findings.enumerated().sorted { left, right in
            (left.element.range.lowerBound, -left.element.range.upperBound, left.offset)
                < (right.element.range.lowerBound, -right.element.range.upperBound, right.offset)
        }
        var merged: [MaskFinding] = []
        for (_, finding) in sorted {
            guard let last = merged.last, finding.range.lowerBound < last.range.upperBound else {
                merged.append(finding)
                continue
            }
            let upper = max(last.range.upperBound, finding.range.upperBound)
            merged[merged.count - 1].range = last.range.lowerBound..<upper
        }
        return merged
    }
}
