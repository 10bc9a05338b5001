import Bytes
import Columns
import Segments

/// Samples the rows of one window on their way into the cold tier.
struct RowSampling {
    private let policy: SamplingPolicy
    private let markedTraces: Set<[UInt8]>
    private var states: StateReader

    /// Looks for marked traces in the window, and in those beside it, into which a trace may reach.
    init(
        _ policy: SamplingPolicy, _ mapping: StateMapping, _ window: TimeWindow, _ snapshot: Snapshot,
        _ pace: inout Pace
    ) throws(StoreError) {
        self.policy = policy
        states = StateReader(mapping)
        var marked: Set<[UInt8]> = []
        for entry in snapshot.state.orderedSegments
        where abs(Int(entry.window.index) - Int(window.index)) <= 1 {
            let reader = try snapshot.open(entry)
            try wrap(snapshot.path(entry)) { () throws(SegmentError) in
                try Self.addMarkedTraces(of: reader, policy, to: &marked)
            }
            pace.spend(reader.readByteCount)
        }
        markedTraces = marked
    }

    private static func addMarkedTraces(
        of reader: SegmentReader, _ policy: SamplingPolicy, to marked: inout Set<[UInt8]>
    ) throws(SegmentError) {
        guard try reader.allColumns().contains(where: { policy.isMark($0.path) }) else { return }
        let trace = [CanonicalField.traceId.path, CanonicalField.traceId.aliasPath]
        for range in try reader.batchRanges() {
            let batch = try reader.rows(in: range) { policy.isMark($0.path) || trace.contains($0.path) }
            let marks = RowImportance.marks(in: batch, policy)
            guard marks.contains(true) else { continue }
            let traces = RowTexts(batch, .traceId)
            for row in marks.indices where marks[row] {
                if let text = traces[row] { marked.insert(text) }
            }
        }
    }

    /// The rows that stay, those that stand for others with their weight. A row that has a weight was sampled before,
    /// and stays as it is.
    mutating func sample(_ batch: RowBatch) -> (batch: RowBatch, kept: [Bool]?) {
        let traces = RowTexts(batch, .traceId)
        var isCertain = RowImportance.errors(in: batch)
        for (row, isMarked) in RowImportance.marks(in: batch, policy).enumerated() where isMarked {
            isCertain[row] = true
        }
        for change in states.changes(in: batch) { isCertain[change.row] = true }
        for column in batch.columns.indices where batch.columns[column].key.path == SamplingPolicy.weightPath {
            for row in batch.rows(ofColumn: column) { isCertain[Int(row)] = true }
        }
        let marked = traces.texts.map { markedTraces.contains($0) }
        let kept = traces.texts.map { policy.keeps(checksum($0)) }
        let loose = looseRows(batch, traces)
        var isKept = isCertain
        var isSampled = [Bool](repeating: false, count: batch.rowCount)
        for row in isKept.indices where !isCertain[row] {
            let trace = traces.codes[row]
            if trace >= 0, marked[trace] {
                isKept[row] = true
            } else {
                isSampled[row] = trace >= 0 ? kept[trace] : loose[row]
                isKept[row] = isSampled[row]
            }
        }
        return (
            batch.adding(policy.weight, at: SamplingPolicy.weightPath, to: isSampled),
            isKept.contains(false) ? isKept : nil
        )
    }

    /// Whether rows without a trace stay: by their event's id, else by all that they say.
    private func looseRows(_ batch: RowBatch, _ traces: RowTexts) -> [Bool] {
        guard traces.codes.contains(where: { $0 < 0 }) else { return [Bool](repeating: false, count: batch.rowCount) }
        let ids = RowTexts(batch, .eventId)
        let contents = ids.codes.contains(where: { $0 < 0 }) ? ContentChecksum.rowHashes(of: batch) : []
        return (0..<batch.rowCount).map { row in
            policy.keeps(ids[row].map { checksum($0) } ?? contents[row])
        }
    }
}

extension RowBatch {
    /// These rows with a number more in some of them.
    fileprivate func adding(_ value: Double, at path: ColumnPath, to rows: [Bool]) -> RowBatch {
        guard rows.contains(true) else { return self }
        var batch = self
        batch.columns.append(
            Column(
                ordinal: (columns.last?.ordinal ?? 0) + 1, key: ColumnKey(path: path, type: .double),
                values: .doubles([Double](repeating: value, count: rows.count { $0 }))))
        let count = UInt32(shapes.count)
        batch.shapes += shapes.map { $0 + [columns.count] }
        for row in rows.indices where rows[row] { batch.shapeOfRow[row] += count }
        return batch
    }
}
