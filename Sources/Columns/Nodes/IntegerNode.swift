/// How a run of 64-bit integers is encoded: a tree (Format/Segment.md, 5.1).
///
/// A node does not hold the number of its values: the parent knows it.
public indirect enum IntegerNode: Equatable, Sendable {
    case constant(UInt64)
    case sequence(first: UInt64, step: UInt64)
    case packed(base: UInt64, width: Int, bits: StoredBuffer)
    case patched(count: Int, positions: IntegerNode, values: IntegerNode, child: IntegerNode)
    case delta(first: UInt64, child: IntegerNode)
    case runs(count: Int, values: IntegerNode, lengths: IntegerNode)
    case dictionary(count: Int, entries: IntegerNode, codes: IntegerNode)
    case planes(base: UInt64, planes: [StoredBuffer])
    case split(divisor: UInt64, quotients: IntegerNode, remainders: IntegerNode)
    case recency(start: UInt64, child: IntegerNode)
    case trend(step: UInt64, child: IntegerNode)
    case equal(source: Int, offset: UInt64, links: DerivedLinks<IntegerNode>)
    case mapped(source: Int, resource: Int, links: DerivedLinks<IntegerNode>)
    case sharedDictionary(resource: Int, codes: IntegerNode)
    case grouped(source: Int, child: IntegerNode)
    /// A delta node that says every 2^shift-th value, too.
    case anchoredDelta(first: UInt64, shift: Int, anchors: IntegerNode, child: IntegerNode)

    /// Whether the values depend on the rows they stand in, by the node itself.
    var isDerived: Bool {
        switch self {
        case .equal, .mapped, .grouped: true
        default: false
        }
    }
}

/// Which values of a derived node do not come from its source (Format/Segment.md, 5.5).
public struct DerivedLinks<Node: Equatable & Sendable>: Equatable, Sendable {
    public var exceptionCount: Int
    public var exceptionPositions: IntegerNode
    public var restCount: Int
    public var rest: Node

    public init(exceptionCount: Int, exceptionPositions: IntegerNode, restCount: Int, rest: Node) {
        self.exceptionCount = exceptionCount
        self.exceptionPositions = exceptionPositions
        self.restCount = restCount
        self.rest = rest
    }
}
