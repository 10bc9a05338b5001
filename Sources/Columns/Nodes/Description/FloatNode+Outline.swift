extension FloatNode {
    /// The parts of the node, which gives `count` values.
    public func outline(count: Int) -> NodeOutline {
        switch self {
        case .bits(let node):
            return NodeOutline(Tag.bits.rawValue, "bits", count, [.node("bits", node.outline(count: count))])
        case .scaled(let scale, let digits, let exceptions):
            return NodeOutline(
                Tag.scaled.rawValue, "scaled", count,
                [
                    .byte("base", Int(scale.base.rawValue)), .byte("exponent", scale.exponent),
                    .node("digits", digits.outline(count: count)),
                ] + exceptions.parts)
        case .splitBits(let rightWidth, let entryCount, let entries, let codes, let rightParts, let exceptions):
            return NodeOutline(
                Tag.splitBits.rawValue, "split bits", count,
                [
                    .byte("right width", rightWidth), .varint("entries", entryCount),
                    .node("entries", entries.outline(count: entryCount)), .node("codes", codes.outline(count: count)),
                    .node("right parts", rightParts.outline(count: count)),
                ] + exceptions.parts)
        case .grouped(let source, let child):
            return NodeOutline(
                Tag.grouped.rawValue, "grouped", count,
                [.varint("source", source), .node("child", child.outline(count: count))])
        }
    }
}

extension FloatExceptions {
    fileprivate var parts: [NodeOutline.Part] {
        [
            .varint("exceptions", count), .node("positions", positions.outline(count: count)),
            .node("values", values.outline(count: count)),
        ]
    }
}
