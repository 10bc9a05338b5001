public import Bytes
import Columns

extension ZoneScan {
    /// About when each row happened, for a column of times that every row has; nil where that is not worth it, so that
    /// who wants to know decodes the times of the rows that matter.
    ///
    /// - Parameter rowCount: the times of so many rows would have to be decoded in its place.
    public func timeStretches(
        of column: SegmentColumn, insteadOf rowCount: Int
    ) throws(SegmentError) -> TimeStretches? {
        guard let index = try ownPage(of: column), try column.pages()[index].presence == .everyRow else { return nil }
        let key = PageCache.Key(
            segment: reader.rootChecksum, column: column.ordinal, page: index, buffer: PageCache.Key.times)
        if let known = reader.pageCache?.times(key) { return known }
        // Where a row of each half of a stretch is wanted, nearly all times have to be decoded for them.
        guard let cache = reader.pageCache, rowCount >= self.rowCount / (TimeStretches.rowCount / 2) else { return nil }
        let times = try reader.decoding { () throws(DecodeError) -> [UInt64]? in
            let scope = try PageScope(reader: reader, column: column, pageIndex: index, depth: 0)
            let page = try scope.parse()
            guard case .timestamps(let node, _) = page.body, try Self.hasAnchors(node, in: scope) else { return nil }
            return try node.decode(count: page.valueCount, rows: .identity, in: scope)
        }
        guard let times, times.count == self.rowCount else { return nil }
        let stretches = TimeStretches(times)
        cache.keep(stretches, key)
        return stretches
    }

    /// Whether single times are to be had without the decoding of all.
    private static func hasAnchors(_ node: IntegerNode, in scope: PageScope) throws(DecodeError) -> Bool {
        guard case .equal(let ordinal, _, let links) = node, links.restCount == 0 else { return node.hasAnchors }
        // The times of another column, as those of events are of the field that we took for them.
        let column = try scope.reader.reading { () throws(SegmentError) in try scope.reader.column(ordinal: ordinal) }
        guard case .timestamps(let source, _)? = try scope.scope(of: column)?.parse().body else { return false }
        return source.hasAnchors
    }

    /// The rows that are in some time, for a column of times that every row has.
    public func rows(
        of column: SegmentColumn, in times: ClosedRange<Int64>
    ) throws(SegmentError) -> Bitmap {
        guard let stretches = try timeStretches(of: column, insteadOf: rowCount) else {
            let range = IntegerPredicate.range(
                UInt64(bitPattern: times.lowerBound), UInt64(bitPattern: times.upperBound), isSigned: true)
            return try matches(column, .integers(range), DictionaryAnswers())
        }
        var found = Bitmap(count: rowCount)
        var unknown = found
        for (number, stretch) in stretches.stretches.enumerated() where stretch.times.overlaps(times) {
            let start = number * TimeStretches.rowCount
            let rows = start..<min(start + TimeStretches.rowCount, rowCount)
            if times.contains(stretch.times) {
                found.insert(rows)
                continue
            }
            for row in rows {
                let possible = stretches.times(ofRow: row, in: stretch)
                if times.contains(possible) {
                    found[row] = true
                } else if times.overlaps(possible) {
                    unknown[row] = true
                }
            }
        }
        if unknown.isEmpty { return found }
        for (row, time) in zip(unknown.positions, try words(of: column, in: unknown)) {
            found[Int(row)] = times.contains(Int64(bitPattern: time))
        }
        return found
    }
}
