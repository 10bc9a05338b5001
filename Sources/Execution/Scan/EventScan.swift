import Bytes
import Columns
import Ingest
import Segments
import Storage
import TimeQL

/// The rows of a snapshot that can be in some time, part by part, and the fields that they have.
struct EventScan {
    /// Pages of one segment that belong together.
    struct Part {
        fileprivate var source: Source
        fileprivate var zones: Range<Int>
        var times: ClosedRange<Int64>
        /// Makes an order of parts the same always.
        var number: Int
    }

    /// Where rows are.
    fileprivate enum Source {
        case segment(SegmentEntry)
        /// Those of a log file, in memory.
        case log(LogRange, SegmentReader)
    }

    private let snapshot: Snapshot
    /// Nil when it is no time at all.
    let times: ClosedRange<Int64>?
    /// Rows that were stored later are not known yet.
    private let knownAt: Int64
    private let mapping: StateMapping?
    private(set) var parts: [Part] = []
    private(set) var catalog = FieldCatalog()
    private var segments: OpenSegments

    /// Some ten thousand rows: their lines take some megabytes.
    private static let zoneCountPerPart = 4

    /// With a mapping, only the parts that may bear state, and what is left of events that retention has removed.
    init(
        _ snapshot: Snapshot, times: ClosedRange<Int64>?, knownAt: Int64, bearing mapping: StateMapping? = nil
    ) throws(StoreError) {
        self.snapshot = snapshot
        self.times = times
        self.knownAt = knownAt
        self.mapping = mapping
        segments = OpenSegments(snapshot)
        guard let times else { return }
        let base = mapping == nil ? [] : snapshot.state.orderedBaseSegments
        for entry in base + snapshot.state.orderedSegments
        where entry.times.overlaps(times) && entry.storedAt.lowerBound <= knownAt {
            try add(snapshot.open(entry), .segment(entry))
        }
        for log in snapshot.logs {
            for reader in try LogSegments.read(log, in: snapshot) { try add(reader, .log(log, reader)) }
        }
    }

    private mutating func add(_ reader: SegmentReader, _ source: Source) throws(StoreError) {
        do throws(SegmentError) {
            let zones = reader.zones
            let ranges =
                if let mapping {
                    try reader.ranges(bearing: mapping)
                } else {
                    try reader.batchRanges(upTo: Self.zoneCountPerPart)
                }
            for range in ranges {
                let lowest = zones[range].map(\.minTimestamp).min() ?? .min
                let highest = zones[range].map(\.maxTimestamp).max() ?? .max
                guard let times, lowest <= highest, (lowest...highest).overlaps(times) else { continue }
                parts.append(Part(source: source, zones: range, times: lowest...highest, number: parts.count))
            }
            try catalog.add(reader)
        } catch {
            throw .segment(path: path(source), error)
        }
    }

    /// From the first to the last time that there may be in the scan's time.
    var knownTimes: ClosedRange<Int64>? {
        guard let times, let first = parts.map(\.times.lowerBound).min(), let last = parts.map(\.times.upperBound).max()
        else { return nil }
        return max(first, times.lowerBound)...min(last, times.upperBound)
    }

    /// What is wrong with a part that was read.
    func damage(of part: Part, _ error: DecodeError) -> StoreError {
        .segment(path: path(part.source), .damaged(error))
    }

    private func path(_ source: Source) -> String {
        switch source {
        case .segment(let entry): snapshot.path(entry)
        case .log(let log, _): snapshot.store.paths.log(log.id)
        }
    }

    private mutating func reader(_ source: Source) throws(StoreError) -> SegmentReader {
        switch source {
        case .log(_, let reader): return reader
        case .segment(let entry):
            return try segments.reader(entry)
        }
    }

    /// The rows of a part that fulfil a condition, with the columns that are wanted: first those that the condition
    /// needs are read, and the others only when a row is left. Nil when none is.
    mutating func rows(
        of part: Part, where condition: BoundPredicate?, with isWanted: (ColumnPath) -> Bool
    ) throws(StoreError) -> (batch: RowBatch, times: [Int64])? {
        let reader = try reader(part.source)
        var needed = Set((condition?.fields ?? []).flatMap(\.paths))
        needed.formUnion(BoundField.timestamp.paths)
        do throws(SegmentError) {
            let tested = try reader.rows(in: part.zones) { needed.contains($0.path) }
            guard let allTimes = tested.times else {
                throw SegmentError.damaged(.corrupt(at: 0, "a row has no time"))
            }
            let found = condition?.rows(of: tested) ?? Bitmap(count: tested.rowCount, repeating: true)
            var rows: [Int] = []
            found.forEachSet { row in
                if times?.contains(allTimes[row]) == true, Int64(bitPattern: tested.storedAt[row]) <= knownAt {
                    rows.append(row)
                }
            }
            guard !rows.isEmpty else { return nil }
            let batch = try reader.rows(in: part.zones) { isWanted($0.path) }
            return (batch.selecting(rows), rows.map { allTimes[$0] })
        } catch {
            throw .segment(path: path(part.source), error)
        }
    }
}
