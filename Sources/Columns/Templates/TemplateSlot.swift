import Bytes

/// What may stand in the slots of a stream.
struct TemplateSlot {
    /// Nil: any number of bytes out of some.
    private let texts: StringVector?
    private let bytes: UInt64
    /// Steps that were taken before: many templates have the same slots behind like literals.
    private var known: [(begun: UInt64, step: TemplatePattern.Step)] = []

    /// So few values are looked at one by one.
    private static let textLimit = 256

    init(
        _ stream: StringNode.Stream, _ pattern: TemplatePattern, _ environment: any PageEnvironment
    ) throws(DecodeError) {
        texts = try Self.texts(stream.node, stream.count, environment)
        bytes =
            if texts == nil { pattern.places(of: try stream.node.bytes(count: stream.count, in: environment)) } else {
                0
            }
    }

    /// The values that may stand in the slots, where they are few.
    private static func texts(
        _ node: StringNode, _ count: Int, _ environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector? {
        if count == 0 { return StringVector() }
        switch node {
        case .constant(let value): return StringVector(bytes: value, ends: [UInt32(value.count)])
        case .dictionary(let entryCount, let entries, _) where entryCount <= textLimit:
            return try entries.decode(count: entryCount, rows: .unknown, in: environment)
        case .plain where count <= textLimit:
            return try node.decode(count: count, rows: .unknown, in: environment)
        default: return nil
        }
    }

    mutating func step(_ begun: UInt64, in pattern: TemplatePattern) -> TemplatePattern.Step {
        if let step = known.first(where: { $0.begun == begun })?.step { return step }
        let step = texts.map { pattern.step(begun, over: $0) } ?? pattern.step(begun, overBytesAt: bytes)
        known.append((begun, step))
        return step
    }
}
