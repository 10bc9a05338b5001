import Bytes
import Columns
import Ingest
import Segments
import Storage

extension EventScan {
    /// The rows of a part that are in time and fulfil the condition; nil when none is.
    mutating func found(in part: Part) throws(StoreError) -> FoundRows? {
        try found(in: part) { (condition, all, rows) throws(SegmentError) in
            try condition.root.rows(among: all, rows)
        }
    }

    /// Of a condition that is one of several, also which of these each of the rows fulfils: bit *i* is the *i*-th.
    mutating func foundAlternatives(in part: Part) throws(StoreError) -> (rows: FoundRows, fulfilled: [UInt64])? {
        var rowsOfNodes: [Bitmap] = []
        let found = try found(in: part) { (condition, all, rows) throws(SegmentError) in
            guard case .any(let nodes) = condition.root, nodes.count <= UInt64.bitWidth else {
                preconditionFailure("a condition without alternatives")
            }
            var found = Bitmap(count: all.count)
            for node in nodes {
                let more = try node.rows(among: all, rows)
                found.formUnion(more)
                rowsOfNodes.append(more)
            }
            return found
        }
        guard let found else { return nil }
        let ranks = BitmapRanks(found.rows)
        var fulfilled = [UInt64](repeating: 0, count: found.count)
        for (number, var rows) in rowsOfNodes.enumerated() {
            rows.formIntersection(found.rows)
            rows.forEachSet { fulfilled[Int(ranks.rank(of: UInt32($0)))] |= 1 << UInt64(number) }
        }
        return (found, fulfilled)
    }

    /// `evaluate` tells which of all rows fulfil the condition, and is given what tells which of some pass a test.
    private mutating func found(
        in part: Part,
        _ evaluate: (
            Condition, _ all: Bitmap, _ rows: (Int, Bitmap) throws(SegmentError) -> Bitmap
        ) throws(SegmentError) -> Bitmap
    ) throws(StoreError) -> FoundRows? {
        let start = recorder?.now ?? 0
        let reader = try reader(part.source)
        let readByteCount = reader.readByteCount
        let tests = try tests(of: part.source, reader)
        let isKnown = sources[part.source].isKnown
        let (condition, times, knownAt, rowsInTime) = (condition, times ?? 0...0, knownAt, rowsInTime)
        let found = try damage(part.source) { () throws(SegmentError) -> FoundRows? in
            let timeColumn = try Self.timeColumn(reader)
            let zones = ZoneScan(reader, part.zones)
            var rows = Bitmap(count: zones.rowCount, repeating: true)
            if let condition, let tests {
                rows = try evaluate(condition, rows) { (number, wanted) throws(SegmentError) in
                    try tests.rows(number, among: wanted, in: zones)
                }
            }
            if !isKnown, !rows.isEmpty { rows.formIntersection(try zones.rows(storedBy: knownAt)) }
            let isInTime = times.lowerBound <= part.times.lowerBound && part.times.upperBound <= times.upperBound
            if !isInTime, !rows.isEmpty {
                try rowsInTime.restrict(&rows, of: part, to: times, zones, timeColumn)
            }
            return rows.isEmpty ? nil : FoundRows(zones, rows, times: timeColumn)
        }
        recorder?.add(
            "filter", from: start, thread: thread,
            ScanCounts(
                partCount: 1, zoneCount: part.zones.count, rowCount: part.rowCount, foundCount: found?.count ?? 0,
                byteCount: reader.readByteCount - readByteCount))
        return found
    }

    private static func timeColumn(_ reader: SegmentReader) throws(SegmentError) -> SegmentColumn {
        guard let column = try reader.columns(at: CanonicalField.timestamp.aliasPath).first,
            column.valueCount == reader.rowCount
        else { throw .damaged(.corrupt(at: 0, "a row has no time")) }
        return column
    }

    /// Rows of a part that were found before, by their places in it, which ascend.
    mutating func rows(_ places: [Int], of part: Part) throws(StoreError) -> FoundRows {
        let reader = try reader(part.source)
        let zones = ZoneScan(reader, part.zones)
        var rows = Bitmap(count: zones.rowCount)
        for place in places { rows[place] = true }
        let timeColumn = try damage(part.source) { () throws(SegmentError) in try Self.timeColumn(reader) }
        return FoundRows(zones, rows, times: timeColumn)
    }

    /// The condition in terms of a source's columns, made once as long as its reader stays the same.
    private mutating func tests(of source: Int, _ reader: SegmentReader) throws(StoreError) -> SegmentTests? {
        guard let condition else { return nil }
        if let known = tests[source], known.reader === reader { return known }
        let made = try damage(source) { () throws(SegmentError) in try SegmentTests(condition, in: reader) }
        tests[source] = made
        return made
    }

    /// The rows of a part that fulfil the condition, with the columns that are wanted, which are read only when a row
    /// is left. Nil when none is.
    mutating func rows(
        of part: Part, with isWanted: (ColumnPath) -> Bool
    ) throws(StoreError) -> (batch: RowBatch, times: [Int64])? {
        guard let found = try found(in: part) else { return nil }
        return try reading(part) { () throws(SegmentError) in
            (try found.batch(where: isWanted), try found.times())
        }
    }

    /// Reads more of the rows that were found in a part.
    mutating func reading<Value>(
        _ part: Part, _ body: () throws(SegmentError) -> Value
    ) throws(StoreError) -> Value {
        let reader = try reader(part.source)
        let (readByteCount, start) = (reader.readByteCount, recorder?.now ?? 0)
        defer {
            recorder?.add(
                "decode", from: start, thread: thread, ScanCounts(byteCount: reader.readByteCount - readByteCount))
        }
        return try damage(part.source, body)
    }
}
