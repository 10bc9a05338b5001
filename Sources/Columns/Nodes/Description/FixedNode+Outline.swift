extension FixedNode {
    /// The parts of the node, which gives `count` ids.
    public func outline(count: Int) -> NodeOutline {
        switch self {
        case .raw(let bytes):
            return NodeOutline(Tag.raw.rawValue, "raw", count, [.buffer("ids", bytes)])
        case .sharedDictionary(let resource, let codes):
            return NodeOutline(
                Tag.sharedDictionary.rawValue, "shared dictionary", count,
                [.varint("resource", resource), .node("codes", codes.outline(count: count))])
        case .equal(let source, let links):
            return NodeOutline(
                Tag.equal.rawValue, "equal", count,
                [.varint("source", source)] + links.parts { $0.outline(count: $1) })
        case .grouped(let source, let child):
            return NodeOutline(
                Tag.grouped.rawValue, "grouped", count,
                [.varint("source", source), .node("child", child.outline(count: count))])
        }
    }
}
