internal import Bytes

extension IntegerNode {
    /// The number of bytes that ``write(to:)`` appends.
    public var byteCount: Int {
        switch self {
        case .constant(let value): 1 + zigzagByteCount(value)
        case .sequence(let first, let step): 1 + zigzagByteCount(first) + zigzagByteCount(step)
        case .packed(let base, _, let bits): 2 + zigzagByteCount(base) + bits.byteCount
        case .patched(let count, let positions, let values, let child):
            1 + varintByteCount(UInt64(count)) + positions.byteCount + values.byteCount + child.byteCount
        case .delta(let first, let child): 1 + zigzagByteCount(first) + child.byteCount
        case .runs(let count, let values, let lengths):
            1 + varintByteCount(UInt64(count)) + values.byteCount + lengths.byteCount
        case .dictionary(let count, let entries, let codes):
            1 + varintByteCount(UInt64(count)) + entries.byteCount + codes.byteCount
        case .planes(let base, let planes):
            2 + zigzagByteCount(base) + planes.reduce(0) { $0 + $1.byteCount }
        case .split(let divisor, let quotients, let remainders):
            1 + varintByteCount(divisor) + quotients.byteCount + remainders.byteCount
        case .recency(let start, let child): 1 + varintByteCount(start) + child.byteCount
        case .trend(let step, let child): 1 + zigzagByteCount(step) + child.byteCount
        case .equal(let source, let offset, let links):
            1 + varintByteCount(UInt64(source)) + zigzagByteCount(offset) + links.headByteCount + links.rest.byteCount
        case .mapped(let source, let resource, let links):
            1 + varintByteCount(UInt64(source)) + varintByteCount(UInt64(resource))
                + links.headByteCount + links.rest.byteCount
        case .sharedDictionary(let resource, let codes): 1 + varintByteCount(UInt64(resource)) + codes.byteCount
        case .grouped(let source, let child): 1 + varintByteCount(UInt64(source)) + child.byteCount
        case .anchoredDelta(let first, _, let anchors, let child):
            2 + zigzagByteCount(first) + anchors.byteCount + child.byteCount
        }
    }
}

extension DerivedLinks {
    /// The bytes of everything but the rest.
    var headByteCount: Int {
        varintByteCount(UInt64(exceptionCount)) + exceptionPositions.byteCount + varintByteCount(UInt64(restCount))
    }
}
