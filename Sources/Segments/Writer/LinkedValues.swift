import Columns

/// How values follow from another column: which do not though it has a value in their row, and which are left to be
/// stored.
struct LinkedValues {
    private(set) var exceptions: [UInt64] = []
    private(set) var rest: [Int] = []

    /// `follows` tells whether a value follows from the source; nil where the source has none in its row.
    @inline(__always)
    init(_ values: Range<Int>, follows: (Int) -> Bool?) {
        for index in values {
            guard let isEqual = follows(index) else {
                rest.append(index)
                continue
            }
            if !isEqual {
                exceptions.append(UInt64(index - values.lowerBound))
                rest.append(index)
            }
        }
    }

    func links<Node>(_ node: Node, profile: EncodingProfile) -> DerivedLinks<Node> {
        DerivedLinks(
            exceptionCount: exceptions.count, exceptionPositions: IntegerNode.encoding(exceptions, profile: profile),
            restCount: rest.count, rest: node)
    }
}
