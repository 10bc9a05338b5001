/// How a run of doubles is encoded (Format/Segment.md, 5.2).
public enum FloatNode: Equatable, Sendable {
    case bits(IntegerNode)
    case decimal(
        exponent: Int, factor: Int, digits: IntegerNode,
        exceptionCount: Int, exceptionPositions: IntegerNode, exceptionBits: IntegerNode)
    case splitBits(
        rightWidth: Int, leftEntryCount: Int, leftEntries: IntegerNode, leftCodes: IntegerNode, rightParts: IntegerNode,
        exceptionCount: Int, exceptionPositions: IntegerNode, exceptionLefts: IntegerNode)
}
