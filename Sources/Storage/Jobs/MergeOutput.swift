import Columns
import Segments

/// Segments that a job writes out of others, one after another, and reads back.
struct MergeOutput {
    private let window: TimeWindow
    private let kind: SegmentEntry.Kind
    private let writer: StoreWriter
    private let options: SegmentWriterOptions
    private let rowLimit: Int
    private var segment: NewSegment?
    private var rowCount = 0
    private var writtenByteCount = 0
    private var countedByteCount = 0
    private var entries: [SegmentEntry] = []
    private var content = ContentChecksum()

    init(
        window: TimeWindow, kind: SegmentEntry.Kind, _ writer: StoreWriter, _ options: SegmentWriterOptions,
        _ rowLimit: Int
    ) {
        self.window = window
        self.kind = kind
        self.writer = writer
        self.options = options
        self.rowLimit = rowLimit
    }

    /// Of the window and kind of another segment.
    init(like entry: SegmentEntry, _ writer: StoreWriter, _ options: SegmentWriterOptions, _ rowLimit: Int) {
        self.init(window: entry.window, kind: entry.kind, writer, options, rowLimit)
    }

    /// Appends the rows of a batch that stay (nil: all), which were read from the file at `path`.
    mutating func append(_ batch: RowBatch, keeping kept: [Bool]?, from path: String) throws(StoreError) {
        if rowCount > 0, rowCount + batch.rowCount > rowLimit { try endSegment() }
        let segment = try openSegment()
        rowCount += batch.rowCount
        do throws(SegmentError) {
            try SegmentRewriter.append(batch, keeping: kept, to: segment.writer, &content)
        } catch {
            // What is damaged is what was read.
            if case .damaged = error { throw .segment(path: path, error) }
            throw .segment(path: segment.path, error)
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
        let begun = try writer.beginSegment(window, options: options, kind: kind)
        segment = begun
        return begun
    }

    private mutating func endSegment() throws(StoreError) {
        if let entry = try segment?.finish() { entries.append(entry) }
        segment = nil
        rowCount = 0
        writtenByteCount = 0
    }

    /// Ends the segments and reads them back: they must say exactly what was appended.
    mutating func finish(_ snapshot: Snapshot, _ pace: inout Pace) throws(StoreError) -> [SegmentEntry] {
        try endSegment()
        pace.spend(entries.reduce(0) { $0 + $1.byteCount } - countedByteCount)
        var found = ContentChecksum()
        for entry in entries {
            let reader = try snapshot.open(entry)
            found.add(try wrap(snapshot.path(entry)) { () throws(SegmentError) in try ContentChecksum.of(reader) })
            pace.spend(entry.byteCount)
        }
        guard found == content else {
            throw .invalid(
                "the segments written for \(window.label(snapshot.state.windowLength)) say something else than what they "
                    + "were made of, which stays. This is a mistake in the program: please report it")
        }
        return entries
    }
}
