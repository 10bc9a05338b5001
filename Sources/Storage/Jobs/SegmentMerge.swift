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
    /// demand, by the run that began then.
    package func run(
        _ snapshot: Snapshot, _ writer: StoreWriter, _ budget: JobBudget, forgetting start: Int64? = nil,
        keeping filter: RowFilter = { _ in nil }
    ) throws(StoreError) -> [SegmentEntry]? {
        var pace = Pace(budget, snapshot.store.clock)
        var output = MergeOutput(inputs[0].window, writer, budget.options(tier), budget.rowCountPerSegment)
        for input in inputs {
            let reader = try snapshot.open(input)
            do throws(SegmentError) {
                let ranges = try reader.batchRanges()
                for range in ranges {
                    let batch = try reader.rows(in: range)
                    try output.append(batch, keeping: filter(batch))
                    pace.spend(input.byteCount / ranges.count + output.takeWrittenByteCount())
                }
            } catch {
                throw output.failure ?? .segment(path: snapshot.path(input), error)
            }
        }
        let entries = try output.finish()
        pace.spend(entries.reduce(0) { $0 + $1.byteCount } - output.countedByteCount)
        try check(entries, output.content, snapshot, &pace)
        do throws(StoreError) {
            let goneCount = (inputs.reduce(0) { $0 + $1.rowCount }) - entries.reduce(0) { $0 + $1.rowCount }
            try writer.commit(
                adding: entries, dropping: inputs.map(\.id),
                noting: start.map { ForgetEntry(time: $0, rowCount: UInt64(goneCount), rejectCount: 0) })
        } catch {
            if case .conflict = error { return nil }
            throw error
        }
        return entries
    }

    /// Reads back what was written: it must say exactly what the inputs say.
    private func check(
        _ entries: [SegmentEntry], _ expected: ContentChecksum, _ snapshot: Snapshot, _ pace: inout Pace
    ) throws(StoreError) {
        var found = ContentChecksum()
        for entry in entries {
            let reader = try snapshot.open(entry)
            do throws(SegmentError) { found.add(try ContentChecksum.of(reader)) } catch {
                throw .segment(path: snapshot.path(entry), error)
            }
            pace.spend(entry.byteCount)
        }
        guard found == expected else {
            throw .invalid(
                "the segments written from \(inputs.map { snapshot.path($0) }.joined(separator: ", ")) say something "
                    + "else; the old ones stay. This is a mistake in the program: please report it")
        }
    }
}

/// The segments that a merge writes, one after another.
private struct MergeOutput {
    private let window: TimeWindow
    private let writer: StoreWriter
    private let options: SegmentWriterOptions
    private let rowLimit: Int
    private var segment: NewSegment?
    private var rowCount = 0
    private var writtenByteCount = 0
    private(set) var countedByteCount = 0
    private var entries: [SegmentEntry] = []
    private(set) var content = ContentChecksum()
    /// Why the last append failed, when it was not the input's fault.
    private(set) var failure: StoreError?

    init(_ window: TimeWindow, _ writer: StoreWriter, _ options: SegmentWriterOptions, _ rowLimit: Int) {
        self.window = window
        self.writer = writer
        self.options = options
        self.rowLimit = rowLimit
    }

    mutating func append(_ batch: RowBatch, keeping kept: [Bool]?) throws(SegmentError) {
        do throws(StoreError) {
            if rowCount > 0, rowCount + batch.rowCount > rowLimit { try endSegment() }
            let segment = try openSegment()
            rowCount += batch.rowCount
            do throws(SegmentError) {
                try SegmentRewriter.append(batch, keeping: kept, to: segment.writer, &content)
            } catch {
                throw .segment(path: segment.path, error)
            }
        } catch {
            if case .segment(_, let inner) = error, case .damaged = inner { throw inner }
            failure = error
            throw .io("\(error)")
        }
    }

    /// Bytes written since this was asked last, as far as bands were full.
    mutating func takeWrittenByteCount() -> Int {
        let byteCount = segment?.writer.byteCount ?? 0
        let news = max(0, byteCount - writtenByteCount)
        writtenByteCount = byteCount
        countedByteCount += news
        return news
    }

    private mutating func openSegment() throws(StoreError) -> NewSegment {
        if let segment { return segment }
        let begun = try writer.beginSegment(window, options: options)
        segment = begun
        return begun
    }

    private mutating func endSegment() throws(StoreError) {
        if let entry = try segment?.finish() { entries.append(entry) }
        segment = nil
        rowCount = 0
        writtenByteCount = 0
    }

    mutating func finish() throws(StoreError) -> [SegmentEntry] {
        try endSegment()
        return entries
    }
}
