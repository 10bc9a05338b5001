/// How a run of ids of 8 or 16 bytes is encoded (Format/Segment.md, 5.4).
public indirect enum FixedNode: Equatable, Sendable {
    case raw(StoredBuffer)
    case sharedDictionary(resource: Int, codes: IntegerNode)
    case equal(source: Int, links: DerivedLinks<FixedNode>)
    case grouped(source: Int, child: FixedNode)

    /// Whether the values depend on the rows they stand in, by the node itself.
    var isDerived: Bool {
        switch self {
        case .equal, .grouped: true
        default: false
        }
    }
}
