internal import Bytes

/// Differences from value to value, and every so many values themselves, so that single values are found without adding
/// up all before them.
extension IntegerNode {
    /// The powers of two by which anchors may stand apart.
    static let anchorShifts = 4...16
    /// The one that we write: a value is the sum of 128 differences in the middle, and anchors take a fiftieth of a byte
    /// a value.
    private static let anchorShift = 8
    /// With fewer values adding them all up costs nothing.
    private static let anchoredCount = 1024

    /// The same with anchors, where the node gives its values by their differences. Only what is asked for a few rows
    /// at a time gains by that.
    ///
    /// - Parameter values: those of the node.
    package func anchored(_ values: [UInt64], profile: EncodingProfile) -> IntegerNode {
        switch self {
        case .delta(let first, let child) where values.count >= Self.anchoredCount:
            let step = 1 << Self.anchorShift
            let anchors = stride(from: step, to: values.count, by: step).map { values[$0] }
            return .anchoredDelta(
                first: first, shift: Self.anchorShift, anchors: .encoding(anchors, profile: profile), child: child)
        case .split(let divisor, let quotients, let remainders):
            // Times of whole milliseconds. What the quotients are, only they tell.
            guard case .delta = quotients,
                let divided = try? quotients.decode(count: values.count, rows: .unknown, in: NoEnvironment())
            else { return self }
            return .split(
                divisor: divisor, quotients: quotients.anchored(divided, profile: profile), remainders: remainders)
        default:
            return self
        }
    }

    /// Whether the node, or one that it is made from, has anchors.
    package var hasAnchors: Bool {
        switch self {
        case .anchoredDelta: true
        case .split(_, let quotients, _): quotients.hasAnchors
        default: false
        }
    }

    static func decodeAnchored(
        first: UInt64, shift: Int, anchors: IntegerNode, child: IntegerNode,
        into output: UnsafeMutableBufferPointer<UInt64>, in environment: any PageEnvironment
    ) throws(DecodeError) {
        let anchors = try anchors.decode(count: (output.count - 1) >> shift, rows: .unknown, in: environment)
        try unsafe decodeDelta(first: first, child: child, into: output, in: environment)
        // Who picks values trusts in the anchors, so that both ways must give the same.
        for (number, anchor) in anchors.enumerated() {
            guard unsafe output[(number + 1) << shift] == anchor else {
                throw .corrupt(at: 0, "an anchor is not the sum of the differences before it")
            }
        }
    }
}
