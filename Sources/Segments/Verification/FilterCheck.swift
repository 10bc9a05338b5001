import Columns

/// Whether an id filter finds every id where it is, and counts them right.
struct FilterCheck {
    private let filter: IdFilterReader
    private let paths: [ColumnPath]
    private var shortIds: Set<UInt64> = []
    private var longIds: Set<UInt128> = []

    init(_ kind: IdFilterKind, _ filter: IdFilterReader) {
        self.filter = filter
        paths = kind.pathsInFilter
    }

    mutating func add(_ column: RowBatch.Column, zone: Int) throws(SegmentError) {
        guard case .fixed(let bytes, let width) = column.values, paths.contains(column.key.path) else { return }
        for start in stride(from: 0, to: bytes.count, by: width) {
            let id = bytes[start..<start + width]
            guard filter.zones(forKey: Array(id))?.contains(zone) == true else {
                throw .damaged(
                    .corrupt(at: 0, "an id of column \(column.key.path) in zone \(zone) is not in the id filter"))
            }
            if width == 8 {
                shortIds.insert(id.reduce(0) { $0 << 8 | UInt64($1) })
            } else {
                longIds.insert(id.reduce(0) { $0 << 8 | UInt128($1) })
            }
        }
    }

    func checkKeyCount() throws(SegmentError) {
        guard filter.keyCount == shortIds.count + longIds.count else {
            throw .damaged(.corrupt(at: 0, "an id filter counts \(filter.keyCount) ids, there are others"))
        }
    }
}

extension IdFilterKind {
    /// The columns whose ids a filter holds (Format/Segment.md, 9).
    fileprivate var pathsInFilter: [ColumnPath] {
        let keys =
            switch self {
            case .eventIds: ["eventId"]
            case .traceIds: ["traceId"]
            case .spanIds: ["spanId", "parentSpanId"]
            }
        // A store keeps ids that an event has under other names behind a U+0000.
        return (keys + keys.map { "\0" + $0 }).map { ColumnPath(keys: [$0]) }
    }
}
