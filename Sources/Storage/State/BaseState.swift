import Columns
import Segments

/// What is left of events that retention removes: the last change of each field of each entity (Docs/State.md).
///
/// It is kept as the events that made these changes, reduced to what bears state: so whatever reads state, forgets or
/// verifies does with them what it does with events.
struct BaseState {
    /// A segment, all of whose rows go, or those that a filter does not keep.
    struct Input {
        var entry: SegmentEntry
        var keeping: SegmentMerge.RowFilter?
    }

    /// A row of an input.
    private struct Place: Hashable {
        var input: Int
        var row: Int
    }

    private let snapshot: Snapshot
    private let mapping: StateMapping
    private let policy: RetentionPolicy
    private let inputs: [Input]
    /// Inputs before this are what is there already.
    private let baseCount: Int
    private var fold = StateFold<Place>()
    private(set) var pace: Pace

    /// Reads the changes of what is there and of some inputs.
    init(
        _ snapshot: Snapshot, _ mapping: StateMapping, _ policy: RetentionPolicy, adding inputs: [Input],
        _ budget: JobBudget
    ) throws(StoreError) {
        self.snapshot = snapshot
        self.mapping = mapping
        self.policy = policy
        let base = snapshot.state.orderedBaseSegments.map { Input(entry: $0) }
        baseCount = base.count
        self.inputs = base + inputs
        pace = Pace(budget, snapshot.store.clock)
        var reader = StateReader(mapping)
        for index in self.inputs.indices { try readChanges(of: index, &reader) }
        fold.dropEnded(reader.keys)
    }

    /// The segments that the new base state takes the place of.
    var replaced: [SegmentId] { inputs[..<baseCount].map(\.entry.id) }

    /// Whether the inputs say anything that is not there already.
    var isNew: Bool { fold.values.values.contains { $0.payload.input >= baseCount } }

    private mutating func readChanges(of index: Int, _ reader: inout StateReader) throws(StoreError) {
        let input = inputs[index]
        try eachBatch(of: input) { (batch, firstRow) in
            guard let times = batch.times else { return }
            let kept = input.keeping?(batch)
            // A filter that keeps all rows leaves nothing to be read.
            if input.keeping != nil, kept == nil { return }
            for change in reader.changes(in: batch) where !(kept?[change.row] ?? false) {
                fold.add(
                    change, time: times[change.row], sequence: batch.sequences[change.row],
                    payload: Place(input: index, row: firstRow + change.row))
            }
        }
    }

    /// Writes the rows that made the last changes.
    func write(_ writer: StoreWriter, _ budget: JobBudget) throws(StoreError) -> [SegmentEntry] {
        let places = Set(fold.values.values.map(\.payload))
        guard let first = places.min(by: { ($0.input, $0.row) < ($1.input, $1.row) }) else { return [] }
        var rows: [Int: Set<Int>] = [:]
        for place in places { rows[place.input, default: []].insert(place.row) }
        var output = MergeOutput(
            window: inputs[first.input].entry.window, kind: .baseState, writer, budget.options(.warm),
            budget.rowCountPerSegment)
        var pace = pace
        for index in inputs.indices {
            guard let wanted = rows[index] else { continue }
            let path = snapshot.path(inputs[index].entry)
            try eachBatch(of: inputs[index], with: wanted) {
                (batch, firstRow) throws(StoreError) in
                let kept = (firstRow..<firstRow + batch.rowCount).map { wanted.contains($0) }
                if kept.contains(true) { try output.append(batch, keeping: kept, from: path) }
                pace.spend(output.takeWrittenByteCount())
            }
        }
        return try output.finish(snapshot, &pace)
    }

    /// Calls `body` with the batches that may bear state (and have one of some rows), reduced to what the mapping and
    /// forgetting need, and the number of their first row.
    private func eachBatch(
        of input: Input, with rows: Set<Int>? = nil, _ body: (RowBatch, Int) throws(StoreError) -> Void
    ) throws(StoreError) {
        let reader = try snapshot.open(input.entry)
        let path = snapshot.path(input.entry)
        let ranges = try wrap(path) { () throws(SegmentError) in try reader.ranges(bearing: mapping) }
        for range in ranges {
            let firstRow = reader.zones[range.lowerBound].firstRow
            let all = firstRow..<reader.zones[range.upperBound - 1].rows.upperBound
            if let rows, !rows.contains(where: { all.contains($0) }) { continue }
            let batch = try wrap(path) { () throws(SegmentError) in
                try reader.rows(in: range) { mapping.needs($0.path) || policy.isForForgetting($0.path) }
            }
            try body(batch, firstRow)
        }
    }
}
