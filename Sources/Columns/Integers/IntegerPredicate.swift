public import Bytes

/// A condition on an integer.
public enum IntegerPredicate: Equatable, Sendable {
    case equal(UInt64)
    /// Both bounds belong to it; the order is that of two's complement or of unsigned integers.
    case range(UInt64, UInt64, isSigned: Bool)
    case set([UInt64])

    /// The same condition as arcs that neither touch nor overlap, ascending by their start.
    var arcs: [IntegerArc] {
        switch self {
        case .equal(let value):
            return [IntegerArc(start: value, span: 0)]
        case .range(let low, let high, let isSigned):
            let isEmpty = isSigned ? Int64(bitPattern: low) > Int64(bitPattern: high) : low > high
            return isEmpty ? [] : [IntegerArc(start: low, span: high &- low)]
        case .set(let values):
            return IntegerArc.joining(values.sorted())
        }
    }

    /// Which of some integers fulfil it.
    public func matches(_ values: [UInt64]) -> Bitmap {
        let arcs = arcs
        return arcs.isEmpty ? Bitmap(count: values.count) : IntegerNode.matchValues(values, arcs)
    }
}

/// The integers from `start` to `start + span`, which may lead over the end of the 64-bit circle.
struct IntegerArc: Equatable {
    var start: UInt64
    var span: UInt64

    func contains(_ value: UInt64) -> Bool { value &- start <= span }

    /// Arcs over ascending values; neighbours share one.
    static func joining(_ values: [UInt64]) -> [IntegerArc] {
        var arcs: [IntegerArc] = []
        for value in values {
            if let last = arcs.last, value &- last.start <= last.span &+ 1, last.span != .max {
                arcs[arcs.count - 1].span = max(last.span, value &- last.start)
            } else {
                arcs.append(IntegerArc(start: value, span: 0))
            }
        }
        return arcs
    }

    /// What of the arc is among the `width`-bit integers, counted from `base`; nil when nothing is. It may lead over
    /// the end of the circle of such integers.
    func packed(base: UInt64, width: Int) -> IntegerArc? {
        let mask = UInt64.max >> UInt64(64 - width)
        let first = start &- base
        let last = first &+ span
        if first <= last {
            return first <= mask ? IntegerArc(start: first, span: min(last, mask) - first) : nil
        }
        if last >= mask { return IntegerArc(start: 0, span: mask) }
        return first <= mask
            ? IntegerArc(start: first, span: (last &- first) & mask) : IntegerArc(start: 0, span: last)
    }
}
