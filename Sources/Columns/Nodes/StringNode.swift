/// How a run of byte strings is encoded: a tree (Format/Segment.md, 5.3).
public indirect enum StringNode: Equatable, Sendable {
    case constant([UInt8])
    case plain(lengths: IntegerNode, bytes: StoredBuffer)
    case sharedDictionary(resource: Int, codes: IntegerNode)
    case dictionary(count: Int, entries: StringNode, codes: IntegerNode)
    case symbols(table: SymbolTableReference, encodedLengths: IntegerNode, decodedByteCount: Int, encoded: StoredBuffer)
    case frontCoded(prefixLengths: IntegerNode, suffixes: StringNode)
    case affix(prefix: [UInt8], suffix: [UInt8], child: StringNode)
    case exceptions(count: Int, positions: IntegerNode, values: StringNode, child: StringNode)
    case integerText(digits: Int, values: IntegerNode)
    case fixedPointText(decimals: Int, values: IntegerNode)
    case hexText(isUpper: Bool, byteCount: Int, bytes: StoredBuffer)
    case uuidText(isUpper: Bool, bytes: StoredBuffer)
    case ipv4Text(IntegerNode)
    case timestampText(nanoseconds: IntegerNode, forms: IntegerNode)
    case hexNumberText(isUpper: Bool, digits: Int, values: IntegerNode)
    case template(resource: Int, codes: IntegerNode, streams: [Stream])
    case equal(source: Int, links: DerivedLinks<StringNode>)
    case fixedLength(byteCount: Int, bytes: StoredBuffer)
    case grouped(source: Int, child: StringNode)

    /// The values of one kind of variable in the rows of a page.
    public struct Stream: Equatable, Sendable {
        public var count: Int
        public var node: StringNode

        public init(count: Int, node: StringNode) {
            self.count = count
            self.node = node
        }
    }

    public enum SymbolTableReference: Equatable, Sendable {
        case resource(Int)
        case inline(SymbolTable)
    }

    /// Whether the values depend on the rows they stand in, by the node itself.
    var isDerived: Bool {
        switch self {
        case .equal, .grouped: true
        default: false
        }
    }
}
