import Bytes
import Storage

/// Puts something else in the place of what was found, and counts it.
struct TextMasker {
    private let key: MaskingKey?
    /// By kind.
    private var counts: [MaskKind: Int] = [:]
    /// Something was masked since the counts were taken.
    private(set) var hasCounts = false

    init(_ key: MaskingKey?) { self.key = key }

    mutating func takeCounts() -> [MaskKind: Int] {
        defer {
            counts = [:]
            hasCounts = false
        }
        return counts
    }

    /// A text without what was found in it; nil when nothing of it is left because it is dropped.
    mutating func masked(_ text: Span<UInt8>, _ findings: [MaskFinding], _ rules: MaskPolicy.Rules) -> [UInt8]? {
        if findings.count == 1, findings[0].range == 0..<text.count {
            guard let mode = rules.mode(findings[0].kind) else { return text.array(0..<text.count) }
            return replacement(of: text.array(0..<text.count), findings[0].kind, mode)
        }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 32)
        var position = 0
        for finding in findings {
            guard let mode = rules.mode(finding.kind) else { continue }
            result += text.array(position..<finding.range.lowerBound)
            result += replacement(of: text.array(finding.range), finding.kind, mode) ?? []
            position = finding.range.upperBound
        }
        return result + text.array(position..<text.count)
    }

    /// What stands in the place of a value; nil when it is left out.
    mutating func replacement(of value: [UInt8], _ kind: MaskKind, _ mode: MaskMode) -> [UInt8]? {
        if mode == .keep { return value }
        counts[kind, default: 0] += 1
        hasCounts = true
        switch mode {
        case .keep: return value
        case .redact: return Array("[\(kind.rawValue)]".utf8)
        case .drop: return nil
        case .hash:
            guard let key else { preconditionFailure("values are to be hashed and there is no key") }
            return Array("\(kind.rawValue):".utf8) + KeyedHash.digits(Self.normalized(value, kind), key)
        }
    }

    /// One text for the ways in which one value is written.
    private static func normalized(_ value: [UInt8], _ kind: MaskKind) -> [UInt8] {
        switch kind {
        case .email, .ip: value.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
        case .card, .nationalId, .phone: value.filter { Byte.isWord($0) }
        default: value
        }
    }
}
