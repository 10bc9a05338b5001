import Segments
import Storage

extension EventScan {
    /// The scan of only those rows that fulfil all of some conditions.
    func restricted(to conditions: [BoundPredicate]) throws(StoreError) -> EventScan {
        var scan = self
        if !conditions.isEmpty { try scan.restrict(to: Condition(.all(conditions))) }
        return scan
    }

    /// From now on only rows count that fulfil a condition; parts are left out of which is proven that no row does.
    mutating func restrict(to condition: Condition) throws(StoreError) {
        precondition(self.condition == nil, "a scan has one condition")
        self.condition = condition
        tests = [:]
        let ids = IdPruning(condition, snapshot, times ?? 0...0)
        var kept: [Part] = []
        var mayPass: (source: Int, byId: [Bool], byStatistics: [Bool])?
        for part in parts {
            if mayPass?.source != part.source {
                let reader = try reader(part.source)
                let (entry, count) = (sources[part.source].entry, reader.zones.count)
                mayPass = try damage(part.source) { () throws(SegmentError) in
                    let byId = try condition.root.zones(count) { (number) throws(SegmentError) in
                        try ids.zones(number, of: entry, reader)
                    }
                    guard byId.contains(true) else { return (part.source, byId, byId) }
                    let tests = try SegmentTests(condition, in: reader)
                    let byStatistics = try condition.root.zones(count) { (number) throws(SegmentError) in
                        try tests.zones(number)
                    }
                    return (part.source, byId, byStatistics)
                }
            }
            guard let (_, byId, byStatistics) = mayPass else { continue }
            if !byId[part.zones].contains(true) {
                pruning.zoneCountById += part.zones.count
            } else if !part.zones.contains(where: { byId[$0] && byStatistics[$0] }) {
                pruning.zoneCountByStatistics += part.zones.count
            } else {
                kept.append(part)
            }
        }
        parts = kept
    }
}
