public import Bytes

/// Messages that contain a text, told by their templates.
extension StringNode {
    /// What templates and the values in their slots tell of the `count` messages of a template node: which contain a
    /// text for certain, and which may do so and have to be put together. Nil for other nodes, and texts that are too
    /// long.
    public func templateMatches(
        containing part: [UInt8], count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> (certain: Bitmap, possible: Bitmap)? {
        guard case .template(let resource, let codes, let streams) = self, let pattern = TemplatePattern(part) else {
            return nil
        }
        let set = try environment.templates(resource)
        guard streams.count == set.streamCount else { return nil }
        var slots: [TemplateSlot] = []
        for stream in streams { slots.append(try TemplateSlot(stream, pattern, environment)) }
        var (certain, possible): ([UInt64], [UInt64]) = ([], [])
        var firstSlot = 0
        for (template, slotCount) in set.slotCounts.enumerated() {
            let literals = firstSlot + template..<firstSlot + template + Int(slotCount) + 1
            let answer = pattern.answer(literals, of: set.literals) { slot, begun in
                slots[Int(set.slotStreams[firstSlot + slot])].step(begun, in: pattern)
            }
            switch answer {
            case .always: certain.append(UInt64(template))
            case .perhaps: possible.append(UInt64(template))
            case .never: break
            }
            firstSlot += Int(slotCount)
        }
        return (
            try codes.matches(.set(certain), count: count, rows: rows, in: environment),
            try codes.matches(.set(possible), count: count, rows: rows, in: environment)
        )
    }
}

/// What may stand in the slots of a stream.
private struct TemplateSlot {
    /// Nil: any number of bytes out of some.
    private let texts: StringVector?
    private let bytes: UInt64
    /// Steps that were taken before: many templates have the same slots behind like literals.
    private var known: [(begun: UInt64, step: TemplatePattern.Step)] = []

    /// So few values of a page's dictionary are looked at one by one.
    private static let textLimit = 256

    init(
        _ stream: StringNode.Stream, _ pattern: TemplatePattern, _ environment: any PageEnvironment
    ) throws(DecodeError) {
        guard stream.count > 0 else {
            texts = StringVector()
            bytes = 0
            return
        }
        switch stream.node {
        case .constant(let value): texts = StringVector(bytes: value, ends: [UInt32(value.count)])
        case .dictionary(let count, let entries, _) where count <= Self.textLimit:
            texts = try entries.decode(count: count, rows: .unknown, in: environment)
        default: texts = nil
        }
        bytes =
            if texts == nil { pattern.places(of: try stream.node.bytes(count: stream.count, in: environment)) } else {
                0
            }
    }

    mutating func step(_ begun: UInt64, in pattern: TemplatePattern) -> TemplatePattern.Step {
        if let step = known.first(where: { $0.begun == begun })?.step { return step }
        let step = texts.map { pattern.step(begun, over: $0) } ?? pattern.step(begun, overBytesAt: bytes)
        known.append((begun, step))
        return step
    }
}
