internal import Bytes

extension Pick {
    /// The picked values of a grouped node among those of its child (Format/Segment.md, 5.6).
    func grouped(
        by ordinal: Int, isDerived: Bool, in environment: any PageEnvironment
    ) throws(DecodeError) -> Pick {
        switch rows {
        case .unknown: throw .corrupt(at: 0, "derived node where its rows are not known")
        case .set(let presence, let picked):
            let groups = try environment.groups(by: ordinal)
            guard presence?.setCount ?? groups.rowCount == count else {
                throw .corrupt(at: 0, "grouped node has another number of rows")
            }
            return Pick(
                try groups.places(of: picked, among: presence), of: count,
                isDerived ? .grouped(groups, presence, picked: picked) : .unknown)
        case .list, .grouped:
            // The rows of what is grouped twice, or stands in slots, are in no order.
            let groups = try environment.groups(by: ordinal).of(rowMap, count: count)
            let rows = try groups.places(of: places, among: nil)
            guard isDerived, case .rows(let all) = rowMap else { return Pick(rows, of: count) }
            return Pick(rows, of: count, .list(groups.order.map { all[Int($0)] }))
        }
    }
}
