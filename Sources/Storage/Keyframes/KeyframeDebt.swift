import Segments

/// How many changes a question may have to go through because they are in no keyframe yet.
public struct KeyframeDebt {
    /// Of segments that were looked into.
    private var known: [SegmentId: Int] = [:]

    public init() {}

    /// The changes that a mapping may find in all segments that are in no keyframe, at most.
    public mutating func changeCount(_ snapshot: Snapshot, _ mapping: StateMapping) throws(StoreError) -> Int {
        var counts: [SegmentId: Int] = [:]
        for entry in snapshot.state.stateSegments where !snapshot.state.checkpointed.contains(entry.id) {
            if let count = known[entry.id] {
                counts[entry.id] = count
                continue
            }
            let reader = try snapshot.open(entry)
            counts[entry.id] = try wrap(snapshot.path(entry)) { () throws(SegmentError) in
                try reader.valueCount(bearing: mapping)
            }
        }
        known = counts
        return counts.values.reduce(0, +)
    }
}

extension SegmentReader {
    /// The values of columns that bear state, besides those that tell whose it is.
    fileprivate func valueCount(bearing mapping: StateMapping) throws(SegmentError) -> Int {
        var count = 0
        for column in try allColumns() where !column.type.isSystem && mapping.bears(column.path) {
            let isName = mapping.objects.contains { object in
                column.path.keys == object.keys + ["entity"] || column.path.keys == object.keys + ["key"]
            }
            if !isName { count += column.valueCount }
        }
        return count
    }
}
