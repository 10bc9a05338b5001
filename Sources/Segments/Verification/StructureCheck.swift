import Bytes
import Columns

/// What can be checked of a segment without decoding its data pages, and what readers do not look at.
struct StructureCheck {
    let reader: SegmentReader
    let columns: [SegmentColumn]

    func check() throws(SegmentError) {
        try checkHeader()
        try checkDirectory()
        try checkSystemColumns()
        try checkResources()
        try checkBuckets()
        for filter in reader.root.filters { _ = try reader.bytes(of: filter.blob, "id filter") }
        let timeColumn = Int(reader.root.timeColumn)
        guard !reader.root.hasTimestamps || columns[timeColumn].type == .timestamp else {
            throw columns[timeColumn].damage("the time column holds no timestamps")
        }
    }

    /// The header repeats what the trailer says; readers of large files never look at it.
    private func checkHeader() throws(SegmentError) {
        let header = try reader.source.read(at: 0, byteCount: Trailer.header.count)
        try SegmentReader.damage { () throws(DecodeError) in try reader.trailer.check(header: header[...]) }
    }

    /// The order of the entries.
    private func checkDirectory() throws(SegmentError) {
        var byIndex = [SegmentColumn?](repeating: nil, count: columns.count)
        for column in columns { byIndex[try reader.directoryIndex(ofOrdinal: column.ordinal)] = column }
        let ordered = byIndex.compactMap(\.self)
        guard ordered.count == columns.count else {
            throw .damaged(.corrupt(at: Int(reader.root.ordinalIndex.offset), "two ordinals lead to one column"))
        }
        for (first, second) in zip(ordered, ordered.dropFirst()) where !first.precedes(second) {
            throw second.damage("directory entries are not ascending")
        }
    }

    private func checkSystemColumns() throws(SegmentError) {
        for column in columns.prefix(ColumnCatalog.sequenceOrdinal + 1) {
            let zoneCount = try column.pages().reduce(0) { $0 + ($1.kind == .data ? $1.zoneCount : 0) }
            guard zoneCount == reader.zones.count, column.valueCount == reader.rowCount else {
                throw column.damage("it does not have every row")
            }
        }
    }

    /// Resources that no page names are read by nobody else.
    private func checkResources() throws(SegmentError) {
        for column in columns {
            for (index, page) in try column.pages().enumerated() where page.kind != .data {
                _ = try reader.decoding { () throws(DecodeError) in try reader.resource(index, of: column) }
            }
        }
    }

    private func checkBuckets() throws(SegmentError) {
        var last = -1
        var bucketColumnCount = 0
        for column in columns where column.type == .overflow {
            bucketColumnCount += 1
            guard bucketColumnCount <= reader.root.overflowBucketCount else {
                throw column.damage("there are more overflow buckets than the root says")
            }
            var number: Int?
            var valueCount = 0
            for (index, page) in try column.pages().enumerated() where page.kind == .data {
                let bucket = try reader.overflowBucket(of: column, page: index)
                guard number ?? bucket == bucket else { throw column.damage("it is two overflow buckets") }
                number = bucket
                valueCount += page.valueCount
            }
            guard valueCount == column.valueCount else { throw column.damage("its pages have \(valueCount) values") }
            guard let number else { continue }
            guard number > last else { throw column.damage("overflow buckets are not ascending") }
            last = number
        }
    }
}

extension SegmentColumn {
    /// Whether the column stands before another in the directory.
    fileprivate func precedes(_ other: SegmentColumn) -> Bool {
        if entry.pathHash != other.entry.pathHash { return entry.pathHash < other.entry.pathHash }
        if path != other.path { return path.encoded.lexicographicallyPrecedes(other.path.encoded) }
        if type != other.type { return type.rawValue < other.type.rawValue }
        return type == .overflow && ordinal < other.ordinal
    }
}
