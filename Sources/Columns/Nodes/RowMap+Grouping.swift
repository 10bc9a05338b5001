internal import Bytes

/// Rows by the codes of another column (Format/Segment.md, 5.6).
extension RowMap {
    /// For each value of a grouped node's child which of the node's values it is: by the source's codes, ascending, those
    /// without a source at the end, and equal ones as they stand.
    func order(
        groupedBy ordinal: Int, count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> [UInt32] {
        if case .unknown = self { throw .corrupt(at: 0, "derived node where its rows are not known") }
        return try environment.groups(by: ordinal).of(self, count: count).order
    }

    /// The rows in another order. They are known only to a child that is derived: not to what stands deeper.
    func inOrder(_ order: [UInt32], for isDerived: Bool) -> RowMap {
        guard isDerived else { return .unknown }
        return switch self {
        case .unknown: .unknown
        case .identity: .rows(order)
        case .rows(let rows): .rows(order.map { rows[Int($0)] })
        }
    }
}

/// Values put together by the group they are in.
public enum GroupOrder {
    /// Codes by which values may be grouped are below this.
    public static let groupLimit = 1 << 16

    /// The indexes of the groups, sorted by group; those of one group ascend. No group is above the limit by
    /// more than one.
    public static func order(_ groups: [UInt32]) -> [UInt32] {
        let last = groups.max() ?? 0
        precondition(last <= UInt32(groupLimit) + 1, "more groups than there may be")
        var starts = [UInt32](repeating: 0, count: Int(last) + 2)
        for group in groups { starts[Int(group) &+ 1] &+= 1 }
        for group in 0...Int(last) { starts[group &+ 1] &+= starts[group] }
        var order = [UInt32](repeating: 0, count: groups.count)
        for (index, group) in groups.enumerated() {
            order[Int(starts[Int(group)])] = UInt32(truncatingIfNeeded: index)
            starts[Int(group)] &+= 1
        }
        return order
    }
}

extension [UInt32] {
    /// Of an order of values, the place of each value.
    var inverted: [UInt32] {
        var places = self
        for (place, index) in enumerated() { places[Int(index)] = UInt32(truncatingIfNeeded: place) }
        return places
    }
}
