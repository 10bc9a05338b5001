import Columns
import Segments

/// The parts of some segments that may bear state in some time, and the changes in them.
struct StateScan {
    /// Zones of a segment whose columns of state share pages.
    struct Part {
        var source: Int
        var zones: Range<Int>
        var times: ClosedRange<Int64>
        var rowCount: Int
    }

    /// Where rows are.
    private enum Source {
        case segment(SegmentEntry)
        /// In memory.
        case reader(SegmentReader, path: String)
    }

    private let snapshot: Snapshot
    private let mapping: StateMapping
    private var sources: [Source] = []
    private var open: OpenSegments
    private var reader: StateReader
    private var readByteCount = 0
    private(set) var parts: [Part] = []

    init(_ snapshot: Snapshot, _ mapping: StateMapping) {
        self.snapshot = snapshot
        self.mapping = mapping
        open = OpenSegments(snapshot)
        reader = StateReader(mapping)
    }

    /// Segments with parts.
    var segmentCount: Int {
        Set(parts.map(\.source)).count { if case .segment = sources[$0] { true } else { false } }
    }

    /// The entities and fields that rows name.
    var keys: StateKeys { reader.keys }

    /// Adds the parts of a segment that can have changes in some time.
    mutating func add(_ entry: SegmentEntry, in times: ClosedRange<Int64>) throws(StoreError) {
        guard entry.times.overlaps(times) else { return }
        try add(.segment(entry), open.reader(entry), in: times)
    }

    /// Adds the parts of a segment that lies in memory.
    mutating func add(_ reader: SegmentReader, path: String, in times: ClosedRange<Int64>) throws(StoreError) {
        try add(.reader(reader, path: path), reader, in: times)
    }

    private mutating func add(
        _ source: Source, _ reader: SegmentReader, in times: ClosedRange<Int64>
    ) throws(StoreError) {
        sources.append(source)
        let ranges = try wrap(path(source)) { () throws(SegmentError) in try reader.ranges(bearing: mapping) }
        for zones in ranges {
            let lowest = reader.zones[zones].map(\.minTimestamp).min() ?? .min
            let highest = reader.zones[zones].map(\.maxTimestamp).max() ?? .max
            guard lowest <= highest, (lowest...highest).overlaps(times) else { continue }
            parts.append(
                Part(
                    source: sources.count - 1, zones: zones, times: lowest...highest,
                    rowCount: reader.zones[zones].reduce(0) { $0 + $1.rows.count }))
        }
    }

    private func path(_ source: Source) -> String {
        switch source {
        case .segment(let entry): snapshot.path(entry)
        case .reader(_, let path): path
        }
    }

    /// The rows of a keyframe, under the numbers of this scan's entities and fields.
    mutating func take(_ source: StateSource) -> [StateRow] { source.rows(&reader.keys) }

    /// Bytes read since this was asked last.
    mutating func takeReadByteCount() -> Int {
        defer { readByteCount = 0 }
        return readByteCount
    }

    /// The changes of a part in some time that were stored up to another.
    mutating func rows(
        of part: Part, in times: ClosedRange<Int64>, knownAt: Int64 = .max
    ) throws(StoreError) -> [StateRow] {
        let source = sources[part.source]
        let segment: SegmentReader
        switch source {
        case .segment(let entry): segment = try open.reader(entry)
        case .reader(let reader, _): segment = reader
        }
        let before = segment.readByteCount
        defer { readByteCount += segment.readByteCount - before }
        let batch = try wrap(path(source)) { () throws(SegmentError) in
            try segment.rows(in: part.zones) { mapping.needs($0.path) }
        }
        guard let all = batch.times else {
            throw .segment(path: path(source), .damaged(.corrupt(at: 0, "a row has no time")))
        }
        return reader.rows(in: batch) {
            times.contains(all[$0]) && Int64(bitPattern: batch.storedAt[$0]) <= knownAt
        }
    }
}
