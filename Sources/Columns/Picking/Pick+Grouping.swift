internal import Bytes

extension Pick {
    /// The picked values of a grouped node among those of its child (Format/Segment.md, 5.6).
    func grouped(
        by ordinal: Int, isDerived: Bool, in environment: any PickEnvironment
    ) throws(DecodeError) -> Pick {
        let order = try rowMap.order(groupedBy: ordinal, count: count, in: environment)
        return Pick(of(order.inverted), of: count, isDerived ? .list(inOrder(order)) : .unknown)
    }

    private func inOrder(_ order: [UInt32]) -> [UInt32] {
        switch rowMap {
        case .rows(let rows): order.map { rows[Int($0)] }
        case .unknown, .identity: order
        }
    }
}
