extension IntegerNode {
    /// The parts of the node, which gives `count` values.
    public func outline(count: Int) -> NodeOutline {
        func outline(_ name: String, _ parts: NodeOutline.Part...) -> NodeOutline {
            NodeOutline(tag.rawValue, name, count, parts)
        }
        func child(_ name: String, _ node: IntegerNode, _ childCount: Int? = nil) -> NodeOutline.Part {
            .node(name, node.outline(count: childCount ?? count))
        }
        switch self {
        case .constant(let value):
            return outline("constant", .zigzag("value", value))
        case .sequence(let first, let step):
            return outline("sequence", .zigzag("first", first), .zigzag("step", step))
        case .packed(let base, let width, let bits):
            return outline("packed", .zigzag("base", base), .byte("width", width), .buffer("bits", bits))
        case .patched(let exceptionCount, let positions, let values, let node):
            return outline(
                "patched", .varint("exceptions", exceptionCount), child("positions", positions, exceptionCount),
                child("values", values, exceptionCount), child("child", node))
        case .delta(let first, let node):
            return outline("delta", .zigzag("first", first), child("steps", node, max(0, count - 1)))
        case .anchoredDelta(let first, let shift, let anchors, let node):
            return outline(
                "delta with anchors", .zigzag("first", first), .byte("shift", shift),
                child("anchors", anchors, max(0, count - 1) >> shift), child("steps", node, max(0, count - 1)))
        case .runs(let runCount, let values, let lengths):
            return outline(
                "runs", .varint("runs", runCount), child("values", values, runCount),
                child("lengths", lengths, runCount))
        case .dictionary(let entryCount, let entries, let codes):
            return outline(
                "dictionary", .varint("entries", entryCount), child("entries", entries, entryCount),
                child("codes", codes))
        case .planes(let base, let planes):
            return NodeOutline(
                tag.rawValue, "planes", count,
                [.zigzag("base", base), .byte("planes", planes.count)]
                    + planes.enumerated().map { .buffer("plane \($0.offset)", $0.element) })
        case .split(let divisor, let quotients, let remainders):
            return outline(
                "split", .varint("divisor", divisor), child("quotients", quotients), child("remainders", remainders))
        case .recency(let start, let node):
            return outline("recency", .varint("start", start), child("child", node))
        case .trend(let step, let node):
            return outline("trend", .zigzag("step", step), child("child", node))
        case .equal(let source, let offset, let links):
            return NodeOutline(
                tag.rawValue, "equal", count,
                [.varint("source", source), .zigzag("offset", offset)] + links.parts { $0.outline(count: $1) })
        case .mapped(let source, let resource, let links):
            return NodeOutline(
                tag.rawValue, "mapped", count,
                [.varint("source", source), .varint("resource", resource)] + links.parts { $0.outline(count: $1) })
        case .sharedDictionary(let resource, let codes):
            return outline("shared dictionary", .varint("resource", resource), child("codes", codes))
        case .grouped(let source, let node):
            return outline("grouped", .varint("source", source), child("child", node))
        }
    }
}

extension DerivedLinks {
    func parts(_ outline: (Node, _ count: Int) -> NodeOutline) -> [NodeOutline.Part] {
        [
            .varint("exceptions", exceptionCount),
            .node("positions", exceptionPositions.outline(count: exceptionCount)),
            .varint("rest", restCount), .node("rest", outline(rest, restCount)),
        ]
    }
}
