import Segments
import Storage

extension EventScan {
    /// A zone of a part, and which alternatives of the condition its rows may fulfil: bit *i* is the *i*-th.
    struct PossibleZone {
        /// The place of the part among the scan's.
        var part: Int
        /// In the scan's time.
        var times: ClosedRange<Int64>
        var alternatives: UInt64
    }

    /// The zones of all parts, as far as ids and statistics tell. The condition is one of several alternatives.
    mutating func possibleZones() throws(StoreError) -> [PossibleZone] {
        guard let condition, case .any(let nodes) = condition.root, nodes.count <= UInt64.bitWidth else {
            preconditionFailure("a condition without alternatives")
        }
        guard let times else { return [] }
        let ids = IdPruning(condition, snapshot, times)
        var possible: [PossibleZone] = []
        var known: (source: Int, alternatives: [UInt64])?
        for (place, part) in parts.enumerated() {
            let reader = try reader(part.source)
            if known?.source != part.source {
                let entry = sources[part.source].entry
                known = try damage(part.source) { () throws(SegmentError) in
                    let tests = try SegmentTests(condition, in: reader)
                    var alternatives = [UInt64](repeating: 0, count: reader.zones.count)
                    for (number, node) in nodes.enumerated() {
                        let mayPass = try node.zones(alternatives.count) { (test) throws(SegmentError) in
                            zip(try ids.zones(test, of: entry, reader), try tests.zones(test)).map { $0 && $1 }
                        }
                        for zone in mayPass.indices where mayPass[zone] { alternatives[zone] |= 1 << UInt64(number) }
                    }
                    return (part.source, alternatives)
                }
            }
            for zone in part.zones {
                let first = max(times.lowerBound, reader.zones[zone].minTimestamp)
                let last = min(times.upperBound, reader.zones[zone].maxTimestamp)
                guard first <= last, let alternatives = known?.alternatives[zone] else { continue }
                possible.append(PossibleZone(part: place, times: first...last, alternatives: alternatives))
            }
        }
        return possible
    }

    /// From now on only some of the parts count, since no row of the others can be part of a match.
    mutating func keepParts(matching isKept: [Bool]) {
        var kept: [Part] = []
        for (place, part) in parts.enumerated() {
            if isKept[place] { kept.append(part) } else { pruning.zoneCountByPattern += part.zones.count }
        }
        parts = kept
    }
}
