public import Columns
import Segments

/// Segments of one window that become others: merged, moved to another tier, or without some of their rows.
public struct SegmentMerge: Equatable, Sendable {
    public var inputs: [SegmentEntry]
    public var tier: EncodingProfile.Tier

    public init(_ inputs: [SegmentEntry], to tier: EncodingProfile.Tier) {
        self.inputs = inputs.sorted { ($0.sequences.lowerBound, $0.id) < ($1.sequences.lowerBound, $1.id) }
        self.tier = tier
    }

    /// Which rows of a batch stay; nil: all.
    package typealias RowFilter = (RowBatch) -> [Bool]?

    /// Writes the new segments, reads them back, and puts them in the place of the old ones. Nil: another process has
    /// changed the old ones meanwhile, and nothing was done. `forgetting`: the rows that do not stay are forgotten on
    /// demand, by the run that began then. `outdating`: the keyframes that know too much when rows do not stay.
    package func run(
        _ snapshot: Snapshot, _ writer: StoreWriter, _ budget: JobBudget, forgetting start: Int64? = nil,
        sampling: (policy: SamplingPolicy, mapping: StateMapping)? = nil, outdating outdated: OutdatedKeyframes = .none,
        keeping filter: RowFilter = { _ in nil }
    ) throws(StoreError) -> [SegmentEntry]? {
        var pace = Pace(budget, snapshot.store.clock)
        var output = MergeOutput(like: inputs[0], writer, budget.options(tier), budget.rowCountPerSegment)
        var sample: RowSampling?
        if let sampling {
            sample = try RowSampling(sampling.policy, sampling.mapping, inputs[0].window, snapshot, &pace)
        }
        for input in inputs {
            let reader = try snapshot.open(input)
            let path = snapshot.path(input)
            let ranges = try wrap(path) { () throws(SegmentError) in try reader.batchRanges() }
            for range in ranges {
                let read = try wrap(path) { () throws(SegmentError) in try reader.rows(in: range) }
                let (batch, kept) = sample?.sample(read) ?? (read, filter(read))
                try output.append(batch, keeping: kept, from: path)
                pace.spend(input.byteCount / ranges.count + output.takeWrittenByteCount())
            }
        }
        let entries = try output.finish(snapshot, &pace)
        do throws(StoreError) {
            let goneCount = (inputs.reduce(0) { $0 + $1.rowCount }) - entries.reduce(0) { $0 + $1.rowCount }
            try writer.commit(
                adding: entries, dropping: inputs.map(\.id),
                noting: start.map { ForgetEntry(time: $0, rowCount: UInt64(goneCount), rejectCount: 0) },
                outdated: outdated)
        } catch {
            if case .conflict = error { return nil }
            throw error
        }
        return entries
    }
}

/// Runs what reads or writes a segment and reports what fails as a failure of the store.
func wrap<Value>(_ path: String, _ body: () throws(SegmentError) -> Value) throws(StoreError) -> Value {
    do { return try body() } catch { throw .segment(path: path, error) }
}
