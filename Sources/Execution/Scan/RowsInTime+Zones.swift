import Bytes
import Columns
import Segments

extension RowsInTime {
    /// Leaves out the rows of a part that are not in a time.
    func restrict(
        _ rows: inout Bitmap, of part: EventScan.Part, to times: ClosedRange<Int64>, _ zones: ZoneScan,
        _ timeColumn: SegmentColumn
    ) throws(SegmentError) {
        if let known = known(part) {
            rows.formIntersection(known)
            return
        }
        let (inside, doubtful) = Self.rows(of: zones, inTime: times)
        var asked = rows
        asked.formIntersection(doubtful)
        if asked.isEmpty {
            rows.formIntersection(inside)
            return
        }
        let stretches = try zones.timeStretches(of: timeColumn, insteadOf: asked.setCount)
        guard stretches == nil, zones.areFew(asked) else {
            let found = try zones.rows(of: timeColumn, in: times)
            keep(found, of: part)
            rows.formIntersection(found)
            return
        }
        rows.formIntersection(inside)
        let words = try zones.words(of: timeColumn, in: asked)
        for (row, word) in zip(asked.positions, words) where times.contains(Int64(bitPattern: word)) {
            rows[Int(row)] = true
        }
    }

    /// The rows whose zones are all in a time, and those of zones that are so in part.
    private static func rows(
        of zones: ZoneScan, inTime times: ClosedRange<Int64>
    ) -> (inside: Bitmap, doubtful: Bitmap) {
        let entries = zones.reader.zones[zones.zones]
        var (inside, doubtful) = (Bitmap(count: zones.rowCount), Bitmap(count: zones.rowCount))
        let first = entries.first?.firstRow ?? 0
        for zone in entries where zone.minTimestamp <= zone.maxTimestamp {
            let ofZone = zone.minTimestamp...zone.maxTimestamp
            guard ofZone.overlaps(times) else { continue }
            let rows = zone.rows.lowerBound - first..<zone.rows.upperBound - first
            if ofZone.clamped(to: times) == ofZone { inside.insert(rows) } else { doubtful.insert(rows) }
        }
        return (inside, doubtful)
    }
}
