import Columns
import Segments
import Storage

/// Finds the events that fulfil every one of some conditions.
public struct ForgetFilter: Equatable, Sendable {
    public let conditions: [ForgetCondition]

    public init(_ conditions: [ForgetCondition]) {
        precondition(!conditions.isEmpty, "no condition would be fulfilled by every event")
        self.conditions = conditions
    }

    /// The rows of a batch that are to be forgotten.
    func rows(of batch: RowBatch) -> [Bool] {
        var found = [Bool](repeating: true, count: batch.rowCount)
        for condition in conditions {
            let rows = batch.rows(marked: batch.columns.map { condition.marks($0) })
            for row in found.indices where !rows[row] { found[row] = false }
        }
        return found
    }

    /// The rows of a batch that stay; nil: all.
    func keptRows(of batch: RowBatch) -> [Bool]? {
        let gone = rows(of: batch)
        return gone.contains(true) ? gone.map { !$0 } : nil
    }

    /// How many rows are to be forgotten; 1 is as good as many for those who want to know whether there are any.
    func count(in reader: SegmentReader, upTo limit: Int = .max) throws(SegmentError) -> Int {
        var count = 0
        for range in try ranges(of: reader) where count < limit {
            let batch = try reader.rows(in: range) { column in
                conditions.contains { condition in
                    if case .none = condition.role(of: column.key) { false } else { true }
                }
            }
            count += rows(of: batch).count { $0 }
        }
        return count
    }

    /// Whether a path that no row has any more names what is to be forgotten.
    func isNamed(byUnusedPathOf reader: SegmentReader) throws(SegmentError) -> Bool {
        guard conditions.count == 1, case .anywhere(let value) = conditions[0] else { return false }
        return try reader.allColumns().contains { $0.valueCount == 0 && ForgetCondition.names($0.path, value) }
    }

    /// The batches that statistics and id filters do not exclude.
    private func ranges(of reader: SegmentReader) throws(SegmentError) -> [Range<Int>] {
        var mayHold = [Bool](repeating: true, count: reader.zones.count)
        for condition in conditions {
            var zones = [Bool](repeating: false, count: mayHold.count)
            for column in try reader.allColumns() where !column.type.isSystem {
                try condition.addZones(of: column, in: reader, to: &zones)
            }
            for zone in mayHold.indices where !zones[zone] { mayHold[zone] = false }
            if !mayHold.contains(true) { return [] }
        }
        return try reader.batchRanges().filter { mayHold[$0].contains(true) }
    }
}

extension ForgetCondition {
    /// The zones in which a column may fulfil the condition.
    fileprivate func addZones(
        of column: SegmentColumn, in reader: SegmentReader, to zones: inout [Bool]
    ) throws(SegmentError) {
        let isValue: Bool
        switch role(of: column.key) {
        case .none: return
        case .value: isValue = true
        case .array, .words: isValue = false
        }
        var possible = 0...zones.count - 1
        if isValue, let kind = Self.idKind(column.key), let id = value.id {
            guard let some = try reader.zones(ofId: id, kind: kind) else { return }
            possible = some
        }
        guard let statistics = try column.statistics() else {
            for zone in possible { zones[zone] = true }
            return
        }
        for zone in statistics.zones where possible.contains(zone.zone) {
            if !isValue || value.mayBe(in: zone.bounds, column.type) { zones[zone.zone] = true }
        }
    }

    /// The filter that a column's ids are in (Format/Segment.md, 9).
    private static func idKind(_ key: ColumnKey) -> IdFilterKind? {
        guard key.type.layout == .fixed8 || key.type.layout == .fixed16 else { return nil }
        let fields: [(CanonicalField, IdFilterKind)] = [
            (.eventId, .eventIds), (.traceId, .traceIds), (.spanId, .spanIds), (.parentSpanId, .spanIds),
        ]
        return fields.first { $0.0.path == key.path || $0.0.aliasPath == key.path }?.1
    }
}

extension RowBatch {
    /// The rows in which a marked value stands; a column without marks has an empty array.
    fileprivate func rows(marked marks: [[Bool]]) -> [Bool] {
        var found = [Bool](repeating: false, count: rowCount)
        let marked = shapes.map { $0.filter { !marks[$0].isEmpty } }
        guard marked.contains(where: { !$0.isEmpty }) else { return found }
        var cursors = [Int](repeating: 0, count: columns.count)
        for row in 0..<rowCount {
            for column in marked[Int(shapeOfRow[row])] {
                if marks[column][cursors[column]] { found[row] = true }
                cursors[column] += 1
            }
        }
        return found
    }
}
