/// How a run of doubles is encoded (Format/Segment.md, 5.2).
public indirect enum FloatNode: Equatable, Sendable {
    case bits(IntegerNode)
    case scaled(scale: FloatScale, digits: IntegerNode, exceptions: FloatExceptions)
    case splitBits(
        rightWidth: Int, entryCount: Int, entries: IntegerNode, codes: IntegerNode, rightParts: IntegerNode,
        exceptions: FloatExceptions)
    case grouped(source: Int, child: FloatNode)

    /// Whether the values depend on the rows they stand in, by the node itself.
    var isDerived: Bool {
        switch self {
        case .grouped: true
        default: false
        }
    }
}

/// The values of a float node that its rule does not give: for `scaled` their bits, for `splitBits` their left parts.
public struct FloatExceptions: Equatable, Sendable {
    public var count: Int
    public var positions: IntegerNode
    public var values: IntegerNode

    public init(count: Int, positions: IntegerNode, values: IntegerNode) {
        self.count = count
        self.positions = positions
        self.values = values
    }

    public static let none = FloatExceptions(count: 0, positions: .constant(0), values: .constant(0))
}
